import { type MessageRef, type PlanStep, VireoError } from '@vireo/contracts';
import type { ExecResult } from '@vireo/link';
import { pause } from '../pause.ts';
import { shortened } from './run-checks.ts';
import { hostLockOf } from './step-outcome.ts';
import type { TaskRun } from './task-run.ts';

/**
 * Takes back all steps that were begun, the failed one too, in reverse order. Each undo can run any number of times,
 * so that a crash in the midst is nothing special: whoever takes over goes on with the first step not marked undone.
 * @returns null when all is taken back, else why a person must look.
 */
export async function unwind(run: TaskRun): Promise<MessageRef | null> {
  for (const step of [...run.task.plan.steps].reverse()) {
    const state = run.stepStates.get(step.id);
    const isBegun = state !== undefined && !['pending', 'skipped', 'undone'].includes(state);
    if (!isBegun || step.undo.length === 0) continue;
    await run.setStep(step.id, { state: 'undoing' }, 'now');
    await run.observe(step.id, 'undoBefore');
    const problem = await undoStep(run, step);
    if (problem) {
      await run.setStep(step.id, { state: 'undoFailed', finishedAt: new Date(), error: problem }, 'now');
      return problem;
    }
    await run.setStep(step.id, { state: 'undone', finishedAt: new Date() }, 'later');
    await run.observe(step.id, 'undoAfter');
  }
  return null;
}

async function undoStep(run: TaskRun, step: PlanStep): Promise<MessageRef | null> {
  for (const undo of step.undo) {
    if (!run.hosts.isTarget(undo.hostId)) run.touched.add(undo.hostId);
    const problem = await undoCommand(run, step, undo);
    if (problem) return problem;
  }
  return null;
}

async function undoCommand(
  run: TaskRun,
  step: PlanStep,
  { hostId, command }: PlanStep['undo'][number],
): Promise<MessageRef | null> {
  const pauses = [...run.deps.undoPausesMs];
  for (;;) {
    let result: ExecResult;
    try {
      result = await run.command('undo', step.id, hostId, command, {
        lock: hostLockOf(run),
        signal: run.hold.lost,
      });
    } catch (error) {
      if (error instanceof VireoError) return error.messageRef;
      throw error;
    }
    if (result.failure === null && result.exitCode === 0) return null;
    if (result.failure === 'connectionLost') continue;
    const next = pauses.shift();
    if (next === undefined) {
      return new VireoError('undo.failed', {
        host: run.hosts.nameOf(hostId),
        step: step.id,
        exitCode: result.exitCode ?? -1,
        stderr: shortened(result.stderr || (result.failure ?? '')),
      }).messageRef;
    }
    await pause(next);
    run.hold.assert();
  }
}
