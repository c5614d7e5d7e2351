import { randomUUID } from 'node:crypto';
import {
  isCancellable,
  isRetryable,
  type ObjectKind,
  OPERATIONS,
  type OperationInput,
  type OperationName,
  operationNamed,
  type Plan,
  roleHas,
  TaskId,
  VireoError,
} from '@vireo/contracts';
import type { PlanningContext } from '@vireo/planner';
import type { Store } from '@vireo/store';
import type { ConsoleKey } from '../hosts/console-key.ts';
import type { Actor, SubmitResult, Submitter } from '../types.ts';
import { loadSubject, type Subject } from './planning-context.ts';
import { refuseUnlessMayDo } from './refusal.ts';

export type PlanOperation = <Name extends OperationName>(
  operation: Name,
  input: OperationInput<Name>,
  context: PlanningContext,
) => Plan;

export interface SubmitterDeps {
  store: Store;
  plan: PlanOperation;
  consoleKey: () => Promise<ConsoleKey>;
  /** Tells the runner of this process that there is work, or a cancel to honour. */
  wake: (taskId: TaskId) => void;
}

/** The engine's entry for requests. See {@link Submitter}. */
export function createSubmitter(deps: SubmitterDeps): Submitter {
  const { store } = deps;

  async function submit<Name extends OperationName>(
    actor: Actor,
    operation: Name,
    input: OperationInput<Name>,
    options: { dryRun: boolean; auditId: string },
  ): Promise<SubmitResult> {
    const declaration = operationNamed(operation);
    const subject = await loadSubject(store, await deps.consoleKey(), declaration, input);
    const { vm, host } = subject;
    // A real submission is refused by the lock itself, in one transaction; a preview has to look.
    const busyWith = options.dryRun ? await holderOf(store, declaration.object, subject) : null;
    refuseUnlessMayDo(declaration, { role: actor.role, vm, host, busyWith });
    const plan = deps.plan(operation, input, subject.context);
    if (options.dryRun) return { kind: 'dryRun', plan };
    const taskId = TaskId.parse(randomUUID());
    const { userId, userName, address } = actor;
    await store.tasks.submit({
      taskId,
      plan,
      input,
      actor: { userId, userName, address },
      auditId: options.auditId,
    });
    deps.wake(taskId);
    return { kind: 'submitted', taskId, plan };
  }

  async function cancel(actor: Actor, taskId: TaskId): Promise<void> {
    const task = await taskFor(actor, taskId);
    if (!isCancellable(task.state)) throw new VireoError('task.notCancellable');
    await store.tasks.requestCancel(taskId);
    deps.wake(taskId);
  }

  async function retry(actor: Actor, taskId: TaskId, options: { auditId: string }): Promise<SubmitResult> {
    const task = await taskFor(actor, taskId);
    if (!isRetryable(task.state)) throw new VireoError('task.notRetryable');
    const declaration = OPERATIONS.find((o) => o.name === task.operation);
    const input = declaration?.input.safeParse(task.input);
    if (!declaration || !input?.success) throw new VireoError('task.notRetryable');
    return await submit(actor, declaration.name, input.data, { dryRun: false, auditId: options.auditId });
  }

  async function taskFor(actor: Actor, taskId: TaskId) {
    if (!roleHas(actor.role, 'task.cancel'))
      throw new VireoError('auth.forbidden', { permission: 'task.cancel' });
    const task = await store.tasks.inputOf(taskId);
    if (!task) throw new VireoError('notFound');
    return task;
  }

  return { submit, cancel, retry };
}

async function holderOf(
  store: Store,
  kind: ObjectKind,
  { vm, host }: Pick<Subject, 'vm' | 'host'>,
): Promise<string | null> {
  if (vm) return (await store.vms.view(vm.id))?.busy?.operation ?? null;
  // Creating a VM on a busy host is fine; only operations on the host itself are held up.
  return host && kind === 'host' ? ((await store.hosts.view(host.id))?.busy?.operation ?? null) : null;
}
