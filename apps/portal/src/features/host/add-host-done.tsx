'use client';

import { Button } from '@vireo/ui/button';
import { Callout } from '@vireo/ui/callout';
import { SkeletonLines } from '@vireo/ui/skeleton';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { TaskDetail } from '@/features/task/task-detail';
import { useTaskDrawer } from '@/features/task/task-drawer-context';
import { useSay } from '@/i18n/use-say';
import { nameOf } from './add-host-draft.ts';
import type { AddHost } from './use-add-host.ts';

/** How adding went, and the way on. */
export function AddHostDone({ wizard }: { wizard: AddHost }) {
  const t = useTranslations('host.add');
  const common = useTranslations('common');
  const say = useSay();
  const { openTask } = useTaskDrawer();
  const { adding, draft } = wizard;
  const { task } = adding;
  const isAdded = task?.state === 'done';
  return (
    <div className="flex flex-col gap-4">
      {adding.isRunning && !task && <SkeletonLines count={3} label={t('adding')} />}
      {adding.isRunning && task && <TaskDetail taskId={task.id} onOpenTask={openTask} />}
      {isAdded && (
        <Callout tone="ok" title={t('added', { name: nameOf(draft) })}>
          {t('addedHint')}
        </Callout>
      )}
      {adding.error && (
        <Callout tone="danger" title={t('addFailed')}>
          {say(adding.error)}
        </Callout>
      )}
      <div className="flex flex-wrap gap-2">
        {adding.error && <Button onClick={() => wizard.go('review')}>{common('back')}</Button>}
        {task && !adding.isRunning && <Button onClick={() => openTask(task.id)}>{t('transcript')}</Button>}
        {isAdded && (
          <>
            <Button onClick={wizard.restart}>{t('another')}</Button>
            <Button look="primary" asChild>
              <Link href={`/hosts/${task.objectId}`}>{t('toHost')}</Link>
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
