import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { DataColumn, DataTableWords } from './data-table.tsx';

/** The sticky head of a {@link DataTable}: names, sort buttons, select all. */
export function DataTableHeader<Row>({
  words,
  columns,
  template,
  sort,
  onSort,
  selection,
}: {
  words: DataTableWords;
  columns: readonly DataColumn<Row>[];
  template: string;
  sort: string;
  onSort: (sort: string) => void;
  selection: { isAll: boolean; isSome: boolean; toggle: () => void } | undefined;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native table can't be virtualised in a grid layout
    <div role="rowgroup" className="sticky top-0 z-10 bg-surface">
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons are */}
      <div
        role="row"
        aria-rowindex={1}
        className="grid h-8 items-center border-b border-line bg-canvas text-xs font-medium text-muted"
        style={{ gridTemplateColumns: template }}
      >
        {selection && (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: its checkbox is
          <div role="columnheader" className="flex justify-center">
            <input
              type="checkbox"
              aria-label={words.selectAll}
              checked={selection.isAll}
              ref={(box) => {
                if (box) box.indeterminate = selection.isSome && !selection.isAll;
              }}
              onChange={selection.toggle}
              className="size-4 accent-(--accent-fill)"
            />
          </div>
        )}
        {columns.map((column) => {
          const field = column.sortField;
          const isSorted = field !== undefined && sort.replace(/^-/, '') === field;
          const isDescending = isSorted && sort.startsWith('-');
          const direction = isDescending ? 'descending' : 'ascending';
          return (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: its button is
            <div
              key={column.id}
              role="columnheader"
              aria-sort={isSorted ? direction : undefined}
              className={clsx('min-w-0 truncate px-3', column.isNumeric && 'text-right')}
            >
              {field === undefined ? (
                column.header
              ) : (
                <button
                  type="button"
                  title={words.sortBy(column.header)}
                  onClick={() => onSort(isSorted && !isDescending ? `-${field}` : field)}
                  className={clsx('inline-flex items-center gap-1 hover:text-ink', isSorted && 'text-ink')}
                >
                  {column.header}
                  {isSorted &&
                    (isDescending ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden />)}
                </button>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
