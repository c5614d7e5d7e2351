import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { TONE_FILL, TONE_TEXT, type Tone } from './tone.ts';

const clamp = (percent: number) => Math.min(100, Math.max(0, Number.isFinite(percent) ? percent : 0));

/** Green until 75 %, amber until 90 %, then red. */
export function loadTone(percent: number): Tone {
  if (percent >= 90) return 'danger';
  return percent >= 75 ? 'warn' : 'info';
}

/** A bar from 0 to 100 %. `text` is what it says in words (also to screen readers). */
export function Meter({
  percent,
  label,
  text,
  tone = loadTone(percent),
  className,
}: {
  percent: number;
  label: string;
  text?: ReactNode;
  tone?: Tone;
  className?: string;
}) {
  const value = clamp(percent);
  return (
    <span className={clsx('flex min-w-0 items-center gap-2', className)}>
      {/* biome-ignore lint/a11y/useSemanticElements: a native meter can't be coloured alike in all browsers */}
      <span
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(value)}
        className="h-1.5 min-w-10 flex-1 overflow-hidden rounded-full bg-neutral-soft"
      >
        <span className={clsx('block h-full rounded-full', TONE_FILL[tone])} style={{ width: `${value}%` }} />
      </span>
      {text !== undefined && <span className="shrink-0 text-xs text-muted">{text}</span>}
    </span>
  );
}

/** How far a piece of work has come. null: it can't tell. */
export function Progress({
  percent,
  label,
  tone = 'info',
}: {
  percent: number | null;
  label: string;
  tone?: Tone;
}) {
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent !== null && { 'aria-valuenow': Math.round(clamp(percent)) })}
      className="block h-1.5 min-w-10 flex-1 overflow-hidden rounded-full bg-neutral-soft"
    >
      <span
        className={clsx(
          'block h-full rounded-full transition-[width]',
          TONE_FILL[tone],
          percent === null && 'w-2/5 animate-[skeleton-breathe_1.2s_ease-in-out_infinite]',
        )}
        style={percent === null ? undefined : { width: `${clamp(percent)}%` }}
      />
    </span>
  );
}

const RADIUS = 40;
const ROUND = 2 * Math.PI * RADIUS;

/** A ring with a figure in the middle. */
export function Ring({
  percent,
  label,
  figure,
  caption,
  tone = loadTone(percent),
}: {
  percent: number;
  label: string;
  figure: ReactNode;
  caption?: ReactNode;
  tone?: Tone;
}) {
  const value = clamp(percent);
  return (
    <div className="flex items-center gap-3">
      <div className="relative size-20 shrink-0">
        <svg viewBox="0 0 100 100" className="size-full -rotate-90" role="img" aria-label={label}>
          <circle cx="50" cy="50" r={RADIUS} fill="none" strokeWidth="10" className="stroke-neutral-soft" />
          <circle
            cx="50"
            cy="50"
            r={RADIUS}
            fill="none"
            strokeWidth="10"
            strokeLinecap={value > 1 ? 'round' : 'butt'}
            stroke="currentColor"
            className={clsx('transition-[stroke-dasharray]', TONE_TEXT[tone])}
            strokeDasharray={`${(value / 100) * ROUND} ${ROUND}`}
          />
        </svg>
        <span className="absolute inset-0 flex items-center justify-center text-base font-semibold">
          {figure}
        </span>
      </div>
      {caption && <div className="min-w-0 text-sm">{caption}</div>}
    </div>
  );
}
