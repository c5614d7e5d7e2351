import type { CheckResult, Precondition } from '@vireo/contracts';
import { meets } from './meets.ts';
import type { TaskRun } from './task-run.ts';

const OBSERVED_LIMIT = 500;

/**
 * Asks the hosts, all at once, whether the Plan's preconditions hold right now, and stores the answers.
 * @throws VireoError when a host can't be asked; CancelledError; AbandonedError
 */
export async function runChecks(run: TaskRun): Promise<CheckResult[]> {
  const results = await Promise.all(run.task.plan.preconditions.map((one) => runCheck(run, one)));
  const { taskId, epoch } = run.task;
  if (results.length > 0) run.writes.later(() => run.deps.store.tasks.setChecks(taskId, epoch, results));
  return results;
}

async function runCheck(run: TaskRun, precondition: Precondition): Promise<CheckResult> {
  const { id, label, severity, check, remedy } = precondition;
  let result = await run.command('check', null, check.hostId, check.command);
  // A read that got lost on the way is simply asked again; the session waits for the host.
  while (result.failure === 'connectionLost')
    result = await run.command('check', null, check.hostId, check.command);
  const said = result.stdout.trim() || result.stderr.trim() || (result.failure ?? `exit ${result.exitCode}`);
  const observed = shortened(said);
  return {
    id,
    label,
    severity,
    isOk: result.failure === null && meets(check.expect, result),
    observed,
    remedy: { key: remedy.key, params: { ...remedy.params, observed } },
  };
}

/** One line without control characters: what hosts say is not to be trusted. */
export function shortened(said: string): string {
  const line = said.replace(/\p{Cc}+/gu, ' ').trim();
  return line.length > OBSERVED_LIMIT ? `${line.slice(0, OBSERVED_LIMIT)}…` : line;
}
