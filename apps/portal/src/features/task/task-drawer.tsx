'use client';

import { useQuery } from '@tanstack/react-query';
import type { TaskRow } from '@vireo/contracts';
import { isOpenTask } from '@vireo/contracts';
import { StateBadge } from '@vireo/ui/badge';
import { Button } from '@vireo/ui/button';
import { Sheet } from '@vireo/ui/sheet';
import { SkeletonLines } from '@vireo/ui/skeleton';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/data/trpc.tsx';
import { useSay } from '@/i18n/use-say.ts';
import { useUnits } from '@/i18n/use-units.ts';
import { TaskDetail } from './task-detail.tsx';
import { useTaskDrawer } from './task-drawer-context.tsx';
import { TASK_TONES } from './task-tone.ts';

/** Shows one task, or the recent ones, beside the page, which stays usable. Put one into the frame. */
export function TaskDrawer() {
  const t = useTranslations('task');
  const { isOpen, taskId, openTask, openTasks, close } = useTaskDrawer();
  return (
    <Sheet
      isOpen={isOpen}
      onClose={close}
      isModal={false}
      title={t(taskId ? 'drawer' : 'recent')}
      closeLabel={t('close')}
      actions={
        <>
          {taskId && (
            <Button size="small" look="quiet" onClick={openTasks}>
              {t('recent')}
            </Button>
          )}
          <Button size="small" look="quiet" asChild>
            <Link href={taskId ? `/tasks/${taskId}` : '/tasks'} onClick={close}>
              {t(taskId ? 'openPage' : 'all')}
            </Link>
          </Button>
        </>
      }
    >
      {isOpen && taskId && (
        <div className="p-4">
          <TaskDetail key={taskId} taskId={taskId} onOpenTask={openTask} />
        </div>
      )}
      {isOpen && !taskId && <RecentTasks onOpenTask={openTask} />}
    </Sheet>
  );
}

function RecentTasks({ onOpenTask }: { onOpenTask(taskId: string): void }) {
  const t = useTranslations('task');
  const trpc = useTRPC();
  const { data } = useQuery(trpc.task.list.queryOptions({ sort: '-createdAt', limit: 30 }));
  if (!data) {
    return (
      <div className="p-4">
        <SkeletonLines count={8} label={t('loading')} />
      </div>
    );
  }
  if (data.items.length === 0) return <p className="p-6 text-center text-muted">{t('none')}</p>;
  return (
    <ul className="divide-y divide-line">
      {data.items.map((task) => (
        <li key={task.id}>
          <RecentTask task={task} onOpen={() => onOpenTask(task.id)} />
        </li>
      ))}
    </ul>
  );
}

function RecentTask({ task, onOpen }: { task: TaskRow; onOpen: () => void }) {
  const t = useTranslations('task');
  const say = useSay();
  const units = useUnits();
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex w-full flex-col gap-0.5 px-4 py-2 text-left hover:bg-hover"
    >
      <span className="flex w-full items-start gap-3">
        <span className="min-w-0 flex-1 font-medium break-words">{say(task.title)}</span>
        <span className="shrink-0 text-xs">
          <StateBadge tone={TASK_TONES[task.state]} isBusy={isOpenTask(task.state)}>
            {say({ key: `taskStates.${task.state}` })}
          </StateBadge>
        </span>
      </span>
      <span className="text-xs text-muted">
        {units.dateTime(task.createdAt)} · {t('by', { user: task.userName })}
      </span>
      {task.error && <span className="text-xs break-words text-danger">{say(task.error)}</span>}
    </button>
  );
}
