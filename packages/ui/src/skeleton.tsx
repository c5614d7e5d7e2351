import { clsx } from 'clsx';

/** A grey bar in the place of what is being read. Give it the size of what will come: nothing shifts. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={clsx(
        'block h-3.5 rounded bg-neutral-soft animate-[skeleton-breathe_1.4s_ease-in-out_infinite]',
        className,
      )}
    />
  );
}

/** Several lines of it. */
export function SkeletonLines({ count = 4, label }: { count?: number; label: string }) {
  const widths = ['w-3/4', 'w-1/2', 'w-2/3', 'w-2/5'];
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3 py-1">
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity
        <Skeleton key={index} className={widths[index % widths.length] ?? 'w-1/2'} />
      ))}
    </div>
  );
}
