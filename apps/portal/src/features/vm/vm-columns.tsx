'use client';

import type { VmRow } from '@vireo/contracts';
import { IconButton } from '@vireo/ui/button';
import type { DataColumn } from '@vireo/ui/data-table';
import { Menu } from '@vireo/ui/menu';
import { Meter } from '@vireo/ui/meter';
import { EllipsisVertical } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useSay } from '@/i18n/use-say.ts';
import { useUnits } from '@/i18n/use-units.ts';
import type { VmActions } from './use-vm-actions.tsx';
import { VmStateBadge } from './vm-state-badge.tsx';

const LINK = 'text-accent hover:underline';

/** The columns of the VM list; the last is each row's menu. */
export function useVmColumns(
  actions: VmActions,
  clusterNames: ReadonlyMap<string, string>,
): DataColumn<VmRow>[] {
  const t = useTranslations('vm.columns');
  const tVm = useTranslations('vm');
  const say = useSay();
  const units = useUnits();
  const columns = useMemo(
    (): DataColumn<VmRow>[] => [
      {
        id: 'state',
        header: t('state'),
        width: '134px',
        sortField: 'state',
        cell: (vm) => <VmStateBadge state={vm.state} isBusy={vm.busy !== null} />,
      },
      {
        id: 'name',
        header: t('name'),
        width: 'minmax(140px, 2fr)',
        sortField: 'name',
        isFixed: true,
        cell: (vm) => (
          <Link href={`/vms/${vm.id}`} className={`${LINK} font-medium`}>
            {vm.name}
          </Link>
        ),
      },
      {
        id: 'host',
        header: t('host'),
        width: 'minmax(84px, 0.8fr)',
        sortField: 'host',
        cell: (vm) => (
          <Link href={`/hosts/${vm.hostId}`} className={LINK}>
            {vm.hostName}
          </Link>
        ),
      },
      {
        id: 'cluster',
        header: t('cluster'),
        width: 'minmax(84px, 0.8fr)',
        sortField: 'cluster',
        isHiddenAtFirst: true,
        cell: (vm) => clusterNames.get(vm.clusterId) ?? '',
      },
      {
        id: 'vcpus',
        header: t('vcpus'),
        width: '68px',
        sortField: 'vcpus',
        isNumeric: true,
        cell: (vm) => units.number(vm.vcpus),
      },
      {
        id: 'memory',
        header: t('memory'),
        width: '88px',
        sortField: 'memoryMiB',
        isNumeric: true,
        cell: (vm) => units.mib(vm.memoryMiB),
      },
      {
        id: 'cpu',
        header: t('cpu'),
        width: '112px',
        sortField: 'cpuPercent',
        cell: (vm) =>
          vm.cpuPercent === null ? (
            ''
          ) : (
            <Meter percent={vm.cpuPercent} label={t('cpu')} text={units.percent(vm.cpuPercent)} />
          ),
      },
      {
        id: 'disk',
        header: t('disk'),
        width: '78px',
        sortField: 'diskBytes',
        isNumeric: true,
        cell: (vm) => units.bytes(vm.diskBytes),
      },
      {
        id: 'addresses',
        header: t('addresses'),
        width: 'minmax(140px, 1.2fr)',
        cell: (vm) => <span title={vm.addresses.join('\n')}>{vm.addresses.join(', ')}</span>,
      },
      {
        id: 'busy',
        header: t('busy'),
        width: 'minmax(92px, 0.9fr)',
        cell: (vm) => (vm.busy ? say({ key: `operations.${vm.busy.operation}` }) : ''),
      },
      {
        id: 'created',
        header: t('created'),
        width: '176px',
        sortField: 'createdAt',
        isHiddenAtFirst: true,
        cell: (vm) => units.dateTime(vm.createdAt),
      },
    ],
    [t, say, units, clusterNames],
  );
  return [
    ...columns,
    {
      id: 'actions',
      header: '',
      width: '56px',
      isFixed: true,
      cell: (vm) => (
        <Menu
          align="end"
          items={actions.menuItems(vm)}
          trigger={
            <IconButton
              size="small"
              label={tVm('actionsOf', { name: vm.name })}
              icon={<EllipsisVertical size={15} />}
            />
          }
        />
      ),
    },
  ];
}
