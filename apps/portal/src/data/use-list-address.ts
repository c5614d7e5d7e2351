'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

export interface ListAddress {
  filter: string;
  sort: string;
  setFilter: (filter: string) => void;
  setSort: (sort: string) => void;
}

/** Filter and sort of a list, kept in the address so that a view can be shared. */
export function useListAddress(defaultSort: string): ListAddress {
  const params = useSearchParams();
  const pathname = usePathname();
  const set = useCallback(
    (name: string, value: string, fallback: string) => {
      const next = new URLSearchParams(window.location.search);
      if (value === fallback) next.delete(name);
      else next.set(name, value);
      const search = next.toString();
      window.history.replaceState(null, '', search ? `${pathname}?${search}` : pathname);
    },
    [pathname],
  );
  return {
    filter: params.get('filter') ?? '',
    sort: params.get('sort') ?? defaultSort,
    setFilter: useCallback((filter) => set('filter', filter, ''), [set]),
    setSort: useCallback((sort) => set('sort', sort, defaultSort), [set, defaultSort]),
  };
}
