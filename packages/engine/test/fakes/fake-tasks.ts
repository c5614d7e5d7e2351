import type { CheckResult, MessageRef, Plan, StepState, TaskState, TranscriptEntry } from '@vireo/contracts';
import { isOpenTask, TaskId } from '@vireo/contracts';
import { type ClaimedTask, StaleEpochError, type Store } from '@vireo/store';

export interface FakeTask {
  taskId: TaskId;
  plan: Plan;
  state: TaskState;
  epoch: number;
  isLeased: boolean;
  isCancelRequested: boolean;
  steps: { id: string; state: StepState; error: MessageRef | null }[];
  checks: CheckResult[];
  transcript: Omit<TranscriptEntry, 'sequence'>[];
  error: MessageRef | null;
  result: Record<string, unknown> | null;
  changes: Plan['onDone'];
  states: TaskState[];
}

const notUsed = () => {
  throw new Error('not used here');
};

/** The task part of a store, in memory, with fencing by epoch. */
export class FakeTasks implements Pick<Store, 'tasks'> {
  readonly rows = new Map<string, FakeTask>();
  staleWrites = 0;
  #wake: (() => void)[] = [];

  add(plan: Plan): FakeTask {
    const taskId = TaskId.parse(crypto.randomUUID());
    const row: FakeTask = {
      taskId,
      plan,
      state: 'queued',
      epoch: 0,
      isLeased: false,
      isCancelRequested: false,
      steps: plan.steps.map(({ id }) => ({ id, state: 'pending', error: null })),
      checks: [],
      transcript: [],
      error: null,
      result: null,
      changes: [],
      states: [],
    };
    this.rows.set(taskId, row);
    this.#notify();
    return row;
  }

  /** The lease of whoever holds it ends now. */
  expire(taskId: TaskId): void {
    this.#row(taskId).isLeased = false;
    this.#row(taskId).epoch += 1;
    this.#notify();
  }

  /** Another worker, which does nothing with it, holds it from now on. */
  steal(taskId: TaskId): void {
    this.#row(taskId).epoch += 1;
  }

  tasks: Store['tasks'] = {
    submit: notUsed,
    page: notUsed,
    inputOf: notUsed,
    claim: async () => {
      const row = [...this.rows.values()].find((one) => isOpenTask(one.state) && !one.isLeased);
      if (!row) return null;
      row.epoch += 1;
      row.isLeased = true;
      const { taskId, epoch, plan, state, isCancelRequested } = row;
      const steps = row.steps.map((step) => ({ id: step.id, state: step.state }));
      const claimed: ClaimedTask = {
        taskId,
        epoch,
        plan,
        state,
        isCancelRequested,
        steps,
      };
      return claimed;
    },
    renew: async (taskId, epoch) => ({ isCancelRequested: this.#fenced(taskId, epoch).isCancelRequested }),
    setState: async (taskId, epoch, state, options) => {
      const row = this.#fenced(taskId, epoch);
      row.state = state;
      row.states.push(state);
      if (options?.error !== undefined) row.error = options.error;
    },
    setStep: async (taskId, epoch, stepId, patch) => {
      const step = this.#fenced(taskId, epoch).steps.find((one) => one.id === stepId);
      if (!step) throw new Error(`no step ${stepId}`);
      if (patch.state) step.state = patch.state;
      if (patch.error !== undefined) step.error = patch.error;
    },
    setChecks: async (taskId, epoch, checks) => {
      this.#fenced(taskId, epoch).checks = checks;
    },
    setResult: async (taskId, epoch, result) => {
      this.#fenced(taskId, epoch).result = result;
    },
    appendTranscript: async (taskId, epoch, entry) => {
      this.#fenced(taskId, epoch).transcript.push(entry);
    },
    finish: async (taskId, epoch, { state, error, changes }) => {
      Object.assign(this.#fenced(taskId, epoch), { state, error, changes, isLeased: false });
    },
    requestCancel: async (taskId) => {
      this.#row(taskId).isCancelRequested = true;
    },
    // Only what a take-over asks for.
    view: async (taskId) => {
      const row = this.#row(taskId);
      const steps = row.steps.map((step) => ({
        ...step,
        label: { key: 'x', params: {} },
        progressPercent: null,
        startedAt: null,
        finishedAt: null,
        error: step.error && { key: step.error.key, params: { ...step.error.params } },
      }));
      return {
        id: taskId,
        operation: row.plan.operation,
        title: { key: 'x', params: {} },
        state: row.state,
        objectKind: 'vm',
        objectId: 'x',
        objectName: 'x',
        userName: 'test',
        createdAt: '',
        startedAt: null,
        finishedAt: null,
        progressPercent: 0,
        error: row.error && { key: row.error.key, params: { ...row.error.params } },
        canCancel: true,
        canRetry: false,
        plan: row.plan,
        steps,
        checks: row.checks,
        transcript: [],
        result: null,
      };
    },
    waitForWork: (timeoutMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#wake.push(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };

  #notify(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }

  #row(taskId: TaskId): FakeTask {
    const row = this.rows.get(taskId);
    if (!row) throw new Error('no such task');
    return row;
  }

  #fenced(taskId: TaskId, epoch: number): FakeTask {
    const row = this.#row(taskId);
    if (row.epoch === epoch && isOpenTask(row.state)) return row;
    this.staleWrites += 1;
    throw new StaleEpochError('stale');
  }
}
