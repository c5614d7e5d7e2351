import { clsx } from 'clsx';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { TONE_SOFT, type Tone } from './tone.ts';

const ICONS = { ok: CircleCheck, info: Info, warn: TriangleAlert, danger: CircleAlert, neutral: Info };

/** Something that has to be read, in its place on the page. `danger` is announced at once. */
export function Callout({
  tone,
  title,
  actions,
  children,
}: {
  tone: Tone;
  title: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  const Icon = ICONS[tone];
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={clsx('flex items-start gap-2.5 rounded-md px-3 py-2.5', TONE_SOFT[tone])}
    >
      <Icon size={16} className="mt-0.5 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1 text-sm">
        <p className="font-medium break-words">{title}</p>
        {children && <div className="mt-0.5 break-words text-ink">{children}</div>}
      </div>
      {actions}
    </div>
  );
}
