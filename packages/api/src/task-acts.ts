import { OPERATIONS, roleHas, type TaskId, VireoError } from '@vireo/contracts';
import type { Actor } from '@vireo/engine';
import { audited, closeAuditOf, openAudit } from './audited.ts';
import type { ApiServices } from './context.ts';

/** A task is cancelled and retried by who may run its operation. @throws VireoError `notFound`, `auth.forbidden`. */
async function operationOfTask(services: ApiServices, actor: Actor, taskId: TaskId): Promise<string> {
  const task = await services.store.tasks.inputOf(taskId);
  if (!task) throw new VireoError('notFound');
  const permission = OPERATIONS.find((o) => o.name === task.operation)?.permission;
  if (!permission) throw new VireoError('task.notRetryable');
  if (!roleHas(actor.role, permission)) throw new VireoError('auth.forbidden', { permission });
  return task.operation;
}

/** Asks a task to stop and take back what it did. The task ends later, by itself. */
export async function cancelTask(services: ApiServices, actor: Actor, taskId: TaskId): Promise<void> {
  const name = await operationOfTask(services, actor, taskId);
  const object = { kind: 'task', id: taskId, name };
  await audited(services, { operation: 'task.cancel', actor, object }, () =>
    services.submitter.cancel(actor, taskId),
  );
}

/** Plans an ended task's input anew and submits it. The audit entry is closed when the new task ends. */
export async function retryTask(
  services: ApiServices,
  actor: Actor,
  taskId: TaskId,
): Promise<{ taskId: TaskId }> {
  const name = await operationOfTask(services, actor, taskId);
  const auditId = await openAudit(services, {
    operation: 'task.retry',
    actor,
    object: { kind: 'task', id: taskId, name },
  });
  try {
    const result = await services.submitter.retry(actor, taskId, { auditId });
    if (result.kind !== 'submitted') throw new Error('the engine planned instead of submitting');
    return { taskId: result.taskId };
  } catch (thrown) {
    await closeAuditOf(services, auditId, thrown);
    throw thrown;
  }
}
