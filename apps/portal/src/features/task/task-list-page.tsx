'use client';

import { TASK_STATES } from '@vireo/contracts';
import { useTranslations } from 'next-intl';
import { useListAddress } from '@/data/use-list-address';
import { FilterField } from '@/features/frame/filter-field';
import { PageHeader } from '@/features/frame/page-header';
import { TermSelect } from '@/features/frame/term-select';
import { useSay } from '@/i18n/use-say';
import { TaskTable } from './task-table.tsx';

export function TaskListPage() {
  const t = useTranslations('taskList');
  const say = useSay();
  const address = useListAddress('-createdAt');
  return (
    <>
      <PageHeader title={t('title')} />
      <TaskTable
        address={address}
        storageKey="tasks"
        onClearFilter={() => address.setFilter('')}
        toolbar={
          <>
            <FilterField value={address.filter} onChange={address.setFilter} placeholder={t('filterHint')} />
            <TermSelect
              field="state"
              label={t('state')}
              anyLabel={t('anyState')}
              filter={address.filter}
              onFilter={address.setFilter}
              choices={[
                { value: 'open', label: t('open') },
                ...TASK_STATES.map((state) => ({ value: state, label: say({ key: `taskStates.${state}` }) })),
              ]}
            />
          </>
        }
      />
    </>
  );
}
