'use client';

import type { HostView } from '@vireo/contracts';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { EventTable } from '@/features/event/event-table';
import { aboutObjectFilter } from '@/features/frame/places';
import { TaskTable } from '@/features/task/task-table';

/** Tasks of this host above, events beneath. */
export function HostActivity({ host }: { host: HostView }) {
  const t = useTranslations('host');
  const [taskSort, setTaskSort] = useState('-createdAt');
  const [eventSort, setEventSort] = useState('-at');
  const filter = aboutObjectFilter(host.id);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <section className="flex min-h-0 flex-1 flex-col" aria-label={t('tasks')}>
        <TaskTable
          address={{ filter, sort: taskSort, setSort: setTaskSort }}
          storageKey="host-tasks"
          toolbar={<h2 className="text-sm font-semibold">{t('tasks')}</h2>}
        />
      </section>
      <section className="flex min-h-0 flex-1 flex-col border-t border-line" aria-label={t('events')}>
        <EventTable
          address={{ filter, sort: eventSort, setSort: setEventSort }}
          storageKey="host-events"
          toolbar={<h2 className="text-sm font-semibold">{t('events')}</h2>}
        />
      </section>
    </div>
  );
}
