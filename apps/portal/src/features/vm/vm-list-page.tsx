'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { type ListInput, parseFilter, type VmRow } from '@vireo/contracts';
import { Button } from '@vireo/ui/button';
import { DataTable } from '@vireo/ui/data-table';
import { EmptyState } from '@vireo/ui/empty-state';
import { Plus, Server } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback, useMemo, useState } from 'react';
import { readAll } from '@/data/read-all.ts';
import { useSession } from '@/data/session.tsx';
import { useTRPC, useTRPCClient } from '@/data/trpc.tsx';
import { useList } from '@/data/use-list.ts';
import { useListAddress } from '@/data/use-list-address.ts';
import { useSay } from '@/i18n/use-say.ts';
import { PageHeader } from '../frame/page-header.tsx';
import { ReadFailure } from '../frame/read-failure.tsx';
import { useTableWords } from '../frame/use-table-words.ts';
import { BulkBar } from './bulk-bar.tsx';
import { ExportVms } from './export-vms.tsx';
import { useVmActions } from './use-vm-actions.tsx';
import { useVmColumns } from './vm-columns.tsx';
import { VmListFilter } from './vm-list-filter.tsx';

const NOTHING: ReadonlySet<string> = new Set();

/** All VMs: sorted, filtered and paged by the server; a selection can be acted on together. */
export function VmListPage() {
  const t = useTranslations('vm');
  const client = useTRPCClient();
  const trpc = useTRPC();
  const router = useRouter();
  const address = useListAddress('name');
  const read = useCallback((input: ListInput) => client.vm.list.query(input), [client]);
  const list = useList<VmRow>(trpc.vm.list.pathKey(), read, address);
  const tree = useQuery(trpc.inventory.tree.queryOptions());
  const clusterNames = useMemo(
    () =>
      new Map(tree.data?.sites.flatMap((site) => site.clusters).map((cluster) => [cluster.id, cluster.name])),
    [tree.data],
  );
  const actions = useVmActions();
  const columns = useVmColumns(actions, clusterNames);
  const words = useTableWords();
  const [selected, setSelected] = useState(NOTHING);
  /** Selected rows that were not scrolled to yet, as they were when all were selected. */
  const [beyond, setBeyond] = useState<readonly VmRow[]>([]);
  const selectAll = useMutation({
    mutationFn: () => readAll(read, address),
    onSuccess: (rows) => {
      setBeyond(rows);
      setSelected(new Set(rows.map((vm) => vm.id)));
    },
  });
  const loaded = list.rows.filter((vm) => selected.has(vm.id));
  const loadedIds = new Set(list.rows.map((vm) => vm.id));
  const chosen = [...loaded, ...beyond.filter((vm) => selected.has(vm.id) && !loadedIds.has(vm.id))];
  const isRestOpen = list.hasMore && loaded.length === list.rows.length && chosen.length < (list.total ?? 0);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader title={t('title')} actions={<CreateVmLink />} />
      <DataTable
        label={t('title')}
        words={words}
        columns={columns}
        rows={list.rows}
        rowId={(vm) => vm.id}
        rowName={(vm) => vm.name}
        isLoading={list.isLoading}
        isStale={list.isStale}
        hasMore={list.hasMore}
        isLoadingMore={list.isLoadingMore}
        onLoadMore={list.loadMore}
        sort={address.sort}
        onSort={address.setSort}
        selected={selected}
        onSelect={setSelected}
        onOpen={(vm) => router.push(`/vms/${vm.id}`)}
        storageKey="vms"
        toolbar={
          chosen.length > 0 ? (
            <BulkBar
              vms={chosen}
              onClear={() => setSelected(NOTHING)}
              all={
                isRestOpen && list.total !== null
                  ? { count: list.total, isBusy: selectAll.isPending, select: () => selectAll.mutate() }
                  : null
              }
            />
          ) : (
            <>
              <VmListFilter filter={address.filter} onFilter={address.setFilter} total={list.total} />
              <span className="ml-auto">
                <ExportVms read={read} address={address} clusterNames={clusterNames} />
              </span>
            </>
          )
        }
        empty={
          list.error ? (
            <ReadFailure error={list.error} onRetry={list.retry} />
          ) : (
            <NoVms
              isFiltered={parseFilter(address.filter).length > 0}
              onClear={() => address.setFilter('')}
            />
          )
        }
      />
      {actions.dialog}
    </div>
  );
}

function CreateVmLink() {
  const t = useTranslations('vm');
  const say = useSay();
  const session = useSession();
  const icon = <Plus size={15} aria-hidden />;
  if (!session.may('vm.create')) {
    const reason = say({ key: 'mayNot.role', params: { permission: 'vm.create' } });
    return (
      <Button look="primary" icon={icon} disabledReason={reason}>
        {t('create')}
      </Button>
    );
  }
  return (
    <Button look="primary" asChild>
      <Link href="/vms/new">
        {icon}
        {t('create')}
      </Link>
    </Button>
  );
}

function NoVms({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const t = useTranslations('vm.empty');
  if (isFiltered) {
    return (
      <EmptyState
        title={t('filteredTitle')}
        actions={<Button onClick={onClear}>{t('clearFilter')}</Button>}
      />
    );
  }
  return (
    <EmptyState icon={<Server size={28} />} title={t('title')} actions={<CreateVmLink />}>
      {t('text')}
    </EmptyState>
  );
}
