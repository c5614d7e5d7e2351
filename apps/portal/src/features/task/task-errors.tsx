'use client';

import type { TaskView } from '@vireo/contracts';
import { Callout } from '@vireo/ui/callout';
import { useTranslations } from 'next-intl';
import { useSay } from '@/i18n/use-say.ts';

/** What went wrong, on which object, and what to do next; said once. */
export function TaskErrors({ task }: { task: TaskView }) {
  const t = useTranslations('task');
  const say = useSay();
  if (task.state === 'waiting') return <Callout tone="warn" title={t('waiting')} />;
  if (!task.error) return null;
  const remedies = task.checks.filter((check) => !check.isOk && check.severity === 'must');
  return (
    <Callout tone={task.state === 'cancelled' ? 'info' : 'danger'} title={say(task.error)}>
      <div className="flex flex-col gap-1">
        {remedies.map((check) => (
          <p key={check.id}>
            {say({ key: check.remedy.key, params: { observed: check.observed, ...check.remedy.params } })}
          </p>
        ))}
        <AfterFailure task={task} />
      </div>
    </Callout>
  );
}

function AfterFailure({ task }: { task: TaskView }) {
  const t = useTranslations('task');
  if (task.state === 'stuck') return <p>{t('stuck')}</p>;
  if (task.state !== 'failed') return null;
  const wasBegun = task.steps.some((step) => step.state !== 'pending');
  if (!wasBegun) return null;
  return <p>{t(task.plan.onFailure === 'unwind' ? 'failedUndone' : 'failedStopped')}</p>;
}
