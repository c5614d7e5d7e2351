'use client';

import type { CheckResult } from '@vireo/contracts';
import { StateBadge } from '@vireo/ui/badge';
import type { Tone } from '@vireo/ui/tone';
import { useTranslations } from 'next-intl';
import { useSay } from '@/i18n/use-say.ts';

function toneOf(check: CheckResult): Tone {
  if (check.isOk) return 'ok';
  return check.severity === 'must' ? 'danger' : 'warn';
}

/** What was checked under the locks before the first step; what did not hold comes first. */
export function TaskChecks({ checks }: { checks: readonly CheckResult[] }) {
  const t = useTranslations('task');
  const say = useSay();
  if (checks.length === 0) return null;
  const ordered = checks.toSorted((a, b) => Number(a.isOk) - Number(b.isOk));
  return (
    <section>
      <h3 className="mb-1 text-sm font-semibold">{t('checks')}</h3>
      <ul className="divide-y divide-line rounded-md border border-line">
        {ordered.map((check) => (
          <li key={check.id} className="flex items-start gap-3 px-3 py-2">
            <div className="min-w-0 flex-1">
              <p className="break-words">{say(check.label)}</p>
              {!check.isOk && check.observed && (
                <p className="text-xs break-words text-muted">
                  {t('observed', { observed: check.observed })}
                </p>
              )}
            </div>
            <span className="w-24 shrink-0 text-xs">
              <StateBadge tone={toneOf(check)}>
                {check.isOk ? t('checkOk') : t(check.severity === 'must' ? 'checkBad' : 'checkWarning')}
              </StateBadge>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
