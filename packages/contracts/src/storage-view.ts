import { z } from 'zod';
import { DatastoreId, HostId, ImageId } from './ids.ts';

export const DatastoreView = z.object({
  id: DatastoreId,
  hostId: HostId,
  hostName: z.string(),
  name: z.string(),
  path: z.string(),
  kind: z.string(),
  capacityBytes: z.number(),
  availableBytes: z.number(),
  isActive: z.boolean(),
});
export type DatastoreView = z.infer<typeof DatastoreView>;

/** A file from which VMs can be made (disk image) or booted (ISO). The same file on shared storage is one image per host. */
export const ImageView = z.object({
  id: ImageId,
  hostId: HostId,
  hostName: z.string(),
  datastoreId: DatastoreId,
  name: z.string(),
  path: z.string(),
  kind: z.enum(['disk', 'iso']),
  format: z.string(),
  virtualBytes: z.number(),
  allocatedBytes: z.number(),
});
export type ImageView = z.infer<typeof ImageView>;
