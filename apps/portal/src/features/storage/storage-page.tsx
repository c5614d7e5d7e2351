'use client';

import { useTranslations } from 'next-intl';
import { PageHeader } from '@/features/frame/page-header';
import { DatastoreTable } from './datastore-table.tsx';
import { ImageTable } from './image-table.tsx';

export function StoragePage() {
  const t = useTranslations('storage');
  return (
    <>
      <PageHeader title={t('title')} />
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto px-4 pb-6">
        <DatastoreTable />
        <ImageTable />
      </div>
    </>
  );
}
