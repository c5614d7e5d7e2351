import { useRef } from 'react';

interface RowSelection {
  ids: readonly string[];
  selected: ReadonlySet<string> | undefined;
  onSelect: ((selected: ReadonlySet<string>) => void) | undefined;
}

/**
 * Selects rows one by one, or, with Shift, all from the row that was touched last to this one. The rows between get
 * the state that this row gets. Without a last row (it may have left the list) a range is just this row.
 */
export function useRowSelection({ ids, selected, onSelect }: RowSelection) {
  const anchor = useRef<string | null>(null);
  return (index: number, isRange: boolean) => {
    const id = ids[index];
    if (id === undefined || !onSelect) return;
    const from = isRange && anchor.current !== null ? ids.indexOf(anchor.current) : -1;
    const start = from < 0 ? index : from;
    const isWanted = !selected?.has(id);
    const next = new Set(selected);
    for (const one of ids.slice(Math.min(start, index), Math.max(start, index) + 1)) {
      if (isWanted) next.add(one);
      else next.delete(one);
    }
    anchor.current = id;
    onSelect(next);
  };
}
