'use client';

import type { HostView } from '@vireo/contracts';
import { type DataColumn, DataTable } from '@vireo/ui/data-table';
import { EmptyState } from '@vireo/ui/empty-state';
import { Meter } from '@vireo/ui/meter';
import { Server } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useTRPC, useTRPCClient } from '@/data/trpc';
import { useList } from '@/data/use-list';
import { useListAddress } from '@/data/use-list-address';
import { FilterField } from '@/features/frame/filter-field';
import { NoMatch } from '@/features/frame/no-match';
import { PageHeader } from '@/features/frame/page-header';
import { ReadFailure } from '@/features/frame/read-failure';
import { useTableWords } from '@/features/frame/use-table-words';
import { useUnits } from '@/i18n/use-units';
import { AddHostButton } from './add-host-button.tsx';
import { ConnectionBadge } from './connection-badge.tsx';
import { HostActions } from './host-actions.tsx';
import { SimulatedBadge } from './simulated-badge.tsx';
import { memoryPercent } from './usage.ts';

export function HostListPage() {
  const t = useTranslations('host');
  const common = useTranslations('common');
  const words = useTableWords();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const columns = useHostColumns();
  const address = useListAddress('name');
  const list = useList(trpc.host.list.pathKey(), (input) => client.host.list.query(input), address);
  return (
    <>
      <PageHeader title={t('title')} actions={<AddHostButton />} />
      <DataTable
        label={t('title')}
        words={words}
        storageKey="hosts"
        columns={columns}
        rows={list.rows}
        rowId={(host) => host.id}
        rowName={(host) => host.name}
        total={list.total}
        isLoading={list.isLoading}
        isStale={list.isStale}
        hasMore={list.hasMore}
        isLoadingMore={list.isLoadingMore}
        onLoadMore={list.loadMore}
        sort={address.sort}
        onSort={address.setSort}
        onOpen={(host) => router.push(`/hosts/${host.id}`)}
        toolbar={
          <>
            <FilterField value={address.filter} onChange={address.setFilter} placeholder={t('filterHint')} />
            {list.total !== null && (
              <span className="text-xs text-muted">{common('total', { count: list.total })}</span>
            )}
          </>
        }
        empty={
          list.error ? (
            <ReadFailure error={list.error} onRetry={list.retry} />
          ) : address.filter ? (
            <NoMatch onClear={() => address.setFilter('')} />
          ) : (
            <EmptyState
              icon={<Server size={32} strokeWidth={1.5} />}
              title={t('empty')}
              actions={<AddHostButton />}
            >
              {t('emptyHint')}
            </EmptyState>
          )
        }
      />
    </>
  );
}

function useHostColumns(): DataColumn<HostView>[] {
  const t = useTranslations('host');
  const none = useTranslations('common')('none');
  const { number, percent, mib, dateTime } = useUnits();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('name'),
        width: 'minmax(150px, 2fr)',
        sortField: 'name',
        isFixed: true,
        cell: (host) => (
          <span className="flex items-center gap-2">
            <Link href={`/hosts/${host.id}`} className="truncate font-medium text-accent hover:underline">
              {host.name}
            </Link>
            {host.isSimulated && <SimulatedBadge />}
          </span>
        ),
      },
      {
        id: 'connection',
        header: t('connection'),
        width: 'minmax(125px, 1fr)',
        sortField: 'connection',
        cell: (host) => <ConnectionBadge connection={host.connection} />,
      },
      {
        id: 'address',
        header: t('address'),
        width: 'minmax(120px, 1fr)',
        sortField: 'address',
        cell: (host) => host.address,
      },
      {
        id: 'cluster',
        header: t('cluster'),
        width: 'minmax(90px, 1fr)',
        sortField: 'cluster',
        cell: (host) => host.clusterName,
      },
      {
        id: 'cpu',
        header: t('cpu'),
        width: 'minmax(130px, 1fr)',
        sortField: 'cpuPercent',
        cell: (host) =>
          host.usage ? (
            <Meter
              percent={host.usage.cpuPercent}
              label={t('cpuOf', { name: host.name })}
              text={percent(host.usage.cpuPercent)}
            />
          ) : (
            none
          ),
      },
      {
        id: 'memory',
        header: t('memory'),
        width: 'minmax(185px, 1fr)',
        sortField: 'memoryUsedMiB',
        cell: (host) => {
          const used = memoryPercent(host.usage);
          if (used === null || !host.usage) return none;
          const total = host.usage.memoryUsedMiB + host.usage.memoryAvailableMiB;
          return (
            <Meter
              percent={used}
              label={t('memoryOf', { name: host.name })}
              text={`${mib(host.usage.memoryUsedMiB)} / ${mib(total)}`}
            />
          );
        },
      },
      {
        id: 'vms',
        header: t('vmsRunning'),
        width: 'minmax(140px, 0.6fr)',
        sortField: 'vmCount',
        isNumeric: true,
        cell: (host) => `${number(host.runningVmCount)} / ${number(host.vmCount)}`,
      },
      {
        id: 'libvirt',
        header: 'libvirt',
        width: 'minmax(90px, 0.6fr)',
        isHiddenAtFirst: true,
        cell: (host) => host.facts?.versions.libvirt ?? none,
      },
      {
        id: 'qemu',
        header: 'QEMU',
        width: 'minmax(90px, 0.6fr)',
        isHiddenAtFirst: true,
        cell: (host) => host.facts?.versions.qemu ?? none,
      },
      {
        id: 'contact',
        header: t('lastContact'),
        width: 'minmax(170px, 1fr)',
        isHiddenAtFirst: true,
        cell: (host) => (host.lastContactAt ? dateTime(host.lastContactAt) : none),
      },
      {
        id: 'actions',
        header: t('actions'),
        width: '72px',
        isFixed: true,
        cell: (host) => <HostActions host={host} isCompact />,
      },
    ],
    [t, none, number, percent, mib, dateTime],
  );
}
