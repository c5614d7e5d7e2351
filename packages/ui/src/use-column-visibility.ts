import { useCallback, useEffect, useState } from 'react';

export interface ColumnVisibilityControl {
  state: Record<string, boolean>;
  toggle: (id: string) => void;
  reset: () => void;
}

/** What this browser remembers; null when nothing, or nothing that can be read. */
function remembered(key: string): Record<string, boolean> | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Which columns are shown, remembered in this browser under `storageKey`. */
export function useColumnVisibility(
  storageKey: string,
  columns: readonly { id: string; isHiddenAtFirst?: boolean }[],
): ColumnVisibilityControl {
  const key = `vireo.columns.${storageKey}`;
  const atFirst = () =>
    Object.fromEntries(columns.map((column) => [column.id, !(column.isHiddenAtFirst ?? false)]));
  const [state, setState] = useState<Record<string, boolean>>(atFirst);
  useEffect(() => {
    const known = remembered(key);
    if (known) setState((now) => ({ ...now, ...known }));
  }, [key]);
  const toggle = useCallback(
    (id: string) =>
      setState((now) => {
        const next = { ...now, [id]: now[id] === false };
        localStorage.setItem(key, JSON.stringify(next));
        return next;
      }),
    [key],
  );
  const reset = () => {
    localStorage.removeItem(key);
    setState(atFirst());
  };
  return { state, toggle, reset };
}
