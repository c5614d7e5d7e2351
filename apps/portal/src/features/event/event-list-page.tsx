'use client';

import { useTranslations } from 'next-intl';
import { useListAddress } from '@/data/use-list-address';
import { FilterField } from '@/features/frame/filter-field';
import { PageHeader } from '@/features/frame/page-header';
import { TermSelect } from '@/features/frame/term-select';
import { EventTable } from './event-table.tsx';

const SEVERITIES = ['info', 'warning', 'error'] as const;
const OUTCOMES = ['open', 'succeeded', 'refused', 'failed'] as const;

export function EventListPage() {
  const t = useTranslations('event');
  const address = useListAddress('-at');
  const shared = { filter: address.filter, onFilter: address.setFilter };
  return (
    <>
      <PageHeader title={t('title')} />
      <EventTable
        address={address}
        storageKey="events"
        onClearFilter={() => address.setFilter('')}
        toolbar={
          <>
            <FilterField value={address.filter} onChange={address.setFilter} placeholder={t('filterHint')} />
            <TermSelect
              {...shared}
              field="severity"
              label={t('severity')}
              anyLabel={t('anySeverity')}
              choices={SEVERITIES.map((value) => ({ value, label: t(value) }))}
            />
            <TermSelect
              {...shared}
              field="kind"
              label={t('kind')}
              anyLabel={t('anyKind')}
              choices={[
                { value: 'audit', label: t('kindAudit') },
                { value: 'event', label: t('kindEvent') },
              ]}
            />
            <TermSelect
              {...shared}
              field="outcome"
              label={t('outcome')}
              anyLabel={t('anyOutcome')}
              choices={OUTCOMES.map((value) => ({ value, label: t(value) }))}
            />
          </>
        }
      />
    </>
  );
}
