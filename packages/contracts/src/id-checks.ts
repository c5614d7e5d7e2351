import type { HostId, TaskId, VmId } from './ids.ts';

/** How ids are written: a UUID in lower case. */
export const ID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether an address names a host, a VM or a task at all: the same rule as the schemas', for pages. */
export const isHostId = (text: string): text is HostId => ID_PATTERN.test(text);
export const isVmId = (text: string): text is VmId => ID_PATTERN.test(text);
export const isTaskId = (text: string): text is TaskId => ID_PATTERN.test(text);
