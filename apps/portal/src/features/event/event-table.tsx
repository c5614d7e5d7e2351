'use client';

import type { EventView } from '@vireo/contracts';
import { Badge } from '@vireo/ui/badge';
import { type DataColumn, DataTable } from '@vireo/ui/data-table';
import { EmptyState } from '@vireo/ui/empty-state';
import type { Tone } from '@vireo/ui/tone';
import { CalendarClock } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo } from 'react';
import { useTRPC, useTRPCClient } from '@/data/trpc';
import { useList } from '@/data/use-list';
import { NoMatch } from '@/features/frame/no-match';
import { pageOf } from '@/features/frame/places';
import { ReadFailure } from '@/features/frame/read-failure';
import { useTableWords } from '@/features/frame/use-table-words';
import { useTaskDrawer } from '@/features/task/task-drawer-context';
import { useSay } from '@/i18n/use-say';
import { useUnits } from '@/i18n/use-units';
import { SeverityIcon } from './severity-icon.tsx';

const OUTCOME_TONES: Record<NonNullable<EventView['outcome']>, Tone> = {
  open: 'info',
  succeeded: 'ok',
  refused: 'warn',
  failed: 'danger',
};

/** The audit trail and what was seen on hosts, as one list. */
export function EventTable({
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
  const t = useTranslations('event');
  const words = useTableWords();
  const say = useSay();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const columns = useEventColumns();
  const { openTask } = useTaskDrawer();
  const list = useList(trpc.event.list.pathKey(), (input) => client.event.list.query(input), address);
  return (
    <DataTable
      label={t('title')}
      words={words}
      storageKey={storageKey}
      columns={columns}
      rows={list.rows}
      rowId={(event) => event.id}
      rowName={(event) => say(event.message)}
      total={list.total}
      isLoading={list.isLoading}
      isStale={list.isStale}
      hasMore={list.hasMore}
      isLoadingMore={list.isLoadingMore}
      onLoadMore={list.loadMore}
      sort={address.sort}
      onSort={address.setSort}
      onOpen={(event) => event.taskId && openTask(event.taskId)}
      toolbar={toolbar}
      empty={
        list.error ? (
          <ReadFailure error={list.error} onRetry={list.retry} />
        ) : address.filter && onClearFilter ? (
          <NoMatch onClear={onClearFilter} />
        ) : (
          <EmptyState icon={<CalendarClock size={32} strokeWidth={1.5} />} title={t('empty')}>
            {t('emptyHint')}
          </EmptyState>
        )
      }
    />
  );
}

function useEventColumns(): DataColumn<EventView>[] {
  const t = useTranslations('event');
  const none = useTranslations('common')('none');
  const say = useSay();
  const { dateTime } = useUnits();
  const { openTask } = useTaskDrawer();
  return useMemo(
    () => [
      {
        id: 'at',
        header: t('at'),
        width: '200px',
        sortField: 'at',
        isFixed: true,
        cell: (event) => dateTime(event.at),
      },
      {
        id: 'severity',
        header: t('severity'),
        width: 'minmax(110px, 0.6fr)',
        sortField: 'severity',
        cell: (event) => (
          <span className="flex items-center gap-1.5">
            <SeverityIcon severity={event.severity} isDecoration />
            {t(event.severity)}
          </span>
        ),
      },
      {
        id: 'message',
        header: t('message'),
        width: 'minmax(240px, 3fr)',
        isFixed: true,
        cell: (event) => <span title={say(event.message)}>{say(event.message)}</span>,
      },
      {
        id: 'object',
        header: t('object'),
        width: 'minmax(120px, 1fr)',
        sortField: 'objectName',
        cell: (event) => {
          const href = pageOf(event.objectKind, event.objectId, event.operation);
          if (!event.objectName) return none;
          return href ? (
            <Link href={href} className="text-accent hover:underline">
              {event.objectName}
            </Link>
          ) : (
            event.objectName
          );
        },
      },
      {
        id: 'user',
        header: t('user'),
        width: 'minmax(90px, 0.7fr)',
        sortField: 'user',
        cell: (event) => event.userName ?? none,
      },
      {
        id: 'address',
        header: t('address'),
        width: 'minmax(110px, 0.7fr)',
        isHiddenAtFirst: true,
        cell: (event) => event.address ?? none,
      },
      {
        id: 'outcome',
        header: t('outcome'),
        width: 'minmax(120px, 0.7fr)',
        cell: (event) =>
          event.outcome ? <Badge tone={OUTCOME_TONES[event.outcome]}>{t(event.outcome)}</Badge> : none,
      },
      {
        id: 'task',
        header: t('task'),
        width: 'minmax(100px, 0.6fr)',
        cell: ({ taskId }) =>
          taskId ? (
            <button type="button" onClick={() => openTask(taskId)} className="text-accent hover:underline">
              {t('showTask')}
            </button>
          ) : (
            none
          ),
      },
    ],
    [t, none, say, dateTime, openTask],
  );
}
