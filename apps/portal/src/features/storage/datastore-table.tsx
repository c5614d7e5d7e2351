'use client';

import { useQuery } from '@tanstack/react-query';
import { StateBadge } from '@vireo/ui/badge';
import { Card } from '@vireo/ui/card';
import { Meter } from '@vireo/ui/meter';
import { SkeletonLines } from '@vireo/ui/skeleton';
import { Table } from '@vireo/ui/table';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/data/trpc';
import { useUnits } from '@/i18n/use-units';
import { ReadFailure } from '../frame/read-failure.tsx';

/** Datastores of one host, or of all. */
export function DatastoreTable({ hostId }: { hostId?: string }) {
  const t = useTranslations('storage');
  const common = useTranslations('common');
  const trpc = useTRPC();
  const { bytes, percent } = useUnits();
  const stores = useQuery(trpc.storage.datastores.queryOptions());
  const rows = (stores.data ?? []).filter((store) => hostId === undefined || store.hostId === hostId);
  return (
    <Card title={t('datastores')} isFlush>
      {stores.error && <ReadFailure error={stores.error} onRetry={() => void stores.refetch()} />}
      {stores.isPending && (
        <div className="px-4 py-3">
          <SkeletonLines label={common('loading')} />
        </div>
      )}
      {stores.data && (
        <Table
          label={t('datastores')}
          rows={rows}
          rowId={(store) => store.id}
          empty={t('noDatastores')}
          columns={[
            {
              id: 'name',
              header: t('name'),
              cell: (store) => <span className="font-medium">{store.name}</span>,
            },
            ...(hostId === undefined
              ? [
                  {
                    id: 'host',
                    header: t('host'),
                    cell: (store: (typeof rows)[number]) => (
                      <Link href={`/hosts/${store.hostId}`} className="text-accent hover:underline">
                        {store.hostName}
                      </Link>
                    ),
                  },
                ]
              : []),
            {
              id: 'state',
              header: t('state'),
              cell: (store) => (
                <StateBadge tone={store.isActive ? 'ok' : 'danger'}>
                  {store.isActive ? t('active') : t('inactive')}
                </StateBadge>
              ),
            },
            {
              id: 'used',
              header: t('used'),
              className: 'min-w-48',
              cell: (store) => {
                const used = store.capacityBytes - store.availableBytes;
                const share = store.capacityBytes > 0 ? (used / store.capacityBytes) * 100 : 0;
                return (
                  <Meter percent={share} label={t('usedOf', { name: store.name })} text={percent(share)} />
                );
              },
            },
            { id: 'free', header: t('free'), isNumeric: true, cell: (store) => bytes(store.availableBytes) },
            {
              id: 'capacity',
              header: t('capacity'),
              isNumeric: true,
              cell: (store) => bytes(store.capacityBytes),
            },
            { id: 'kind', header: t('kind'), cell: (store) => store.kind },
            {
              id: 'path',
              header: t('path'),
              cell: (store) => <code className="break-all">{store.path}</code>,
            },
          ]}
        />
      )}
    </Card>
  );
}
