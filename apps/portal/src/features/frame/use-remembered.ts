'use client';

import { useCallback, useEffect, useState } from 'react';

/** A piece of layout that this browser remembers: `initial` until the page stands, so that server and browser agree. */
export function useRemembered(name: string, initial: string): [string, (value: string) => void] {
  const key = `vireo.${name}`;
  const [value, setValue] = useState(initial);
  useEffect(() => {
    const stored = localStorage.getItem(key);
    if (stored !== null) setValue(stored);
  }, [key]);
  const keep = useCallback(
    (next: string) => {
      setValue(next);
      localStorage.setItem(key, next);
    },
    [key],
  );
  return [value, keep];
}
