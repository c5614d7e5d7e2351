import { Columns3 } from 'lucide-react';
import { IconButton } from './button.tsx';
import type { DataColumn, DataTableWords } from './data-table.tsx';
import { Menu } from './menu.tsx';
import type { ColumnVisibilityControl } from './use-column-visibility.ts';

/** Which columns a {@link DataTable} shows. */
export function ColumnChooser<Row>({
  words,
  columns,
  visibility,
}: {
  words: DataTableWords;
  columns: readonly DataColumn<Row>[];
  visibility: ColumnVisibilityControl;
}) {
  return (
    <Menu
      align="end"
      staysOpen
      trigger={<IconButton label={words.columns} icon={<Columns3 size={16} />} />}
      items={[
        ...columns
          .filter((column) => !column.isFixed)
          .map((column) => ({
            id: column.id,
            label: column.header,
            isChecked: visibility.state[column.id] !== false,
            onSelect: () => visibility.toggle(column.id),
          })),
        { id: '\u0000reset', label: words.resetColumns, isSeparated: true, onSelect: visibility.reset },
      ]}
    />
  );
}
