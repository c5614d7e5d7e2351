'use client';

import { useQuery } from '@tanstack/react-query';
import { Card } from '@vireo/ui/card';
import { SkeletonLines } from '@vireo/ui/skeleton';
import { Table } from '@vireo/ui/table';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/data/trpc';
import { useUnits } from '@/i18n/use-units';
import { ReadFailure } from '../frame/read-failure.tsx';

/** Images and ISOs of one host, or of all. */
export function ImageTable({ hostId }: { hostId?: string }) {
  const t = useTranslations('storage');
  const common = useTranslations('common');
  const trpc = useTRPC();
  const { bytes } = useUnits();
  const images = useQuery(trpc.storage.images.queryOptions());
  const rows = (images.data ?? []).filter((image) => hostId === undefined || image.hostId === hostId);
  return (
    <Card title={t('images')} isFlush>
      {images.error && <ReadFailure error={images.error} onRetry={() => void images.refetch()} />}
      {images.isPending && (
        <div className="px-4 py-3">
          <SkeletonLines label={common('loading')} />
        </div>
      )}
      {images.data && (
        <Table
          label={t('images')}
          rows={rows}
          rowId={(image) => image.id}
          empty={t('noImages')}
          columns={[
            {
              id: 'name',
              header: t('name'),
              cell: (image) => <span className="font-medium">{image.name}</span>,
            },
            ...(hostId === undefined
              ? [
                  {
                    id: 'host',
                    header: t('host'),
                    cell: (image: (typeof rows)[number]) => (
                      <Link href={`/hosts/${image.hostId}`} className="text-accent hover:underline">
                        {image.hostName}
                      </Link>
                    ),
                  },
                ]
              : []),
            { id: 'kind', header: t('kind'), cell: (image) => t(`image_${image.kind}`) },
            { id: 'format', header: t('format'), cell: (image) => image.format },
            { id: 'size', header: t('size'), isNumeric: true, cell: (image) => bytes(image.virtualBytes) },
            {
              id: 'allocated',
              header: t('allocated'),
              isNumeric: true,
              cell: (image) => bytes(image.allocatedBytes),
            },
            {
              id: 'path',
              header: t('path'),
              cell: (image) => <code className="break-all">{image.path}</code>,
            },
          ]}
        />
      )}
    </Card>
  );
}
