'use client';

import { Card } from '@vireo/ui/card';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { PageHeader } from '../frame/page-header.tsx';
import { TaskDetail } from './task-detail.tsx';

/** A task on a page of its own: what the drawer shows, to be linked and printed. */
export function TaskPage({ id }: { id: string }) {
  const t = useTranslations('task');
  const router = useRouter();
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-auto">
      <PageHeader title={t('drawer')} crumbs={[{ label: t('allShort'), href: '/tasks' }]} />
      <div className="w-full max-w-5xl px-4 pb-4">
        <Card>
          <TaskDetail key={id} taskId={id} onOpenTask={(taskId) => router.push(`/tasks/${taskId}`)} />
        </Card>
      </div>
    </div>
  );
}
