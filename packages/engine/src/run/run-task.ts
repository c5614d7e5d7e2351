import { type CheckResult, type HostId, type MessageRef, type PlanStep, VireoError } from '@vireo/contracts';
import type { ClaimedTask } from '@vireo/store';
import { pause } from '../pause.ts';
import { runChecks } from './run-checks.ts';
import { runStep } from './run-step.ts';
import { failed, type StepOutcome } from './step-outcome.ts';
import { CancelledError } from './task-hold.ts';
import type { TaskRun } from './task-run.ts';
import { unwind } from './unwind.ts';

/** How long the end of a task waits for the row to show it. */
const REREAD_LIMIT_MS = 3000;
const CANCELLED: MessageRef = { key: 'errors.task.cancelled', params: {} };

/**
 * The life of a task from wherever it stands: preconditions, steps in order, end; or taking back what was done.
 * @throws AbandonedError, StaleEpochError, and what the store throws: then nothing more may be done here, and whoever
 * takes over goes on.
 */
export async function runTask(run: TaskRun): Promise<void> {
  try {
    if (isUnwinding(run.task)) await takeBack(run, await storedError(run));
    else await goForward(run);
  } finally {
    run.hold.release();
    await run.hosts.close();
  }
}

/** State words say it; a worker that died between a step's failure and the task's state left the step's word only. */
function isUnwinding({ state, steps, plan }: ClaimedTask): boolean {
  const traces = ['failed', 'undoing', 'undone', 'undoFailed'];
  return (
    state === 'unwinding' || (plan.onFailure === 'unwind' && steps.some((s) => traces.includes(s.state)))
  );
}

async function storedError(run: TaskRun): Promise<MessageRef> {
  const view = await run.deps.store.tasks.view(run.task.taskId);
  const ofStep = view?.steps.find((step) => step.error !== null)?.error;
  return view?.error ?? ofStep ?? CANCELLED;
}

async function goForward(run: TaskRun): Promise<void> {
  const { task } = run;
  if (task.state !== 'running') run.setStateLater('running', { error: null });
  try {
    if (run.isUntouched) {
      if (run.hold.cancel.aborted) throw new CancelledError();
      const refused = refusalOf(task.plan.operation, await runChecks(run));
      if (refused) return await end(run, 'failed', refused);
    }
    for (const step of task.plan.steps) {
      const outcome = await advance(run, step);
      if (outcome.kind === 'failed') return await fail(run, step, outcome.error);
    }
  } catch (error) {
    if (error instanceof CancelledError) return await cancel(run);
    if (error instanceof VireoError) return await giveUp(run, error.messageRef);
    throw error;
  }
  await end(run, 'done', null);
}

function refusalOf(operation: string, checks: readonly CheckResult[]): MessageRef | null {
  const broken = checks.filter((check) => check.severity === 'must' && !check.isOk);
  const first = broken[0];
  if (!first) return null;
  const isAboutReadiness = operation === 'host.preflight' || operation === 'host.add';
  const code = isAboutReadiness ? 'host.preflightFailed' : 'plan.worldMoved';
  return new VireoError(code, { failed: broken.length, check: first.id, observed: first.observed })
    .messageRef;
}

async function advance(run: TaskRun, step: PlanStep): Promise<StepOutcome> {
  const state = run.stepStates.get(step.id) ?? 'pending';
  if (state === 'done' || state === 'skipped') return { kind: 'done' };
  // Of a plan that stops on failure; a worker died before it could say so of the task.
  if (state === 'failed') return failed(await storedError(run));
  if (run.hold.cancel.aborted) throw new CancelledError();
  const wasRunning = state === 'running';
  const [hostId] = hostsOf(step);
  // Waited for before the step counts as begun: a cancel meanwhile finds nothing to take back.
  if (hostId) await run.hosts.session(hostId);
  if (!wasRunning) await run.setStep(step.id, { state: 'running', startedAt: new Date() }, 'now');
  if (hostId && !run.hosts.isTarget(hostId)) {
    run.touched.add(hostId);
    run.deps.hosts.announceReread(hostId);
  }
  await run.observe(step.id, 'before');
  const outcome = await runStep(run, step, wasRunning);
  if (outcome.kind === 'done') {
    const patch = { state: 'done', progressPercent: 100, finishedAt: new Date() } as const;
    await run.setStep(step.id, patch, 'later');
    await run.observe(step.id, 'after');
  }
  return outcome;
}

function hostsOf({ action }: PlanStep): HostId[] {
  return action.kind === 'command' ? [action.hostId] : [];
}

async function fail(run: TaskRun, step: PlanStep, error: MessageRef): Promise<void> {
  await run.setStep(step.id, { state: 'failed', finishedAt: new Date(), error }, 'now');
  await giveUp(run, error);
}

async function giveUp(run: TaskRun, error: MessageRef): Promise<void> {
  if (run.isUntouched || run.task.plan.onFailure === 'stop') await end(run, 'failed', error);
  else await takeBack(run, error);
}

async function cancel(run: TaskRun): Promise<void> {
  const current = run.task.plan.steps.find((step) => run.stepStates.get(step.id) === 'running');
  if (current)
    await run.setStep(current.id, { state: 'failed', finishedAt: new Date(), error: CANCELLED }, 'later');
  if (run.isUntouched || run.task.plan.onFailure === 'stop') await end(run, 'cancelled', CANCELLED);
  else await takeBack(run, CANCELLED);
}

async function takeBack(run: TaskRun, error: MessageRef): Promise<void> {
  await run.beginUnwinding(error);
  const problem = await unwind(run);
  if (problem) await end(run, 'stuck', problem);
  else await end(run, error.key === CANCELLED.key ? 'cancelled' : 'failed', error);
}

async function end(
  run: TaskRun,
  state: 'done' | 'failed' | 'stuck' | 'cancelled',
  error: MessageRef | null,
): Promise<void> {
  const { plan, taskId, epoch } = run.task;
  // The row is to agree with the task's end, and no reading from before the last step may be stored after it.
  await Promise.race([
    Promise.all([...run.touched].map((hostId) => rereadAfter(run, hostId))),
    pause(REREAD_LIMIT_MS),
  ]);
  run.hold.assert();
  const changes = state === 'done' ? plan.onDone : isTakenBack(run, state) ? plan.onUndone : [];
  await run.writes.now(() => run.deps.store.tasks.finish(taskId, epoch, { state, error, changes }));
}

function isTakenBack(run: TaskRun, state: 'failed' | 'stuck' | 'cancelled'): boolean {
  return run.isUntouched || (state !== 'stuck' && run.task.plan.onFailure === 'unwind');
}

function rereadAfter(run: TaskRun, hostId: HostId): Promise<void> {
  const { plan } = run.task;
  return run.deps.hosts.reread(hostId, {
    definitions: plan.xml.map((change) => change.vmId),
    storage: plan.expected.files.length > 0,
  });
}
