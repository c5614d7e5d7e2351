import { z } from 'zod';
import { ID_PATTERN } from './id-checks.ts';

const uuid = z.string().regex(ID_PATTERN, 'must be a UUID in lower case');

/** Every object of the inventory is named by a UUID; a VM's is libvirt's own, on every host. */
export const SiteId = uuid.brand<'SiteId'>();
export type SiteId = z.infer<typeof SiteId>;
export const ClusterId = uuid.brand<'ClusterId'>();
export type ClusterId = z.infer<typeof ClusterId>;
export const HostId = uuid.brand<'HostId'>();
export type HostId = z.infer<typeof HostId>;
export const VmId = uuid.brand<'VmId'>();
export type VmId = z.infer<typeof VmId>;
export const DatastoreId = uuid.brand<'DatastoreId'>();
export type DatastoreId = z.infer<typeof DatastoreId>;
export const ImageId = uuid.brand<'ImageId'>();
export type ImageId = z.infer<typeof ImageId>;
export const TaskId = uuid.brand<'TaskId'>();
export type TaskId = z.infer<typeof TaskId>;
export const UserId = uuid.brand<'UserId'>();
export type UserId = z.infer<typeof UserId>;
export const SessionId = uuid.brand<'SessionId'>();
export type SessionId = z.infer<typeof SessionId>;
export const SecretId = uuid.brand<'SecretId'>();
export type SecretId = z.infer<typeof SecretId>;

/** What a task, an event, an alarm or a lock can be about. */
export const OBJECT_KINDS = ['host', 'vm', 'user', 'task', 'cluster', 'site', 'datastore', 'image'] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];
