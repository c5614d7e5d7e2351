'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

export interface Crumb {
  label: string;
  href: string;
}

/** Where we are, the page's name with its state, and its main actions. Also the browser tab's title. */
export function PageHeader({
  title,
  crumbs = [],
  state,
  actions,
}: {
  title: string;
  crumbs?: readonly Crumb[];
  state?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 px-4 pt-3 pb-2">
      <title>{`${title} – Vireo`}</title>
      <div className="min-w-0 flex-1">
        {crumbs.length > 0 && (
          <nav aria-label={title}>
            <ol className="flex items-center gap-1 text-xs text-muted">
              {crumbs.map((crumb) => (
                <li key={crumb.href} className="flex min-w-0 items-center gap-1">
                  <Link href={crumb.href} className="truncate hover:text-ink hover:underline">
                    {crumb.label}
                  </Link>
                  <ChevronRight size={12} aria-hidden />
                </li>
              ))}
            </ol>
          </nav>
        )}
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 truncate text-lg font-semibold">{title}</h1>
          {state}
        </div>
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
