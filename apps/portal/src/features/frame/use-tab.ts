'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** The chosen tab of a page, kept in the address. */
export function useTab(tabs: readonly string[]): [string, (id: string) => void] {
  const params = useSearchParams();
  const pathname = usePathname();
  const asked = params.get('tab');
  const first = tabs[0] ?? '';
  const chosen = asked && tabs.includes(asked) ? asked : first;
  const choose = useCallback(
    (id: string) => window.history.replaceState(null, '', id === first ? pathname : `${pathname}?tab=${id}`),
    [pathname, first],
  );
  return [chosen, choose];
}
