'use client';

import { Button } from '@vireo/ui/button';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { type DiffLine, type DiffRow, foldDiff } from './line-diff.ts';

const LOOK = {
  same: 'text-muted',
  added: 'bg-ok-soft text-ok',
  removed: 'bg-danger-soft text-danger',
} as const;
const SIGN = { same: ' ', added: '+', removed: '−' } as const;

/** Domain XML before and after, line by line; far from a change it is folded. */
export function XmlDiff({ lines, label }: { lines: DiffLine[]; label: string }) {
  const t = useTranslations('plan');
  const [isWhole, setIsWhole] = useState(false);
  const folded = useMemo(() => foldDiff(lines), [lines]);
  const hasFolds = folded.some((row) => row.kind === 'fold');
  const rows: DiffRow[] = isWhole ? lines : folded;
  return (
    <div className="rounded-md border border-line bg-sunken">
      <div className="flex items-center gap-2 border-b border-line py-1 pr-1 pl-2.5">
        <span className="min-w-0 flex-1 truncate text-xs text-muted">{label}</span>
        {hasFolds && (
          <Button size="small" look="quiet" onClick={() => setIsWhole(!isWhole)}>
            {isWhole ? t('showChanges') : t('showAll')}
          </Button>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section aria-label={label} tabIndex={0} className="max-h-96 overflow-auto">
        <table className="w-full border-collapse font-mono text-xs leading-relaxed">
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have no other identity
              <DiffRowView key={index} row={row} />
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function DiffRowView({ row }: { row: DiffRow }) {
  const t = useTranslations('plan');
  if (row.kind === 'fold') {
    return (
      <tr>
        <td colSpan={3} className="px-2.5 py-0.5 text-muted">
          {t('fold', { count: row.lineCount })}
        </td>
      </tr>
    );
  }
  return (
    <tr className={LOOK[row.kind]}>
      <td className="w-px px-2 text-right text-muted select-none">{row.after ?? row.before}</td>
      <td className="w-px select-none">{SIGN[row.kind]}</td>
      <td className="pr-2.5 pl-1 whitespace-pre">{row.text}</td>
    </tr>
  );
}
