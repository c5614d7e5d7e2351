'use client';

import type { CheckResult } from '@vireo/contracts';
import { Badge } from '@vireo/ui/badge';
import { Button } from '@vireo/ui/button';
import { Callout } from '@vireo/ui/callout';
import { SkeletonLines } from '@vireo/ui/skeleton';
import type { Tone } from '@vireo/ui/tone';
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSay } from '@/i18n/use-say';
import type { AddHost } from './use-add-host.ts';

type Verdict = 'ok' | 'warn' | 'fail';
const LOOKS: Record<Verdict, { tone: Tone; Icon: typeof CircleCheck }> = {
  ok: { tone: 'ok', Icon: CircleCheck },
  warn: { tone: 'warn', Icon: TriangleAlert },
  fail: { tone: 'danger', Icon: CircleX },
};

function verdictOf(check: CheckResult): Verdict {
  if (check.isOk) return 'ok';
  return check.severity === 'must' ? 'fail' : 'warn';
}

/** What the host has and lacks, each with its remedy. */
export function AddHostChecks({ wizard }: { wizard: AddHost }) {
  const t = useTranslations('host.add');
  const common = useTranslations('common');
  const { preflight } = wizard;
  const checks = preflight.task?.checks ?? [];
  const isBad = checks.some((check) => verdictOf(check) === 'fail') || preflight.error !== null;
  const isDone = preflight.task !== null && !preflight.isRunning;
  return (
    <div className="flex flex-col gap-4">
      {preflight.isRunning && checks.length === 0 && <SkeletonLines count={8} label={t('checking')} />}
      <Outcome wizard={wizard} checks={checks} isDone={isDone} />
      <ul className="flex flex-col divide-y divide-line">
        {checks.map((check) => (
          <CheckRow key={check.id} check={check} />
        ))}
      </ul>
      <div className="flex flex-wrap justify-between gap-2">
        <Button onClick={() => wizard.go('reach')}>{common('back')}</Button>
        <div className="flex gap-2">
          <Button isBusy={preflight.isRunning} onClick={() => void wizard.check()}>
            {t('checkAgain')}
          </Button>
          <Button
            look="primary"
            isBusy={preflight.isRunning}
            disabledReason={isDone && isBad ? t('checksBad') : null}
            disabled={!isDone}
            onClick={() => wizard.go('review')}
          >
            {common('next')}
          </Button>
        </div>
      </div>
    </div>
  );
}

function Outcome({
  wizard: { preflight },
  checks,
  isDone,
}: {
  wizard: AddHost;
  checks: readonly CheckResult[];
  isDone: boolean;
}) {
  const t = useTranslations('host.add');
  const say = useSay();
  if (preflight.error && checks.every((check) => verdictOf(check) !== 'fail'))
    return <Callout tone="danger" title={say(preflight.error)} />;
  if (!isDone) return null;
  if (checks.some((check) => verdictOf(check) === 'fail')) {
    return (
      <Callout tone="danger" title={t('checksBad')}>
        {t('checksBadHint')}
      </Callout>
    );
  }
  return checks.some((check) => verdictOf(check) === 'warn') ? (
    <Callout tone="warn" title={t('checksWarn')} />
  ) : (
    <Callout tone="ok" title={t('checksOk')} />
  );
}

function CheckRow({ check }: { check: CheckResult }) {
  const t = useTranslations('host.add');
  const say = useSay();
  const verdict = verdictOf(check);
  const { tone, Icon } = LOOKS[verdict];
  return (
    <li className="flex items-start gap-3 py-2">
      <span className="w-24 shrink-0">
        <Badge tone={tone} icon={<Icon size={12} aria-hidden />}>
          {t(verdict)}
        </Badge>
      </span>
      <div className="min-w-0 flex-1">
        <p className="break-words">{say(check.label)}</p>
        {verdict !== 'ok' && <p className="break-words text-ink">{say(check.remedy)}</p>}
        {check.observed && (
          <p className="text-xs break-words text-muted">{t('observed', { observed: check.observed })}</p>
        )}
      </div>
    </li>
  );
}
