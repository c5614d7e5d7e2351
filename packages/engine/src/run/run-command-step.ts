import type { PlanStep, StepAction } from '@vireo/contracts';
import type { ExecOptions } from '@vireo/link';
import { progressReader } from './progress.ts';
import {
  DONE,
  failed,
  failureOf,
  hostLockOf,
  isEffectThere,
  outcomeUnknown,
  type StepOutcome,
} from './step-outcome.ts';
import { CancelledError } from './task-hold.ts';
import type { TaskRun } from './task-run.ts';

type CommandAction = Extract<StepAction, { kind: 'command' }>;
/** A connection that breaks each time the same command runs: better a failure than for ever. */
const MOST_REPEATS = 5;

/**
 * Runs a step's command. Where its outcome is unknown (found running after a crash, connection lost, timed out), the
 * host is asked before anything else happens: a verb is never run again blindly.
 */
export async function runCommandStep(
  run: TaskRun,
  step: PlanStep,
  action: CommandAction,
  wasRunning: boolean,
): Promise<StepOutcome> {
  let isUnknown = wasRunning;
  for (let attempt = 1; attempt <= MOST_REPEATS; attempt += 1) {
    if (isUnknown) {
      const known = await settleUnknown(run, step, action);
      if (known) return known;
    }
    const result = await run.command('step', step.id, action.hostId, action.command, {
      ...execOptions(run, step, action),
      onDispatched: () => run.observeNow(step.id, 'sent'),
    });
    if (result.failure === null)
      return result.exitCode === 0 ? DONE : failureOf(run, step, action.hostId, result);
    if (result.failure === 'cancelled' && run.hold.cancel.aborted) throw new CancelledError();
    if (result.failure === 'timedOut' || result.failure === 'cancelled') {
      const isThere = step.done ? await isEffectThere(run, step, step.done) : false;
      return isThere ? DONE : failureOf(run, step, action.hostId, result);
    }
    if (result.failure === 'notSent') return failureOf(run, step, action.hostId, result);
    isUnknown = true;
  }
  const { hostId } = action;
  return failed({
    key: 'errors.step.connectionLost',
    params: { host: run.hosts.nameOf(hostId), step: step.id },
  });
}

/** null: the effect isn't there, and the step may run (again). */
async function settleUnknown(
  run: TaskRun,
  step: PlanStep,
  action: CommandAction,
): Promise<StepOutcome | null> {
  if (step.done) {
    const isThere = await isEffectThere(run, step, step.done);
    if (isThere === null) return outcomeUnknown(run, step, action.hostId);
    if (isThere) return DONE;
  }
  return step.repeat === 'never' ? outcomeUnknown(run, step, action.hostId) : null;
}

function execOptions(run: TaskRun, step: PlanStep, { command }: CommandAction): ExecOptions {
  const lock = command.effect === 'write' ? { lock: hostLockOf(run) } : {};
  if (command.progress === undefined) return { ...lock, signal: run.hold.lost };
  const onStdout = progressReader((progressPercent) => {
    if (!run.writes.isBehind) void run.setStep(step.id, { progressPercent }, 'later');
  });
  // Only what tells its progress is long and safe to break off; its undo removes what it left.
  return { ...lock, onStdout, signal: AbortSignal.any([run.hold.lost, run.hold.cancel]) };
}
