'use client';

import { Select } from '@vireo/ui/field';
import { useTranslations } from 'next-intl';
import { useSay } from '@/i18n/use-say.ts';
import { FilterField } from '../frame/filter-field.tsx';
import { filterValue, withFilterValue } from './list-filter-text.ts';

const STATES = ['running', 'shutOff', 'paused', 'crashed', 'unknown'] as const;

/** Words and `field:value` terms as typed, and the state as a choice; both are the same text in the address. */
export function VmListFilter({
  filter,
  onFilter,
  total,
}: {
  filter: string;
  onFilter: (filter: string) => void;
  total: number | null;
}) {
  const t = useTranslations('vm');
  const say = useSay();
  return (
    <>
      <FilterField value={filter} onChange={onFilter} placeholder={t('filter')} />
      <Select
        className="!w-36"
        aria-label={t('stateFilter')}
        value={filterValue(filter, 'state')}
        onChange={(event) => onFilter(withFilterValue(filter, 'state', event.target.value))}
      >
        <option value="">{t('stateAny')}</option>
        {STATES.map((state) => (
          <option key={state} value={state}>
            {say({ key: `states.${state}` })}
          </option>
        ))}
      </Select>
      <span role="status" className="text-xs text-muted">
        {total === null ? '' : t('count', { count: total })}
      </span>
    </>
  );
}
