import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export interface SimpleColumn<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  isNumeric?: boolean;
  className?: string;
}

/** A short table without paging (up to some tens of rows). For lists that grow use `DataTable`. */
export function Table<Row>({
  label,
  columns,
  rows,
  rowId,
  empty,
}: {
  label: string;
  columns: readonly SimpleColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  empty?: ReactNode;
}) {
  if (rows.length === 0 && empty) return <div className="px-4 py-6 text-center text-muted">{empty}</div>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="overflow-x-auto" aria-label={label} tabIndex={0}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-b border-line text-left text-xs text-muted">
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={clsx('px-3 py-2 font-medium whitespace-nowrap', column.isNumeric && 'text-right')}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowId(row)} className="border-b border-line last:border-0">
              {columns.map((column) => (
                <td
                  key={column.id}
                  className={clsx(
                    'px-3 py-1.5 align-middle',
                    column.isNumeric && 'text-right',
                    column.className,
                  )}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
