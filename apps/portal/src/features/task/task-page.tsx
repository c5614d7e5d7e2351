'use client';

import { useQuery } from '@tanstack/react-query';
import { isTaskId } from '@vireo/contracts';
import { Card } from '@vireo/ui/card';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/data/trpc.tsx';
import { useSay } from '@/i18n/use-say.ts';
import { PageHeader } from '../frame/page-header.tsx';
import { TaskDetail } from './task-detail.tsx';

/** A task on a page of its own: what the drawer shows, to be linked and printed. */
export function TaskPage({ id }: { id: string }) {
  const t = useTranslations('task');
  const router = useRouter();
  const say = useSay();
  const trpc = useTRPC();
  const task = useQuery(trpc.task.get.queryOptions({ id }, { enabled: isTaskId(id) })).data;
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-auto">
      <PageHeader
        title={task ? say(task.title) : t('drawer')}
        crumbs={[{ label: t('allShort'), href: '/tasks' }]}
      />
      <div className="w-full max-w-5xl px-4 pb-4">
        <Card>
          <TaskDetail
            key={id}
            taskId={id}
            isTitled={false}
            onOpenTask={(next) => router.push(`/tasks/${next}`)}
          />
        </Card>
      </div>
    </div>
  );
}
