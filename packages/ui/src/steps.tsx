import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';

/** Where one is in a wizard. Steps that lie behind can be gone back to when `onGo` is given. */
export function Steps({
  label,
  steps,
  current,
  onGo,
}: {
  label: string;
  steps: readonly { id: string; label: ReactNode }[];
  current: string;
  onGo?: (id: string) => void;
}) {
  const at = steps.findIndex((step) => step.id === current);
  return (
    <ol aria-label={label} className="flex gap-1 overflow-x-auto md:flex-col">
      {steps.map((step, index) => {
        const isBehind = index < at;
        const body = (
          <>
            <span
              aria-hidden
              className={clsx(
                'flex size-5 shrink-0 items-center justify-center rounded-full text-2xs font-semibold',
                index <= at ? 'bg-accent-fill text-accent-ink' : 'border border-line-strong text-muted',
              )}
            >
              {isBehind ? <Check size={12} /> : index + 1}
            </span>
            <span className="whitespace-nowrap">{step.label}</span>
          </>
        );
        const look = 'flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-sm';
        return (
          <li key={step.id} aria-current={index === at ? 'step' : undefined}>
            {isBehind && onGo ? (
              <button type="button" className={clsx(look, 'hover:bg-hover')} onClick={() => onGo(step.id)}>
                {body}
              </button>
            ) : (
              <span className={clsx(look, index === at ? 'font-semibold' : 'text-muted')}>{body}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
