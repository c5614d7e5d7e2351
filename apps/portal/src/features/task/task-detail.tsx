'use client';

import { useQuery } from '@tanstack/react-query';
import { isOpenTask, isTaskId, type TaskView } from '@vireo/contracts';
import { StateBadge } from '@vireo/ui/badge';
import { Callout } from '@vireo/ui/callout';
import { type Fact, Facts } from '@vireo/ui/card';
import { Progress } from '@vireo/ui/meter';
import { SkeletonLines } from '@vireo/ui/skeleton';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/data/trpc.tsx';
import { failureOf } from '@/data/vireo-failure.ts';
import { useSay } from '@/i18n/use-say.ts';
import { useUnits } from '@/i18n/use-units.ts';
import { elapsedMs } from './elapsed-ms.ts';
import { TaskActions } from './task-actions.tsx';
import { TaskChecks } from './task-checks.tsx';
import { TaskErrors } from './task-errors.tsx';
import { TaskSteps } from './task-steps.tsx';
import { TASK_TONES } from './task-tone.ts';
import { TaskTranscript } from './task-transcript.tsx';
import { useNow } from './use-now.ts';

export interface TaskDetailProps {
  taskId: string;
  /** Shows another task instead (after a retry). */
  onOpenTask(taskId: string): void;
  /** Whether to show the task's title; false where the page has it already. */
  isTitled?: boolean;
  /** The reader follows a link away from here. */
  onLeave?: () => void;
}

/** A task while it runs and after: state, what went wrong and what next, steps, checks, transcript. Live. */
export function TaskDetail({ taskId, isTitled = true, onOpenTask, onLeave }: TaskDetailProps) {
  const t = useTranslations('task');
  const trpc = useTRPC();
  const say = useSay();
  const isId = isTaskId(taskId);
  const query = useQuery(trpc.task.get.queryOptions({ id: taskId }, { enabled: isId }));
  if (!isId) return <Callout tone="warn" title={t('notFound')} />;
  if (query.data)
    return <Detail task={query.data} isTitled={isTitled} onOpenTask={onOpenTask} onLeave={onLeave} />;
  if (query.error) {
    const failure = failureOf(query.error);
    return <Callout tone="warn" title={failure.code === 'notFound' ? t('notFound') : say(failure.message)} />;
  }
  return <SkeletonLines count={8} label={t('loading')} />;
}

function Detail({
  task,
  isTitled,
  onOpenTask,
  onLeave,
}: {
  task: TaskView;
  isTitled: boolean;
  onOpenTask(taskId: string): void;
  onLeave: (() => void) | undefined;
}) {
  const t = useTranslations('task');
  const say = useSay();
  const isOpen = isOpenTask(task.state);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-2">
        {isTitled && <h2 className="text-base font-semibold break-words">{say(task.title)}</h2>}
        <div className="flex flex-wrap items-center gap-3">
          <StateBadge tone={TASK_TONES[task.state]} isBusy={isOpen}>
            {say({ key: `taskStates.${task.state}` })}
          </StateBadge>
          {isOpen && (
            <>
              <Progress
                percent={task.state === 'queued' ? null : task.progressPercent}
                label={t('progressOf', { title: say(task.title) })}
              />
              <span className="text-xs text-muted">
                {t('progress', { percent: Math.round(task.progressPercent) })}
              </span>
            </>
          )}
        </div>
        <TaskActions task={task} onOpenTask={onOpenTask} />
      </div>
      <TaskErrors task={task} />
      <TaskFacts task={task} onLeave={onLeave} />
      <TaskSteps steps={task.steps} />
      <TaskChecks checks={task.checks} />
      <TaskTranscript task={task} />
    </div>
  );
}

const PAGES: Readonly<Record<string, string>> = { vm: '/vms', host: '/hosts' };

function TaskFacts({ task, onLeave }: { task: TaskView; onLeave: (() => void) | undefined }) {
  const t = useTranslations('task');
  const units = useUnits();
  const now = useNow(isOpenTask(task.state));
  const duration = elapsedMs(task.startedAt, task.finishedAt, now);
  const page = PAGES[task.objectKind];
  const facts: Fact[] = [
    {
      id: 'object',
      label: t('object'),
      value: page ? (
        <Link
          href={`${page}/${task.objectId}`}
          className="text-accent hover:underline"
          {...(onLeave && { onClick: onLeave })}
        >
          {task.objectName}
        </Link>
      ) : (
        task.objectName
      ),
    },
    { id: 'user', label: t('user'), value: task.userName },
    { id: 'createdAt', label: t('createdAt'), value: units.dateTime(task.createdAt) },
    ...(duration === null ? [] : [{ id: 'duration', label: t('duration'), value: units.duration(duration) }]),
  ];
  return <Facts facts={facts} isNarrow />;
}
