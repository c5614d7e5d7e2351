'use client';

import { Badge } from '@vireo/ui/badge';
import { ChevronRight, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { CommandBlock } from './command-block.tsx';
import type { CommandView } from './plan-view.ts';

export interface PlanItem {
  id: string;
  label: string;
  note: string | null;
  badge: string | null;
  commands: readonly CommandView[];
  undo: readonly CommandView[];
}

/** Checks or steps in order; each opens to its exact commands. Short ones show them at once. */
export function PlanSteps({ kind, items }: { kind: 'check' | 'step'; items: readonly PlanItem[] }) {
  if (items.length === 0) return null;
  return (
    <ol className="flex flex-col divide-y divide-line rounded-md border border-line">
      {items.map((item, index) => (
        <li key={item.id}>
          <PlanItemView item={item} number={kind === 'step' ? index + 1 : null} />
        </li>
      ))}
    </ol>
  );
}

function PlanItemView({ item, number }: { item: PlanItem; number: number | null }) {
  const t = useTranslations('plan');
  const hosts = [...new Set([...item.commands, ...item.undo].map((command) => command.hostName))];
  const head = (
    <>
      <span className="flex w-5 shrink-0 justify-center text-xs text-muted" aria-hidden>
        {number ?? <ShieldCheck size={14} />}
      </span>
      <span className="min-w-0 flex-1 break-words">
        {item.label}
        {hosts.length > 0 && (
          <span className="ml-2 text-xs text-muted">{t('onHost', { host: hosts.join(', ') })}</span>
        )}
        {item.commands[0] && (
          <code className="block truncate font-mono text-xs text-muted group-open:hidden">
            {item.commands[0].text.split('\n')[0]}
          </code>
        )}
      </span>
      {item.badge && <Badge>{item.badge}</Badge>}
    </>
  );
  if (item.commands.length === 0 && item.undo.length === 0) {
    return (
      <div className="flex items-start gap-2 py-2 pr-3 pl-8">
        {head}
        {item.note && <span className="text-xs text-muted">{item.note}</span>}
      </div>
    );
  }
  return (
    <details className="group">
      <summary className="flex cursor-pointer list-none items-start gap-2 py-2 pr-3 pl-2 hover:bg-hover">
        <ChevronRight
          size={14}
          aria-hidden
          className="mt-0.5 w-4 shrink-0 text-muted transition-transform group-open:rotate-90"
        />
        {head}
      </summary>
      <div className="flex flex-col gap-2 pr-3 pb-3 pl-8">
        {item.note && <p className="text-xs text-muted">{item.note}</p>}
        {item.commands.map((command) => (
          <CommandBlock key={command.text} command={command} />
        ))}
        {item.undo.length > 0 && (
          <>
            <p className="text-xs text-muted">
              <span className="font-medium text-ink">{t('undo')}</span> {t('undoHint')}
            </p>
            {item.undo.map((command) => (
              <CommandBlock key={command.text} command={command} />
            ))}
          </>
        )}
      </div>
    </details>
  );
}
