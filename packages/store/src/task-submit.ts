import { lockOf, VireoError } from '@vireo/contracts';
import { type Database, json, type Sql } from './database.ts';
import { applyInventoryChanges } from './inventory-change.ts';
import type { Store, SubmitTask } from './types.ts';

interface Holder {
  objectId: string;
  taskId: string;
  operation: string;
  name: string;
}

/** Takes all locks or none. Sorted, so that two that want the same ones never wait for each other in a circle. */
async function takeLocks(sql: Sql, taskId: string, objectIds: string[]): Promise<Holder | null> {
  const wanted = [...new Set(objectIds)].sort();
  for (let tries = 0; tries < 3; tries += 1) {
    await sql.$executeRaw`
      INSERT INTO object_lock (object_id, task_id)
      SELECT o.id, ${taskId}::uuid FROM unnest(${wanted}::text[]) AS o(id) ORDER BY o.id
      ON CONFLICT (object_id) DO NOTHING`;
    const held = await sql.$queryRaw<Holder[]>`
      SELECT l.object_id AS "objectId", t.id AS "taskId", t.operation, t.object_name AS name
      FROM object_lock l JOIN task t ON t.id = l.task_id
      WHERE l.object_id = ANY(${wanted}::text[]) AND l.task_id <> ${taskId}::uuid LIMIT 1`;
    if (held[0]) return held[0];
    const [mine] = await sql.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM object_lock WHERE task_id = ${taskId}::uuid`;
    if (mine?.count === wanted.length) return null;
    // The holder went away between the two statements: once more.
  }
  throw new VireoError('object.busy', { operation: '', name: '', taskId: '' });
}

async function insertTask(sql: Sql, { taskId, plan, input, actor, auditId }: SubmitTask): Promise<void> {
  await sql.$executeRaw`
    INSERT INTO task (id, operation, title, object_kind, object_id, object_name, plan, input, user_id, user_name, address,
      audit_id, created_at)
    VALUES (${taskId}::uuid, ${plan.operation}, ${json(plan.title)}, ${plan.object.kind}, ${plan.object.id},
      ${plan.object.name}, ${json(plan)}, ${json(input ?? {})}, ${actor.userId}::uuid, ${actor.userName}, ${actor.address},
      ${auditId}::uuid, clock_timestamp())`;
  if (plan.steps.length > 0)
    await sql.taskStep.createMany({
      data: plan.steps.map((step, position) => ({
        taskId,
        position,
        stepId: step.id,
        label: { key: step.label.key, params: { ...step.label.params } },
      })),
    });
}

/** Two hosts were seen to run one VM: nothing is done to it until one definition is gone. */
async function refuseAmbiguous(sql: Sql, vmId: string): Promise<void> {
  const rows = await sql.$queryRaw<unknown[]>`
    SELECT 1 FROM vm WHERE id = ${vmId}::uuid AND observed_also_on_reported`;
  if (rows.length > 0) throw new VireoError('vm.ambiguousUuid');
}

/** The submit transaction: locks, task, steps, `plan.onSubmit`, change rows, NOTIFY. */
export function taskSubmit(database: Database): Store['tasks']['submit'] {
  return (task) =>
    database.transact(async (sql, changes) => {
      const { taskId, plan, auditId } = task;
      await insertTask(sql, task);
      const holder = plan.locks.length > 0 ? await takeLocks(sql, taskId, plan.locks) : null;
      if (holder) {
        const isVm = holder.objectId === lockOf('vm', plan.object.id);
        const { operation, name, taskId: heldBy } = holder;
        throw new VireoError(isVm ? 'vm.busy' : 'object.busy', { operation, name, taskId: heldBy });
      }
      if (plan.object.kind === 'vm') await refuseAmbiguous(sql, plan.object.id);
      await applyInventoryChanges(sql, plan.onSubmit, { taskId, isSubmit: true, changes });
      await sql.$executeRaw`
        UPDATE audit_event SET task_id = ${taskId}::uuid, object_kind = ${plan.object.kind},
          object_id = ${plan.object.id}, object_name = ${plan.object.name}
        WHERE id = ${auditId}::uuid`;
      await sql.$executeRaw`SELECT pg_notify('task', '')::text`;
      changes.push(
        { kind: 'task', objectId: taskId, what: 'upserted' },
        { kind: 'event', objectId: auditId, what: 'upserted' },
      );
      // "Busy" shows at the object.
      if (plan.object.kind === 'vm' || plan.object.kind === 'host')
        changes.push({ kind: plan.object.kind, objectId: plan.object.id, what: 'upserted' });
    });
}
