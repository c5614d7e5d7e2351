'use client';

import { useQuery } from '@tanstack/react-query';
import { Card } from '@vireo/ui/card';
import { Meter } from '@vireo/ui/meter';
import { SkeletonLines } from '@vireo/ui/skeleton';
import { Table } from '@vireo/ui/table';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/data/trpc';
import { ConnectionBadge } from '@/features/host/connection-badge';
import { SimulatedBadge } from '@/features/host/simulated-badge';
import { memoryPercent } from '@/features/host/usage';
import { useUnits } from '@/i18n/use-units';

const SHOWN = 12;

/** The hosts' condition. */
export function HostsCard() {
  const t = useTranslations('home');
  const common = useTranslations('common');
  const trpc = useTRPC();
  const { number, percent } = useUnits();
  const hosts = useQuery(trpc.host.list.queryOptions({ sort: 'name', limit: SHOWN }));
  return (
    <Card
      title={t('hosts')}
      isFlush
      className="xl:col-span-3"
      actions={
        <Link href="/hosts" className="text-xs text-accent hover:underline">
          {t('showAll')}
        </Link>
      }
    >
      {hosts.isPending && (
        <div className="px-4 py-3">
          <SkeletonLines label={common('loading')} />
        </div>
      )}
      {hosts.data && (
        <Table
          label={t('hosts')}
          rows={hosts.data.items}
          rowId={(host) => host.id}
          columns={[
            {
              id: 'name',
              header: t('name'),
              cell: (host) => (
                <span className="flex items-center gap-2">
                  <Link href={`/hosts/${host.id}`} className="font-medium text-accent hover:underline">
                    {host.name}
                  </Link>
                  {host.isSimulated && <SimulatedBadge />}
                </span>
              ),
            },
            {
              id: 'state',
              header: t('state'),
              cell: (host) => <ConnectionBadge connection={host.connection} />,
            },
            {
              id: 'cpu',
              header: t('cpu'),
              className: 'min-w-36',
              cell: (host) =>
                host.usage ? (
                  <Meter
                    percent={host.usage.cpuPercent}
                    label={t('cpuOf', { name: host.name })}
                    text={percent(host.usage.cpuPercent)}
                  />
                ) : (
                  common('none')
                ),
            },
            {
              id: 'memory',
              header: t('memory'),
              className: 'min-w-36',
              cell: (host) => {
                const used = memoryPercent(host.usage);
                return used === null ? (
                  common('none')
                ) : (
                  <Meter percent={used} label={t('memoryOf', { name: host.name })} text={percent(used)} />
                );
              },
            },
            {
              id: 'vms',
              header: t('runningVms'),
              isNumeric: true,
              cell: (host) => `${number(host.runningVmCount)} / ${number(host.vmCount)}`,
            },
          ]}
        />
      )}
    </Card>
  );
}
