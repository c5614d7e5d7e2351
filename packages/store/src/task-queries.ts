import {
  CheckResult,
  isCancellable,
  isRetryable,
  MessageRef,
  OPEN_TASK_STATES,
  Plan,
  TASK_STATES,
  TaskId,
  type TaskRow,
  TaskState,
  TaskStepView,
  TranscriptEntry,
} from '@vireo/contracts';
import { z } from 'zod';
import { type Database, first, iso, isoOrNull, Prisma, type Sql } from './database.ts';
import { contains, type ListSpec, newestFirst, oneOf, readPage } from './list-query.ts';
import type { Store } from './types.ts';

interface RawTask {
  id: string;
  operation: string;
  title: unknown;
  state: string;
  objectKind: string;
  objectId: string;
  objectName: string;
  userName: string;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  progress: number | null;
  error: unknown;
  cancel: boolean;
}

const COLUMNS = Prisma.sql`t.id, t.operation, t.title, t.state, t.object_kind AS "objectKind", t.object_id AS "objectId",
  t.object_name AS "objectName", t.user_name AS "userName", t.created_at AS "createdAt", t.started_at AS "startedAt",
  t.finished_at AS "finishedAt", t.error, t.is_cancel_requested AS cancel,
  (SELECT avg(CASE WHEN s.state IN ('done', 'skipped') THEN 100 WHEN s.state = 'running' THEN coalesce(s.progress_percent, 0) ELSE 0 END)::float8
    FROM task_step s WHERE s.task_id = t.id) AS progress`;

function rowOf({ progress, cancel, ...raw }: RawTask): TaskRow {
  const state = TaskState.parse(raw.state);
  return {
    ...raw,
    id: TaskId.parse(raw.id),
    state,
    title: MessageRef.parse(raw.title),
    error: MessageRef.nullable().parse(raw.error),
    createdAt: iso(raw.createdAt),
    startedAt: isoOrNull(raw.startedAt),
    finishedAt: isoOrNull(raw.finishedAt),
    progressPercent: state === 'done' ? 100 : Math.round(progress ?? 0),
    canCancel: isCancellable(state) && !cancel,
    canRetry: isRetryable(state),
  };
}

async function loadRows(sql: Sql, ids: string[]): Promise<TaskRow[]> {
  const rows = await sql.$queryRaw<RawTask[]>`SELECT ${COLUMNS} FROM task t WHERE t.id = ANY(${ids}::uuid[])`;
  return rows.map(rowOf);
}

const newest = { sql: Prisma.sql`t.created_at`, type: 'timestamptz' } as const;
const list: ListSpec<TaskRow> = {
  id: Prisma.sql`t.id`,
  from: Prisma.sql`task t`,
  load: loadRows,
  word: (value) => contains(Prisma.sql`lower(t.object_name)`, value),
  sorts: {
    createdAt: newest,
    state: { sql: Prisma.sql`t.state`, type: 'text' },
    operation: { sql: Prisma.sql`t.operation`, type: 'text' },
    objectName: { sql: Prisma.sql`lower(t.object_name)`, type: 'text' },
    user: { sql: Prisma.sql`lower(t.user_name)`, type: 'text' },
    userName: { sql: Prisma.sql`lower(t.user_name)`, type: 'text' },
    startedAt: { sql: Prisma.sql`coalesce(t.started_at, 'infinity')`, type: 'timestamptz' },
    finishedAt: { sql: Prisma.sql`coalesce(t.finished_at, 'infinity')`, type: 'timestamptz' },
  },
  fields: {
    /** `open` stands for all states of a task that has not ended. */
    state: oneOf('state', ['open', ...TASK_STATES], (states) => {
      const all = states.flatMap((state) => (state === 'open' ? [...OPEN_TASK_STATES] : [state]));
      return Prisma.sql`t.state = ANY(${all}::text[])`;
    }),
    operation: (value) => Prisma.sql`t.operation = ${value}`,
    object: (value) => contains(Prisma.sql`lower(t.object_name)`, value),
    objectId: (value) => Prisma.sql`t.object_id = ${value}`,
    objectKind: (value) => Prisma.sql`t.object_kind = ${value}`,
    user: (value) => Prisma.sql`lower(t.user_name) = ${value.toLowerCase()}`,
  },
};

async function stepsOf(sql: Sql, taskId: string): Promise<TaskStepView[]> {
  const rows = await sql.taskStep.findMany({ where: { taskId }, orderBy: { position: 'asc' } });
  return rows.map((step) =>
    TaskStepView.parse({
      id: step.stepId,
      label: step.label,
      state: step.state,
      progressPercent: step.progressPercent,
      startedAt: isoOrNull(step.startedAt),
      finishedAt: isoOrNull(step.finishedAt),
      error: step.error,
    }),
  );
}

async function transcriptOf(sql: Sql, taskId: string): Promise<TranscriptEntry[]> {
  const rows = await sql.transcriptEntry.findMany({ where: { taskId }, orderBy: { sequence: 'asc' } });
  return rows.map(({ taskId: _, startedAt, ...entry }) =>
    TranscriptEntry.parse({ ...entry, startedAt: iso(startedAt) }),
  );
}

/** Tasks as lists and the task drawer read them. */
export function taskQueries({ client }: Database): Pick<Store['tasks'], 'inputOf' | 'view' | 'page'> {
  return {
    async inputOf(taskId) {
      const task = await client.task.findUnique({
        where: { id: taskId },
        select: { operation: true, input: true, state: true },
      });
      return task && { ...task, state: TaskState.parse(task.state) };
    },
    async view(taskId) {
      const raw = first(
        await client.$queryRaw<(RawTask & { plan: unknown; checks: unknown; result: unknown })[]>`
          SELECT ${COLUMNS}, t.plan, t.checks, t.result FROM task t WHERE t.id = ${taskId}::uuid`,
      );
      if (!raw) return null;
      const { plan, checks, result, ...row } = raw;
      return {
        ...rowOf(row),
        plan: Plan.parse(plan),
        checks: z.array(CheckResult).parse(checks),
        result: z.record(z.string(), z.unknown()).nullable().parse(result),
        steps: await stepsOf(client, taskId),
        transcript: await transcriptOf(client, taskId),
      };
    },
    page: (input) => readPage(client, list, newestFirst(input, 'createdAt')),
  };
}
