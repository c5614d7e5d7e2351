import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { ColumnChooser } from './column-chooser.tsx';
import { DataTableHeader } from './data-table-header.tsx';
import { Skeleton } from './skeleton.tsx';
import { useColumnVisibility } from './use-column-visibility.ts';
import { useRowKeys } from './use-row-keys.ts';
import { useRowSelection } from './use-row-selection.ts';

export interface DataColumn<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** CSS grid track with its least width in px, e.g. `minmax(160px, 2fr)` or `80px`. */
  width: string;
  /** What the server sorts by; absent: can't be sorted. */
  sortField?: string;
  isNumeric?: boolean;
  isHiddenAtFirst?: boolean;
  /** Can't be hidden. */
  isFixed?: boolean;
}

/** All words of the table: this package knows no language. */
export interface DataTableWords {
  columns: string;
  resetColumns: string;
  selectAll: string;
  selectRow: (name: string) => string;
  sortBy: (column: string) => string;
  loadingMore: string;
  loading: string;
}

export interface DataTableProps<Row> {
  label: string;
  words: DataTableWords;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  rowName: (row: Row) => string;
  /** All rows there are, also those not read yet. */
  total?: number | null;
  isLoading: boolean;
  /** Older rows are shown while others are read. */
  isStale?: boolean;
  hasMore?: boolean;
  isLoadingMore?: boolean;
  onLoadMore?: () => void;
  /** Field, with `-` before it for descending. */
  sort: string;
  onSort: (sort: string) => void;
  selected?: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
  /** Enter or double click on a row. */
  onOpen?: (row: Row) => void;
  /** Columns are remembered under this name. */
  storageKey: string;
  empty: ReactNode;
  /** Left of the column chooser: filter, actions, totals. */
  toolbar?: ReactNode;
}

const ROW_HEIGHT_PX = 34;
const SELECT_WIDTH_PX = 36;

/**
 * A long list: sorted, filtered and paged by the server, drawn as far as it is seen. Rows keep their identity, so a
 * live change alters cells in place and neither scroll nor selection is lost. Keyboard: arrows, Home, End, Page keys,
 * Space selects (with Shift: as far as the row selected last), Enter opens.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { columns, rows, rowId, rowName, words, selected, onSelect, onOpen, hasMore, onLoadMore } = props;
  const scrollRef = useRef<HTMLDivElement>(null);
  const visibility = useColumnVisibility(props.storageKey, columns);
  const shownColumns = columns.filter((column) => visibility.state[column.id] !== false);
  const minWidth = shownColumns.reduce(
    (sum, column) => sum + Number(/(\d+)px/.exec(column.width)?.[1] ?? 0),
    onSelect ? SELECT_WIDTH_PX : 0,
  );
  const template = `${onSelect ? `${SELECT_WIDTH_PX}px ` : ''}${shownColumns.map((column) => column.width).join(' ')}`;

  const ids = useMemo(() => rows.map(rowId), [rows, rowId]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_HEIGHT_PX,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (hasMore && lastShown >= rows.length - 20) onLoadMore?.();
  }, [hasMore, lastShown, rows.length, onLoadMore]);

  const toggle = useRowSelection({ ids, selected, onSelect });
  const isAll = ids.length > 0 && ids.every((id) => selected?.has(id));
  const keys = useRowKeys({
    count: rows.length,
    idAt: (index) => ids[index],
    scrollTo: (index) => virtualizer.scrollToIndex(index),
    container: scrollRef,
    onToggle: onSelect ? toggle : undefined,
    onOpen: (index) => {
      const row = rows[index];
      if (row) onOpen?.(row);
    },
  });

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-2 px-4 py-2">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">{props.toolbar}</div>
        <ColumnChooser words={words} columns={columns} visibility={visibility} />
      </div>
      <div
        ref={scrollRef}
        className="relative min-h-0 flex-1 overflow-auto border-t border-line bg-surface"
        aria-busy={props.isLoading || props.isStale || undefined}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a native table can't be virtualised in a grid layout */}
        <div
          role="grid"
          aria-label={props.label}
          aria-rowcount={(props.total ?? rows.length) + 1}
          aria-multiselectable={onSelect ? true : undefined}
          className="w-full text-sm"
          style={{ minWidth }}
        >
          <DataTableHeader
            words={words}
            columns={shownColumns}
            template={template}
            sort={props.sort}
            onSort={props.onSort}
            selection={
              onSelect && {
                isAll,
                isSome: ids.some((id) => selected?.has(id)),
                toggle: () => onSelect(withAll(selected, ids, !isAll)),
              }
            }
          />
          {/* biome-ignore lint/a11y/useSemanticElements: as above */}
          <div
            role="rowgroup"
            className={clsx('relative transition-opacity', props.isStale && 'opacity-60')}
            style={{ height: virtualizer.getTotalSize() }}
          >
            {items.map((item) => {
              const row = rows[item.index];
              const id = ids[item.index];
              if (!row || id === undefined) return null;
              const isSelected = selected?.has(id) ?? false;
              return (
                // biome-ignore lint/a11y/useSemanticElements: as above
                // biome-ignore lint/a11y/useFocusableInteractive: rowProps holds its tabIndex
                <div
                  key={id}
                  role="row"
                  aria-rowindex={item.index + 2}
                  aria-selected={onSelect ? isSelected : undefined}
                  data-row-id={id}
                  {...keys.rowProps(item.index, id)}
                  onDoubleClick={() => onOpen?.(row)}
                  className={clsx(
                    'absolute inset-x-0 top-0 grid items-center border-b border-line focus-visible:outline-offset-[-2px]',
                    isSelected ? 'bg-selected' : 'bg-surface hover:bg-hover',
                  )}
                  style={{
                    gridTemplateColumns: template,
                    height: ROW_HEIGHT_PX,
                    transform: `translateY(${item.start}px)`,
                  }}
                >
                  {onSelect && (
                    // biome-ignore lint/a11y/useSemanticElements: as above
                    // biome-ignore lint/a11y/useFocusableInteractive: focus moves by rows
                    <div role="gridcell" className="flex justify-center">
                      <input
                        type="checkbox"
                        tabIndex={-1}
                        aria-label={words.selectRow(rowName(row))}
                        checked={isSelected}
                        onMouseDown={(event) => {
                          // Else Shift would select the text between as well.
                          if (event.shiftKey) event.preventDefault();
                        }}
                        onChange={({ nativeEvent }) =>
                          toggle(item.index, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
                        }
                        className="size-4 accent-(--accent-fill)"
                      />
                    </div>
                  )}
                  {shownColumns.map((column) => (
                    // biome-ignore lint/a11y/useSemanticElements: as above
                    // biome-ignore lint/a11y/useFocusableInteractive: focus moves by rows
                    <div
                      key={column.id}
                      role="gridcell"
                      className={clsx('min-w-0 truncate px-3', column.isNumeric && 'text-right')}
                    >
                      {column.cell(row)}
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
        {props.isLoading && <LoadingRows label={words.loading} />}
        {!props.isLoading && rows.length === 0 && <div className="sticky left-0">{props.empty}</div>}
        {props.isLoadingMore && (
          <p role="status" className="sticky left-0 px-4 py-2 text-xs text-muted">
            {words.loadingMore}
          </p>
        )}
      </div>
    </div>
  );
}

/** The selection with all of these rows in it, or none of them. Rows that are not listed now keep their state. */
function withAll(
  selected: ReadonlySet<string> | undefined,
  ids: readonly string[],
  areWanted: boolean,
): ReadonlySet<string> {
  const next = new Set(selected);
  for (const id of ids) {
    if (areWanted) next.add(id);
    else next.delete(id);
  }
  return next;
}

const BARS = [
  { id: 'a', width: 'w-3/5' },
  { id: 'b', width: 'w-2/5' },
  { id: 'c', width: 'w-1/2' },
  { id: 'd', width: 'w-2/3' },
  { id: 'e', width: 'w-2/5' },
  { id: 'f', width: 'w-3/5' },
];

function LoadingRows({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label}>
      {BARS.map((bar) => (
        <div
          key={bar.id}
          className="flex items-center border-b border-line px-3"
          style={{ height: ROW_HEIGHT_PX }}
        >
          <Skeleton className={bar.width} />
        </div>
      ))}
    </div>
  );
}
