'use client';

import { useQuery } from '@tanstack/react-query';
import { isOpenTask } from '@vireo/contracts';
import { StateBadge } from '@vireo/ui/badge';
import { Card } from '@vireo/ui/card';
import { SkeletonLines } from '@vireo/ui/skeleton';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/data/trpc';
import { Ago } from '@/features/frame/ago';
import { useTaskDrawer } from '@/features/task/task-drawer-context';
import { TASK_TONES } from '@/features/task/task-tone';
import { useSay } from '@/i18n/use-say';

const SHOWN = 8;

export function RecentTasksCard() {
  const t = useTranslations('home');
  const common = useTranslations('common');
  const say = useSay();
  const trpc = useTRPC();
  const { openTask } = useTaskDrawer();
  const tasks = useQuery(trpc.task.list.queryOptions({ sort: '-createdAt', limit: SHOWN }));
  return (
    <Card
      title={t('recentTasks')}
      className="xl:col-span-2"
      actions={
        <Link href="/tasks" className="text-xs text-accent hover:underline">
          {t('showAll')}
        </Link>
      }
    >
      {tasks.isPending && <SkeletonLines label={common('loading')} />}
      <ul className="-mx-1.5">
        {tasks.data?.items.map((task) => (
          <li key={task.id}>
            <button
              type="button"
              onClick={() => openTask(task.id)}
              className="flex w-full items-center gap-3 rounded px-1.5 py-1 text-left hover:bg-hover"
            >
              <span className="w-32 shrink-0">
                <StateBadge tone={TASK_TONES[task.state]} isBusy={isOpenTask(task.state)}>
                  {say({ key: `taskStates.${task.state}` })}
                </StateBadge>
              </span>
              <span className="min-w-0 flex-1 truncate">{say(task.title)}</span>
              <span className="shrink-0 text-xs text-muted max-sm:hidden">{task.userName}</span>
              <Ago at={task.createdAt} />
            </button>
          </li>
        ))}
      </ul>
      {tasks.data?.items.length === 0 && <p className="text-muted">{t('noTasks')}</p>}
    </Card>
  );
}
