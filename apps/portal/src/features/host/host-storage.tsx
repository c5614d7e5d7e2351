'use client';

import type { HostView } from '@vireo/contracts';
import { DatastoreTable } from '@/features/storage/datastore-table';
import { ImageTable } from '@/features/storage/image-table';

export function HostStorage({ host }: { host: HostView }) {
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-4">
      <DatastoreTable hostId={host.id} />
      <ImageTable hostId={host.id} />
    </div>
  );
}
