import { z } from 'zod';
import { TaskId } from './ids.ts';
import { MessageRef } from './message.ts';
import { Plan } from './plan.ts';
import { StepState, TaskState } from './states.ts';
import { IsoTime } from './time.ts';

export const CheckResult = z.object({
  id: z.string(),
  label: MessageRef,
  severity: z.enum(['must', 'should']),
  isOk: z.boolean(),
  /** What the host said, shortened. */
  observed: z.string(),
  remedy: MessageRef,
});
export type CheckResult = z.infer<typeof CheckResult>;

/** One command that was run for a task, in order. */
export const TranscriptEntry = z.object({
  sequence: z.number().int(),
  stepId: z.string().nullable(),
  phase: z.enum(['check', 'step', 'undo', 'doneCheck']),
  hostName: z.string(),
  argv: z.array(z.string()),
  stdin: z.string().nullable(),
  startedAt: IsoTime,
  durationMs: z.number().nullable(),
  exitCode: z.number().int().nullable(),
  stdout: z.string(),
  stderr: z.string(),
  /** Which way it failed, if not by its exit code. */
  failure: z.enum(['timedOut', 'connectionLost', 'notSent', 'cancelled']).nullable(),
});
export type TranscriptEntry = z.infer<typeof TranscriptEntry>;

export const TaskStepView = z.object({
  id: z.string(),
  label: MessageRef,
  state: StepState,
  progressPercent: z.number().nullable(),
  startedAt: IsoTime.nullable(),
  finishedAt: IsoTime.nullable(),
  error: MessageRef.nullable(),
});
export type TaskStepView = z.infer<typeof TaskStepView>;

export const TaskRow = z.object({
  id: TaskId,
  operation: z.string(),
  title: MessageRef,
  state: TaskState,
  objectKind: z.string(),
  objectId: z.string(),
  objectName: z.string(),
  userName: z.string(),
  createdAt: IsoTime,
  startedAt: IsoTime.nullable(),
  finishedAt: IsoTime.nullable(),
  progressPercent: z.number(),
  error: MessageRef.nullable(),
  canCancel: z.boolean(),
  canRetry: z.boolean(),
});
export type TaskRow = z.infer<typeof TaskRow>;

export const TaskView = TaskRow.extend({
  plan: Plan,
  steps: z.array(TaskStepView),
  checks: z.array(CheckResult),
  transcript: z.array(TranscriptEntry),
  /** What the task found out, e.g. the host key of `host.probe`. */
  result: z.record(z.string(), z.unknown()).nullable(),
});
export type TaskView = z.infer<typeof TaskView>;
