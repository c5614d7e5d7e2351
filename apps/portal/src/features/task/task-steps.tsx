'use client';

import type { TaskStepView } from '@vireo/contracts';
import { StateBadge } from '@vireo/ui/badge';
import { Progress } from '@vireo/ui/meter';
import { useTranslations } from 'next-intl';
import { useSay } from '@/i18n/use-say.ts';
import { useUnits } from '@/i18n/use-units.ts';
import { elapsedMs } from './elapsed-ms.ts';
import { STEP_TONES } from './task-tone.ts';
import { useNow } from './use-now.ts';

const isRunning = (step: TaskStepView) => step.state === 'running' || step.state === 'undoing';

/** The steps in order with state, progress, duration and, where it stopped, the reason. */
export function TaskSteps({ steps }: { steps: readonly TaskStepView[] }) {
  const t = useTranslations('task');
  const now = useNow(steps.some(isRunning));
  if (steps.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1 text-sm font-semibold">{t('steps')}</h3>
      <ol className="divide-y divide-line rounded-md border border-line">
        {steps.map((step) => (
          <li key={step.id} className="px-3 py-2">
            <Step step={step} nowMs={now} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Step({ step, nowMs }: { step: TaskStepView; nowMs: number }) {
  const t = useTranslations('task');
  const say = useSay();
  const units = useUnits();
  const duration = elapsedMs(step.startedAt, step.finishedAt, nowMs);
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-start gap-3">
        <span className="min-w-0 flex-1 break-words">{say(step.label)}</span>
        <span className="shrink-0 text-xs text-muted">
          {duration === null ? '' : units.duration(duration)}
        </span>
        <span className="w-24 shrink-0 text-xs">
          <StateBadge tone={STEP_TONES[step.state]} isBusy={isRunning(step)}>
            {t(`stepStates.${step.state}`)}
          </StateBadge>
        </span>
      </div>
      {step.state === 'running' && step.progressPercent !== null && (
        <div className="flex items-center gap-2 text-xs text-muted">
          <Progress percent={step.progressPercent} label={say(step.label)} />
          {t('progress', { percent: Math.round(step.progressPercent) })}
        </div>
      )}
      {step.error && <p className="text-xs break-words text-danger">{say(step.error)}</p>}
    </div>
  );
}
