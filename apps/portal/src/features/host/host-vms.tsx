'use client';

import type { HostView, VmRow } from '@vireo/contracts';
import { StateBadge } from '@vireo/ui/badge';
import { type DataColumn, DataTable } from '@vireo/ui/data-table';
import { EmptyState } from '@vireo/ui/empty-state';
import { Meter } from '@vireo/ui/meter';
import { Monitor } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { useTRPC, useTRPCClient } from '@/data/trpc';
import { useList } from '@/data/use-list';
import { onHostFilter } from '@/features/frame/places';
import { ReadFailure } from '@/features/frame/read-failure';
import { VM_TONES } from '@/features/frame/state-tones';
import { useTableWords } from '@/features/frame/use-table-words';
import { useSay } from '@/i18n/use-say';
import { useUnits } from '@/i18n/use-units';

/** The VMs of one host. */
export function HostVms({ host }: { host: HostView }) {
  const t = useTranslations('host');
  const words = useTableWords();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const columns = useColumns();
  const [sort, setSort] = useState('name');
  const list = useList(trpc.vm.list.pathKey(), (input) => client.vm.list.query(input), {
    filter: onHostFilter(host.id),
    sort,
  });
  if (list.error) return <ReadFailure error={list.error} onRetry={list.retry} />;
  return (
    <DataTable
      label={t('vmsOn', { name: host.name })}
      words={words}
      storageKey="host-vms"
      columns={columns}
      rows={list.rows}
      rowId={(vm) => vm.id}
      rowName={(vm) => vm.name}
      total={list.total}
      isLoading={list.isLoading}
      isStale={list.isStale}
      hasMore={list.hasMore}
      isLoadingMore={list.isLoadingMore}
      onLoadMore={list.loadMore}
      sort={sort}
      onSort={setSort}
      onOpen={(vm) => router.push(`/vms/${vm.id}`)}
      toolbar={
        <Link
          href={`/vms?filter=${encodeURIComponent(onHostFilter(host.id))}`}
          className="text-xs text-accent hover:underline"
        >
          {t('openInVms')}
        </Link>
      }
      empty={<EmptyState icon={<Monitor size={32} strokeWidth={1.5} />} title={t('noVms')} />}
    />
  );
}

function useColumns(): DataColumn<VmRow>[] {
  const t = useTranslations('host');
  const none = useTranslations('common')('none');
  const say = useSay();
  const { number, percent, mib } = useUnits();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('name'),
        width: 'minmax(180px, 2fr)',
        sortField: 'name',
        isFixed: true,
        cell: (vm) => (
          <Link href={`/vms/${vm.id}`} className="font-medium text-accent hover:underline">
            {vm.name}
          </Link>
        ),
      },
      {
        id: 'state',
        header: t('state'),
        width: 'minmax(130px, 1fr)',
        sortField: 'state',
        cell: (vm) => (
          <StateBadge tone={VM_TONES[vm.state]} isBusy={vm.busy !== null}>
            {say({ key: `states.${vm.state}` })}
          </StateBadge>
        ),
      },
      {
        id: 'vcpus',
        header: t('vcpu'),
        width: '80px',
        sortField: 'vcpus',
        isNumeric: true,
        cell: (vm) => number(vm.vcpus),
      },
      {
        id: 'memory',
        header: t('memory'),
        width: '110px',
        sortField: 'memoryMiB',
        isNumeric: true,
        cell: (vm) => mib(vm.memoryMiB),
      },
      {
        id: 'cpu',
        header: t('cpu'),
        width: 'minmax(140px, 1fr)',
        sortField: 'cpuPercent',
        cell: (vm) =>
          vm.cpuPercent === null ? (
            none
          ) : (
            <Meter
              percent={vm.cpuPercent}
              label={t('cpuOf', { name: vm.name })}
              text={percent(vm.cpuPercent)}
            />
          ),
      },
      {
        id: 'addresses',
        header: t('addresses'),
        width: 'minmax(140px, 1fr)',
        cell: (vm) => vm.addresses.join(', ') || none,
      },
    ],
    [t, none, say, number, percent, mib],
  );
}
