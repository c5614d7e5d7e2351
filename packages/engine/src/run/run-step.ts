import { type PlanStep, type StepAction, VireoError } from '@vireo/contracts';
import { fingerprintOf } from '@vireo/link';
import { meets } from './meets.ts';
import { runCommandStep } from './run-command-step.ts';
import { DONE, failed, type StepOutcome } from './step-outcome.ts';
import { CancelledError } from './task-hold.ts';
import type { TaskRun } from './task-run.ts';

const PROBE_TIMEOUT_MS = 8000;

/**
 * Runs one step to its end. `wasRunning`: a worker before us had begun it, and nobody knows how far it came.
 * @throws CancelledError, AbandonedError, and what the store throws
 */
export async function runStep(run: TaskRun, step: PlanStep, wasRunning: boolean): Promise<StepOutcome> {
  const { action } = step;
  try {
    switch (action.kind) {
      case 'command':
        return await runCommandStep(run, step, action, wasRunning);
      case 'waitFor':
        return await runWait(run, step, action);
      case 'connect':
        await run.hosts.connect(action.hostId);
        return DONE;
      case 'probeHostKey':
        return await runProbe(run, action);
    }
  } catch (error) {
    if (error instanceof VireoError) return failed(error);
    throw error;
  }
}

/** Asks until it holds: at the host's next hint that something happened, or after `everyMs` at the latest. */
async function runWait(
  run: TaskRun,
  step: PlanStep,
  action: Extract<StepAction, { kind: 'waitFor' }>,
): Promise<StepOutcome> {
  const { check, everyMs, timeoutMs } = action;
  const signal = AbortSignal.any([run.hold.lost, run.hold.cancel]);
  const deadline = Date.now() + timeoutMs;
  run.observeNow(step.id, 'sent');
  for (;;) {
    const result = await run.command('step', step.id, check.hostId, check.command, { signal });
    if (result.failure === null && meets(check.expect, result)) return DONE;
    if (run.hold.cancel.aborted) throw new CancelledError();
    const left = deadline - Date.now();
    if (left <= 0) {
      const params = { host: run.hosts.nameOf(check.hostId), step: step.id };
      return failed(action.error ?? { key: 'errors.step.timedOut', params });
    }
    await run.deps.hosts.nextHint(check.hostId, Math.min(everyMs, left), signal);
    run.hold.assert();
    if (run.hold.cancel.aborted) throw new CancelledError();
  }
}

async function runProbe(
  run: TaskRun,
  { address, port }: Extract<StepAction, { kind: 'probeHostKey' }>,
): Promise<StepOutcome> {
  const hostKey = await run.deps.probeHostKey(address, port, PROBE_TIMEOUT_MS);
  run.hold.assert();
  const { taskId, epoch } = run.task;
  const result = { hostKey, fingerprint: fingerprintOf(hostKey) };
  await run.writes.now(() => run.deps.store.tasks.setResult(taskId, epoch, result));
  return DONE;
}
