import type { TaskState } from './states.ts';

/**
 * What libvirt says of a domain, in the words of the field. `unknown` is not a libvirt state: it is what we
 * say when the host can't be asked.
 */
export const VM_STATES = [
  'running',
  'blocked',
  'paused',
  'shuttingDown',
  'shutOff',
  'crashed',
  'suspended',
  'unknown',
] as const;

/** A host's connection as its watcher sees it. */
export const HOST_CONNECTIONS = [
  'connecting',
  'connected',
  'unreachable',
  'keyChanged',
  'authRefused',
] as const;

/**
 * queued -> running -> done | failed (nothing of it is left: undone) | stuck (an undo failed: a person must look) | cancelled.
 * `unwinding` runs the undo steps. `waiting` = the host can't be reached; it goes on by itself.
 */
export const TASK_STATES = [
  'queued',
  'running',
  'waiting',
  'unwinding',
  'done',
  'failed',
  'stuck',
  'cancelled',
] as const;
export const OPEN_TASK_STATES = [
  'queued',
  'running',
  'waiting',
  'unwinding',
] as const satisfies readonly TaskState[];

export function isOpenTask(state: TaskState): boolean {
  return (OPEN_TASK_STATES as readonly TaskState[]).includes(state);
}

/** A task that is taking back what it did can be cancelled too: it then waits for a host that is away no longer than others. */
export const isCancellable = isOpenTask;

const RETRYABLE: readonly TaskState[] = ['failed', 'cancelled', 'stuck'];
/** Whether the input of an ended task may be planned anew. */
export function isRetryable(state: TaskState): boolean {
  return RETRYABLE.includes(state);
}

export const STEP_STATES = [
  'pending',
  'running',
  'done',
  'skipped',
  'failed',
  'undoing',
  'undone',
  'undoFailed',
] as const;
