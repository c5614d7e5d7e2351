import { type Check, type HostId, type MessageRef, type PlanStep, VireoError } from '@vireo/contracts';
import { type ExecResult, LOCK_BUSY_EXIT_CODE } from '@vireo/link';
import { pause } from '../pause.ts';
import { meets } from './meets.ts';
import { shortened } from './run-checks.ts';
import type { TaskRun } from './task-run.ts';

export type StepOutcome = { kind: 'done' } | { kind: 'failed'; error: MessageRef };

export const DONE: StepOutcome = { kind: 'done' };

export function failed(error: MessageRef | VireoError): StepOutcome {
  return { kind: 'failed', error: error instanceof VireoError ? error.messageRef : error };
}

/** The failure of a command that ended, or of one that the clock ended, in words. */
export function failureOf(run: TaskRun, step: PlanStep, hostId: HostId, result: ExecResult): StepOutcome {
  const params = { host: run.hosts.nameOf(hostId), step: step.id, stderr: shortened(result.stderr) };
  if (result.failure === 'timedOut') return failed(new VireoError('step.timedOut', params));
  if (result.failure !== null) return failed(new VireoError('step.connectionLost', params));
  return failed(new VireoError('step.failed', { ...params, exitCode: result.exitCode ?? -1 }));
}

export function outcomeUnknown(run: TaskRun, step: PlanStep, hostId: HostId): StepOutcome {
  const params = { host: run.hosts.nameOf(hostId), step: step.id };
  return failed(new VireoError('step.outcomeUnknown', params));
}

/** The name under which a task's writes follow each other on the host, also past a crash of this process. */
export const hostLockOf = (run: TaskRun): string => run.task.plan.object.id;

/**
 * Whether a step's effect is on the host, asked under the same lock as the step's command, so that a command left over
 * from a crash or a lost connection has ended before the answer is given.
 * @returns null when the host didn't answer as long as that command may take.
 */
export async function isEffectThere(run: TaskRun, step: PlanStep, done: Check): Promise<boolean | null> {
  const commandMs = step.action.kind === 'command' ? step.action.command.timeoutMs : 0;
  const deadline = Date.now() + commandMs + done.command.timeoutMs;
  for (;;) {
    const result = await run.command('doneCheck', step.id, done.hostId, done.command, {
      lock: hostLockOf(run),
    });
    const isAnswer = result.failure === null && result.exitCode !== LOCK_BUSY_EXIT_CODE;
    if (isAnswer) return meets(done.expect, result);
    if (result.failure === 'connectionLost') continue;
    if (Date.now() >= deadline) return null;
    await pause(250);
  }
}
