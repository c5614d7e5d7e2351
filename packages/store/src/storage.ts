import type { DatastoreRecord, DatastoreView, ImageRecord, ImageView } from '@vireo/contracts';
import { type Database, Prisma } from './database.ts';
import type { Store } from './types.ts';

const DATASTORE = Prisma.sql`d.id, d.host_id AS "hostId", d.name, d.path, d.kind, d.capacity_bytes::float8 AS "capacityBytes",
  d.available_bytes::float8 AS "availableBytes", d.is_active AS "isActive"`;
const IMAGE = Prisma.sql`i.id, i.host_id AS "hostId", i.datastore_id AS "datastoreId", i.name, i.path, i.kind, i.format,
  i.virtual_bytes::float8 AS "virtualBytes"`;

/** Datastores and images, per host. */
export function storageQueries({ client }: Database): Store['storage'] {
  return {
    datastores: () =>
      client.$queryRaw<DatastoreRecord[]>`SELECT ${DATASTORE} FROM datastore d ORDER BY d.name, d.id`,
    images: () => client.$queryRaw<ImageRecord[]>`SELECT ${IMAGE} FROM image i ORDER BY i.name, i.id`,
    datastoreViews: () => client.$queryRaw<DatastoreView[]>`
      SELECT ${DATASTORE}, h.name AS "hostName" FROM datastore d JOIN host h ON h.id = d.host_id
      ORDER BY d.name, h.name_key`,
    imageViews: () => client.$queryRaw<ImageView[]>`
      SELECT ${IMAGE}, i.allocated_bytes::float8 AS "allocatedBytes", h.name AS "hostName"
      FROM image i JOIN host h ON h.id = i.host_id ORDER BY i.name, h.name_key`,
  };
}
