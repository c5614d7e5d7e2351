import { z } from 'zod';
import { TaskId } from './ids.ts';
import { MessageRef } from './message.ts';
import { IsoTime } from './time.ts';

/** Audit and events: who did what to what, from where, and how it ended; and what was seen to happen on hosts. */
export const EventView = z.object({
  id: z.string(),
  at: IsoTime,
  kind: z.enum(['audit', 'event']),
  severity: z.enum(['info', 'warning', 'error']),
  message: MessageRef,
  operation: z.string().nullable(),
  userName: z.string().nullable(),
  address: z.string().nullable(),
  objectKind: z.string().nullable(),
  objectId: z.string().nullable(),
  objectName: z.string().nullable(),
  taskId: TaskId.nullable(),
  /** Of an audit entry: opened before the act, closed after it. */
  outcome: z.enum(['open', 'succeeded', 'refused', 'failed']).nullable(),
});
export type EventView = z.infer<typeof EventView>;

/** One entry of the change feed: re-read the object if it is on screen. */
export const Change = z.object({
  /** Grows by one stream per database; resume after it. */
  id: z.string(),
  kind: z.enum(['vm', 'host', 'task', 'event', 'datastore', 'image', 'user', 'tree']),
  objectId: z.string(),
  what: z.enum(['upserted', 'removed']),
});
export type Change = z.infer<typeof Change>;
