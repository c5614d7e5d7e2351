import { OPEN_TASK_STATES, Plan, StepState, TaskId, TaskState } from '@vireo/contracts';
import { type Database, first, json, Prisma, type Sql } from './database.ts';
import { applyInventoryChanges } from './inventory-change.ts';
import type { Listener } from './listener.ts';
import { StaleEpochError, type Store } from './types.ts';

type TaskRun = Pick<
  Store['tasks'],
  | 'claim'
  | 'renew'
  | 'setState'
  | 'setStep'
  | 'setChecks'
  | 'setResult'
  | 'appendTranscript'
  | 'finish'
  | 'requestCancel'
  | 'waitForWork'
>;

const OPEN = Prisma.sql`state IN (${Prisma.join([...OPEN_TASK_STATES])})`;
const MAX_OUTPUT = 64 * 1024;

/** Shortens to 64 KiB of UTF-8 and drops what Postgres can't keep in text. */
function outputOf(text: string): string {
  const clean = text.replaceAll('\0', '\ufffd');
  const bytes = Buffer.from(clean);
  if (bytes.length <= MAX_OUTPUT) return clean;
  return `${bytes.subarray(0, MAX_OUTPUT - 64).toString('utf8')}\n[cut, ${bytes.length} bytes in all]`;
}

/** Holds the task's row for the rest of the transaction, if it is still this worker's. */
async function fence(sql: Sql, taskId: string, epoch: number): Promise<void> {
  const rows = await sql.$queryRaw<unknown[]>`
    SELECT 1 FROM task WHERE id = ${taskId}::uuid AND epoch = ${epoch} AND ${OPEN} FOR UPDATE`;
  if (rows.length === 0) throw new StaleEpochError(`task ${taskId} is no longer held at epoch ${epoch}`);
}

/** Claiming, fenced writes and the end of tasks. A write under an old epoch throws StaleEpochError and changes nothing. */
export function taskRun(database: Database, listener: Listener): TaskRun {
  const { client } = database;
  const fenced = (taskId: string, epoch: number, work: (sql: Sql) => Promise<unknown>) =>
    database.transact(async (sql, changes) => {
      await fence(sql, taskId, epoch);
      await work(sql);
      changes.push({ kind: 'task', objectId: taskId, what: 'upserted' });
    });

  return {
    claim: (worker, leaseMs) =>
      database.transact(async (sql, changes) => {
        const claimed = first(
          await sql.$queryRaw<
            {
              id: string;
              epoch: number;
              plan: unknown;
              state: string;
              cancel: boolean;
            }[]
          >`
            UPDATE task SET epoch = epoch + 1, lease_owner = ${worker}, started_at = coalesce(started_at, clock_timestamp()),
              lease_until = clock_timestamp() + ${leaseMs}::float8 * interval '1 millisecond', not_before = NULL
            WHERE id = (
              SELECT id FROM task
              WHERE ${OPEN} AND (lease_until IS NULL OR lease_until < clock_timestamp())
                AND (not_before IS NULL OR not_before <= clock_timestamp() OR is_cancel_requested)
              ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, epoch, plan, state, is_cancel_requested AS cancel`,
        );
        if (!claimed) return null;
        const steps = await sql.$queryRaw<{ id: string; state: string }[]>`
          SELECT step_id AS id, state FROM task_step WHERE task_id = ${claimed.id}::uuid ORDER BY position`;
        changes.push({ kind: 'task', objectId: claimed.id, what: 'upserted' });
        return {
          taskId: TaskId.parse(claimed.id),
          epoch: claimed.epoch,
          plan: Plan.parse(claimed.plan),
          state: TaskState.parse(claimed.state),
          isCancelRequested: claimed.cancel,
          steps: steps.map((step) => ({ id: step.id, state: StepState.parse(step.state) })),
        };
      }),

    async renew(taskId, epoch, leaseMs) {
      const renewed = first(
        await client.$queryRaw<{ cancel: boolean }[]>`
          UPDATE task SET lease_until = clock_timestamp() + ${leaseMs}::float8 * interval '1 millisecond'
          WHERE id = ${taskId}::uuid AND epoch = ${epoch} AND ${OPEN} RETURNING is_cancel_requested AS cancel`,
      );
      if (!renewed) throw new StaleEpochError(`task ${taskId} is no longer held at epoch ${epoch}`);
      return { isCancelRequested: renewed.cancel };
    },

    setState: (taskId, epoch, state, options = {}) =>
      fenced(taskId, epoch, async (sql) => {
        const error = options.error === undefined ? Prisma.sql`error` : json(options.error);
        const lease = options.releaseLease ? Prisma.sql`NULL` : Prisma.sql`lease_until`;
        await sql.$executeRaw`
          UPDATE task SET state = ${state}, error = ${error}, lease_until = ${lease},
            not_before = ${options.notBefore ?? null}::timestamptz
          WHERE id = ${taskId}::uuid`;
        if (options.releaseLease) await sql.$executeRaw`SELECT pg_notify('task', '')::text`;
      }),

    setStep: (taskId, epoch, stepId, patch) =>
      fenced(taskId, epoch, async (sql) => {
        const set = [
          ...(patch.state === undefined ? [] : [Prisma.sql`state = ${patch.state}`]),
          ...(patch.progressPercent === undefined
            ? []
            : [Prisma.sql`progress_percent = ${patch.progressPercent}::float8`]),
          ...(patch.startedAt === undefined
            ? []
            : [Prisma.sql`started_at = ${patch.startedAt}::timestamptz`]),
          ...(patch.finishedAt === undefined
            ? []
            : [Prisma.sql`finished_at = ${patch.finishedAt}::timestamptz`]),
          ...(patch.error === undefined ? [] : [Prisma.sql`error = ${json(patch.error)}`]),
        ];
        if (set.length === 0) return;
        const count = await sql.$executeRaw`
          UPDATE task_step SET ${Prisma.join(set)} WHERE task_id = ${taskId}::uuid AND step_id = ${stepId}`;
        if (count === 0) throw new Error(`task ${taskId} has no step ${stepId}`);
      }),

    setChecks: (taskId, epoch, checks) =>
      fenced(
        taskId,
        epoch,
        (sql) => sql.$executeRaw`UPDATE task SET checks = ${json(checks)} WHERE id = ${taskId}::uuid`,
      ),

    setResult: (taskId, epoch, result) =>
      fenced(
        taskId,
        epoch,
        (sql) => sql.$executeRaw`UPDATE task SET result = ${json(result)} WHERE id = ${taskId}::uuid`,
      ),

    appendTranscript: (taskId, epoch, entry) =>
      database.transact(async (sql) => {
        await fence(sql, taskId, epoch);
        await sql.$executeRaw`
          INSERT INTO transcript_entry (task_id, sequence, step_id, phase, host_name, argv, stdin, started_at, duration_ms,
            exit_code, stdout, stderr, failure)
          SELECT ${taskId}::uuid, coalesce(max(sequence), 0) + 1, ${entry.stepId}, ${entry.phase}, ${entry.hostName},
            ${entry.argv}::text[], ${entry.stdin}, ${entry.startedAt}::timestamptz, ${entry.durationMs}::float8,
            ${entry.exitCode}::int, ${outputOf(entry.stdout)}, ${outputOf(entry.stderr)}, ${entry.failure}
          FROM transcript_entry WHERE task_id = ${taskId}::uuid`;
      }),

    finish: (taskId, epoch, end) =>
      database.transact(async (sql, changes) => {
        await fence(sql, taskId, epoch);
        await applyInventoryChanges(sql, end.changes, { taskId, isSubmit: false, changes });
        const held = await sql.$queryRaw<{ id: string }[]>`
          DELETE FROM object_lock WHERE task_id = ${taskId}::uuid RETURNING object_id AS id`;
        const vmIds = held.flatMap((lock) => (lock.id.startsWith('vm:') ? [lock.id.slice(3)] : []));
        // Readings of the host that began before now don't count any more.
        await sql.$executeRaw`
          UPDATE vm SET intended_at = clock_timestamp() WHERE id = ANY(${vmIds}::uuid[])`;
        const ended = first(
          await sql.$queryRaw<{ kind: string; objectId: string; auditId: string }[]>`
            UPDATE task SET state = ${end.state}, error = ${json(end.error)}, finished_at = clock_timestamp(),
              lease_until = NULL, lease_owner = NULL
            WHERE id = ${taskId}::uuid RETURNING object_kind AS kind, object_id AS "objectId", audit_id AS "auditId"`,
        );
        if (!ended) return;
        await sql.$executeRaw`
          UPDATE audit_event SET outcome = ${end.state === 'done' ? 'succeeded' : 'failed'}, closed_at = clock_timestamp(),
            detail = ${json(end.error)}, severity = ${end.state === 'done' ? 'info' : 'error'}
          WHERE id = ${ended.auditId}::uuid`;
        changes.push(
          { kind: 'task', objectId: taskId, what: 'upserted' },
          { kind: 'event', objectId: ended.auditId, what: 'upserted' },
        );
        const isRemoved = changes.some((c) => c.what === 'removed' && c.objectId === ended.objectId);
        if (!isRemoved && (ended.kind === 'vm' || ended.kind === 'host'))
          changes.push({ kind: ended.kind, objectId: ended.objectId, what: 'upserted' });
      }),

    requestCancel: (taskId) =>
      database.transact(async (sql, changes) => {
        const count = await sql.$executeRaw`
          UPDATE task SET is_cancel_requested = true WHERE id = ${taskId}::uuid AND ${OPEN}`;
        if (count === 0) return;
        await sql.$executeRaw`SELECT pg_notify('task', '')::text`;
        changes.push({ kind: 'task', objectId: taskId, what: 'upserted' });
      }),

    waitForWork: (timeoutMs) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          off();
          resolve();
        };
        const off = listener.on('task', done);
        const timer = setTimeout(done, timeoutMs);
      }),
  };
}
