import type { TaskId } from '@vireo/contracts';
import { type ClaimedTask, StaleEpochError } from '@vireo/store';
import { pause } from '../pause.ts';
import { runTask } from './run-task.ts';
import { AbandonedError } from './task-hold.ts';
import { type RunDeps, TaskRun } from './task-run.ts';

export interface RunnerDeps extends RunDeps {
  worker: string;
  mostTasks: number;
}

const IDLE_MS = 2000;
const STOP_GRACE_MS = 2000;
/** After that many unexpected ends in this process, a task is ended as failed instead of tried again for ever. */
const MOST_CRASHES = 5;

/**
 * Claims tasks and runs them, many at a time: most of a task's life is waiting for a host. How many commands a host
 * gets at once is for its connection to say.
 */
export class TaskRunner {
  readonly #deps: RunnerDeps;
  readonly #runs = new Map<TaskId, TaskRun>();
  readonly #ends = new Set<Promise<void>>();
  readonly #crashes = new Map<TaskId, number>();
  #wake: () => void = () => undefined;
  #isStopping = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(deps: RunnerDeps) {
    this.#deps = deps;
  }

  get runningTasks(): number {
    return this.#runs.size;
  }

  get #busy(): number {
    return [...this.#runs.values()].filter((run) => !run.isWaiting).length;
  }

  start(): void {
    this.#loop = this.#claimLoop();
  }

  /** There may be work, or a cancel request for a task that runs here. */
  wake(taskId?: TaskId): void {
    if (taskId) void this.#runs.get(taskId)?.hold.renewNow();
    this.#wake();
  }

  /** Takes no new task, gives running ones a moment to end, and leaves the others to whoever starts next. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wake();
    await Promise.race([Promise.all(this.#ends), pause(STOP_GRACE_MS)]);
    this.abandon();
    await Promise.all(this.#ends);
    await this.#loop;
  }

  /** Drops everything at once and writes nothing more, as if the process had died. */
  abandon(): void {
    this.#isStopping = true;
    this.#wake();
    for (const run of this.#runs.values()) run.hold.abandon();
  }

  async #claimLoop(): Promise<void> {
    const { store, worker, leaseMs, log, mostTasks } = this.#deps;
    while (!this.#isStopping) {
      try {
        const woken = new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        // Listens before it looks: what is filed in between is not missed.
        const notified = store.tasks.waitForWork(IDLE_MS);
        const task = this.#busy < mostTasks ? await store.tasks.claim(worker, leaseMs) : null;
        if (task) this.#begin(task);
        else await Promise.race([woken, notified]);
      } catch (error) {
        log.error({ err: error }, 'no task could be claimed');
        await pause(1000);
      }
    }
  }

  #begin(task: ClaimedTask): void {
    const run = new TaskRun(task, this.#deps);
    this.#runs.set(task.taskId, run);
    const end = this.#runToEnd(run).finally(() => {
      this.#runs.delete(task.taskId);
      this.#ends.delete(end);
      this.#wake();
    });
    this.#ends.add(end);
  }

  async #runToEnd(run: TaskRun): Promise<void> {
    const { taskId, plan, epoch } = run.task;
    const log = this.#deps.log.child({ taskId, operation: plan.operation, epoch });
    try {
      await runTask(run);
      this.#crashes.delete(taskId);
    } catch (error) {
      if (error instanceof StaleEpochError || error instanceof AbandonedError) {
        log.warn('the task is in other hands now');
        return;
      }
      log.error({ err: error }, 'the task was dropped; it goes on when its lease has ended');
      await this.#countCrash(run);
    }
  }

  async #countCrash(run: TaskRun): Promise<void> {
    const { taskId, epoch } = run.task;
    const crashes = (this.#crashes.get(taskId) ?? 0) + 1;
    this.#crashes.set(taskId, crashes);
    if (crashes < MOST_CRASHES) return;
    this.#crashes.delete(taskId);
    const end = { state: 'stuck', error: { key: 'errors.internal', params: {} }, changes: [] } as const;
    try {
      await this.#deps.store.tasks.finish(taskId, epoch, { ...end, changes: [...end.changes] });
    } catch (error) {
      this.#deps.log.error({ err: error, taskId }, 'the task could not be ended');
    }
  }
}
