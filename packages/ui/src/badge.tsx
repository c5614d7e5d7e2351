import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { TONE_FILL, TONE_SOFT, type Tone } from './tone.ts';

/** A small label. */
export function Badge({
  tone = 'neutral',
  icon,
  children,
}: {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1 rounded px-1.5 py-0.5 text-xs font-medium whitespace-nowrap',
        TONE_SOFT[tone],
      )}
    >
      {icon}
      {children}
    </span>
  );
}

/** A state: dot and word. `isBusy` makes the dot breathe. */
export function StateBadge({
  tone,
  isBusy = false,
  children,
}: {
  tone: Tone;
  isBusy?: boolean;
  children: ReactNode;
}) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5 whitespace-nowrap">
      <StateDot tone={tone} isBusy={isBusy} />
      <span className="truncate">{children}</span>
    </span>
  );
}

/** Shape differs by tone (disc, ring, triangle, square), so that colour isn't the only sign. */
export function StateDot({ tone, isBusy = false }: { tone: Tone; isBusy?: boolean }) {
  return (
    <span
      aria-hidden
      className={clsx(
        'inline-block size-2.5 shrink-0',
        tone === 'neutral' ? 'rounded-full border-2 border-line-strong' : TONE_FILL[tone],
        (tone === 'ok' || tone === 'info') && 'rounded-full',
        tone === 'warn' && '[clip-path:polygon(50%_0,100%_100%,0_100%)]',
        tone === 'danger' && 'rounded-[2px]',
        isBusy && 'animate-[skeleton-breathe_1.2s_ease-in-out_infinite]',
      )}
    />
  );
}
