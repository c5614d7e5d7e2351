import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** A framed part of a page, with its heading. */
export function Card({
  title,
  actions,
  isFlush = false,
  className,
  children,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  /** No padding around the content (tables). */
  isFlush?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section className={clsx('min-w-0 rounded-lg border border-line bg-surface shadow-card', className)}>
      {(title || actions) && (
        <div className="flex min-h-11 items-center gap-2 border-b border-line px-4 py-1.5">
          <h2 className="min-w-0 flex-1 truncate text-sm font-semibold">{title}</h2>
          {actions}
        </div>
      )}
      <div className={isFlush ? '' : 'px-4 py-3'}>{children}</div>
    </section>
  );
}

export interface Fact {
  id: string;
  label: ReactNode;
  value: ReactNode;
}

/** Names and values, in as many columns as fit. */
export function Facts({ facts, isNarrow = false }: { facts: readonly Fact[]; isNarrow?: boolean }) {
  return (
    <dl className={clsx('grid gap-x-6 gap-y-2', !isNarrow && 'sm:grid-cols-2')}>
      {facts.map((fact) => (
        <div key={fact.id} className="grid min-w-0 grid-cols-[minmax(6rem,1fr)_2fr] gap-2">
          <dt className="text-muted">{fact.label}</dt>
          <dd className="min-w-0 break-words">{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
