'use client';

import { isOpenTask, type TaskRow } from '@vireo/contracts';
import { StateBadge } from '@vireo/ui/badge';
import { type DataColumn, DataTable } from '@vireo/ui/data-table';
import { EmptyState } from '@vireo/ui/empty-state';
import { Progress } from '@vireo/ui/meter';
import { ListChecks } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo } from 'react';
import { useTRPC, useTRPCClient } from '@/data/trpc';
import { useList } from '@/data/use-list';
import { NoMatch } from '@/features/frame/no-match';
import { pageOf } from '@/features/frame/places';
import { ReadFailure } from '@/features/frame/read-failure';
import { useTableWords } from '@/features/frame/use-table-words';
import { useSay } from '@/i18n/use-say';
import { useUnits } from '@/i18n/use-units';
import { useTaskDrawer } from './task-drawer-context.tsx';
import { TASK_TONES } from './task-tone.ts';

/** A list of tasks; a row opens the task in the drawer. */
export function TaskTable({
  address,
  storageKey,
  toolbar,
  onClearFilter,
}: {
  address: { filter: string; sort: string; setSort: (sort: string) => void };
  storageKey: string;
  toolbar: ReactNode;
  /** Absent: the filter is the page's own, and "nothing" means that there is nothing. */
  onClearFilter?: () => void;
}) {
  const t = useTranslations('taskList');
  const words = useTableWords();
  const say = useSay();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const columns = useTaskColumns();
  const { openTask } = useTaskDrawer();
  const list = useList(trpc.task.list.pathKey(), (input) => client.task.list.query(input), address);
  return (
    <DataTable
      label={t('title')}
      words={words}
      storageKey={storageKey}
      columns={columns}
      rows={list.rows}
      rowId={(task) => task.id}
      rowName={(task) => say(task.title)}
      total={list.total}
      isLoading={list.isLoading}
      isStale={list.isStale}
      hasMore={list.hasMore}
      isLoadingMore={list.isLoadingMore}
      onLoadMore={list.loadMore}
      sort={address.sort}
      onSort={address.setSort}
      onOpen={(task) => openTask(task.id)}
      toolbar={toolbar}
      empty={
        list.error ? (
          <ReadFailure error={list.error} onRetry={list.retry} />
        ) : address.filter && onClearFilter ? (
          <NoMatch onClear={onClearFilter} />
        ) : (
          <EmptyState icon={<ListChecks size={32} strokeWidth={1.5} />} title={t('empty')}>
            {t('emptyHint')}
          </EmptyState>
        )
      }
    />
  );
}

function useTaskColumns(): DataColumn<TaskRow>[] {
  const t = useTranslations('taskList');
  const none = useTranslations('common')('none');
  const say = useSay();
  const { dateTime, duration } = useUnits();
  const { openTask } = useTaskDrawer();
  return useMemo(
    () => [
      {
        id: 'title',
        header: t('what'),
        width: 'minmax(220px, 2.4fr)',
        isFixed: true,
        cell: (task) => (
          <button
            type="button"
            onClick={() => openTask(task.id)}
            className="max-w-full truncate text-left font-medium text-accent hover:underline"
          >
            {say(task.title)}
          </button>
        ),
      },
      {
        id: 'state',
        header: t('state'),
        width: 'minmax(116px, 0.8fr)',
        sortField: 'state',
        cell: (task) => (
          <StateBadge tone={TASK_TONES[task.state]} isBusy={isOpenTask(task.state)}>
            {say({ key: `taskStates.${task.state}` })}
          </StateBadge>
        ),
      },
      {
        id: 'progress',
        header: t('progress'),
        width: '96px',
        cell: (task) => (
          <Progress
            percent={task.progressPercent}
            label={t('progress')}
            tone={isOpenTask(task.state) ? 'info' : TASK_TONES[task.state]}
          />
        ),
      },
      {
        id: 'object',
        header: t('object'),
        width: 'minmax(116px, 1fr)',
        sortField: 'objectName',
        cell: (task) => {
          const href = pageOf(task.objectKind, task.objectId, task.operation);
          if (!task.objectName) return none;
          return href ? (
            <Link href={href} className="text-accent hover:underline">
              {task.objectName}
            </Link>
          ) : (
            task.objectName
          );
        },
      },
      {
        id: 'error',
        header: t('reason'),
        width: 'minmax(112px, 1.6fr)',
        cell: (task) => (task.error ? <span title={say(task.error)}>{say(task.error)}</span> : none),
      },
      {
        id: 'user',
        header: t('user'),
        width: 'minmax(74px, 0.6fr)',
        sortField: 'user',
        cell: (task) => task.userName,
      },
      {
        id: 'created',
        header: t('created'),
        width: '198px',
        sortField: 'createdAt',
        cell: (task) => dateTime(task.createdAt),
      },
      {
        id: 'duration',
        header: t('duration'),
        width: '82px',
        isNumeric: true,
        cell: (task) =>
          task.startedAt && task.finishedAt
            ? duration(Date.parse(task.finishedAt) - Date.parse(task.startedAt))
            : none,
      },
    ],
    [t, none, say, dateTime, duration, openTask],
  );
}
