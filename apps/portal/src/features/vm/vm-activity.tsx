'use client';

import { useQuery } from '@tanstack/react-query';
import { type EventView, isOpenTask, type TaskRow, type VmView } from '@vireo/contracts';
import { Badge, StateBadge } from '@vireo/ui/badge';
import { Card } from '@vireo/ui/card';
import { SkeletonLines } from '@vireo/ui/skeleton';
import { Table } from '@vireo/ui/table';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/data/trpc.tsx';
import { useSay } from '@/i18n/use-say.ts';
import { useUnits } from '@/i18n/use-units.ts';
import { useTaskDrawer } from '../task/task-drawer-context.tsx';
import { TASK_TONES } from '../task/task-tone.ts';

const LIMIT = 25;

/** What was done to this VM and what happened to it, newest first. */
export function VmActivity({ vm }: { vm: VmView }) {
  const filter = `objectId:${vm.id}`;
  return (
    <div className="flex flex-col gap-4 overflow-auto p-4">
      <VmTasks filter={filter} />
      <VmEvents filter={filter} />
    </div>
  );
}

function VmTasks({ filter }: { filter: string }) {
  const t = useTranslations('vm.activity');
  const trpc = useTRPC();
  const say = useSay();
  const units = useUnits();
  const { openTask } = useTaskDrawer();
  const { data } = useQuery(trpc.task.list.queryOptions({ filter, sort: '-createdAt', limit: LIMIT }));
  return (
    <Card
      title={t('tasks')}
      isFlush
      actions={
        <Link
          href={`/tasks?filter=${encodeURIComponent(filter)}`}
          className="text-xs text-accent hover:underline"
        >
          {t('allTasks')}
        </Link>
      }
    >
      {data ? (
        <Table<TaskRow>
          label={t('tasks')}
          rows={data.items}
          rowId={(task) => task.id}
          empty={t('noTasks')}
          columns={[
            {
              id: 'time',
              header: t('time'),
              className: 'whitespace-nowrap',
              cell: (task) => units.dateTime(task.createdAt),
            },
            {
              id: 'what',
              header: t('what'),
              cell: (task) => (
                <>
                  <button
                    type="button"
                    className="text-left text-accent hover:underline"
                    onClick={() => openTask(task.id)}
                  >
                    {say(task.title)}
                  </button>
                  {task.error && <p className="text-xs break-words text-danger">{say(task.error)}</p>}
                </>
              ),
            },
            { id: 'who', header: t('who'), cell: (task) => task.userName },
            {
              id: 'result',
              header: t('result'),
              cell: (task) => (
                <StateBadge tone={TASK_TONES[task.state]} isBusy={isOpenTask(task.state)}>
                  {say({ key: `taskStates.${task.state}` })}
                </StateBadge>
              ),
            },
          ]}
        />
      ) : (
        <Reading label={t('tasks')} />
      )}
    </Card>
  );
}

const EVENT_TONES = { info: 'neutral', warning: 'warn', error: 'danger' } as const;

function VmEvents({ filter }: { filter: string }) {
  const t = useTranslations('vm.activity');
  const trpc = useTRPC();
  const say = useSay();
  const units = useUnits();
  const { data } = useQuery(trpc.event.list.queryOptions({ filter, sort: '-at', limit: LIMIT }));
  return (
    <Card
      title={t('events')}
      isFlush
      actions={
        <Link
          href={`/events?filter=${encodeURIComponent(filter)}`}
          className="text-xs text-accent hover:underline"
        >
          {t('allEvents')}
        </Link>
      }
    >
      {data ? (
        <Table<EventView>
          label={t('events')}
          rows={data.items}
          rowId={(event) => event.id}
          empty={t('noEvents')}
          columns={[
            {
              id: 'time',
              header: t('time'),
              className: 'whitespace-nowrap',
              cell: (event) => units.dateTime(event.at),
            },
            { id: 'what', header: t('what'), cell: (event) => say(event.message) },
            { id: 'who', header: t('who'), cell: (event) => event.userName ?? '' },
            {
              id: 'result',
              header: t('result'),
              cell: (event) =>
                event.outcome && (
                  <Badge tone={EVENT_TONES[event.severity]}>{t(`outcomes.${event.outcome}`)}</Badge>
                ),
            },
          ]}
        />
      ) : (
        <Reading label={t('events')} />
      )}
    </Card>
  );
}

function Reading({ label }: { label: string }) {
  return (
    <div className="p-4">
      <SkeletonLines count={4} label={label} />
    </div>
  );
}
