import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';

interface RowKeys {
  count: number;
  idAt: (index: number) => string | undefined;
  scrollTo: (index: number) => void;
  container: RefObject<HTMLElement | null>;
  onToggle: ((index: number, isRange: boolean) => void) | undefined;
  onOpen: (index: number) => void;
}

const PAGE_ROWS = 15;

/** Moves the focus among rows of which only some exist in the page: one row is in the tab order, keys do the rest. */
export function useRowKeys({ count, idAt, scrollTo, container, onToggle, onOpen }: RowKeys) {
  const [activeId, setActiveId] = useState<string | null>(null);
  const wanted = useRef<string | null>(null);

  // The row may be drawn only after scrolling there.
  useEffect(() => {
    if (wanted.current === null) return;
    const row = container.current?.querySelector<HTMLElement>(
      `[data-row-id="${CSS.escape(wanted.current)}"]`,
    );
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });

  const moveTo = (index: number) => {
    const target = Math.min(count - 1, Math.max(0, index));
    const id = idAt(target);
    if (id === undefined) return;
    wanted.current = id;
    setActiveId(id);
    scrollTo(target);
  };

  return {
    rowProps: (index: number, id: string) => ({
      tabIndex: id === activeId || (activeId === null && index === 0) ? 0 : -1,
      onFocus: () => setActiveId(id),
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        if (event.target !== event.currentTarget) return;
        const moves: Record<string, number> = {
          ArrowDown: index + 1,
          ArrowUp: index - 1,
          PageDown: index + PAGE_ROWS,
          PageUp: index - PAGE_ROWS,
          Home: 0,
          End: count - 1,
        };
        const target = moves[event.key];
        if (target !== undefined) moveTo(target);
        else if (event.key === ' ' && onToggle) onToggle(index, event.shiftKey);
        else if (event.key === 'Enter') onOpen(index);
        else return;
        event.preventDefault();
      },
    }),
  };
}
