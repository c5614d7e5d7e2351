import type { CommandSpec, HostId, MessageRef, TaskState, TranscriptEntry } from '@vireo/contracts';
import type { ExecOptions, ExecResult, OpenSession, ProbeHostKey } from '@vireo/link';
import type { ClaimedTask, StepPatch, Store } from '@vireo/store';
import type { Logger } from 'pino';
import type { HostAccess } from '../hosts/host-access.ts';
import { pause } from '../pause.ts';
import type { EngineObserver } from '../types.ts';
import { TaskHold } from './task-hold.ts';
import { TaskHosts } from './task-hosts.ts';
import { TaskWrites } from './task-writes.ts';

export interface RunDeps {
  store: Pick<Store, 'tasks' | 'secrets'>;
  hosts: HostAccess;
  openSession: OpenSession;
  probeHostKey: ProbeHostKey;
  observer: EngineObserver | undefined;
  log: Logger;
  leaseMs: number;
  /** How long a task waits for a host that is away before it gives up. */
  giveUpMs: number;
  /** Pauses between the tries of an undo that failed; their number is the number of further tries. */
  undoPausesMs: readonly number[];
}

type Phase = TranscriptEntry['phase'];

/** One task in this worker's hands: its hold, its ordered writes, its hosts. */
export class TaskRun {
  readonly task: ClaimedTask;
  readonly deps: RunDeps;
  readonly hold: TaskHold;
  readonly writes = new TaskWrites();
  readonly hosts: TaskHosts;
  /** Steps as far as this worker knows them. */
  readonly stepStates: Map<string, ClaimedTask['steps'][number]['state']>;
  /** Hosts of the inventory that a command of this task may have changed. */
  readonly touched = new Set<HostId>();
  /** Waits for a host, and costs nothing meanwhile. */
  isWaiting = false;
  /** Why it is being taken back; a wait shows its own reason meanwhile. */
  #cause: MessageRef | null = null;

  constructor(task: ClaimedTask, deps: RunDeps) {
    this.task = task;
    this.deps = deps;
    this.hold = new TaskHold(deps.store.tasks, task, deps.leaseMs);
    this.stepStates = new Map(task.steps.map((step) => [step.id, step.state]));
    this.hosts = new TaskHosts(
      {
        hosts: deps.hosts,
        secrets: deps.store.secrets,
        openSession: deps.openSession,
        giveUpMs: deps.giveUpMs,
      },
      task.plan.targets,
      this.hold,
      {
        onWait: (reason) => this.#setWaiting(reason),
        onGoOn: () => {
          this.isWaiting = false;
          return this.setState(this.hosts.isUnwinding ? 'unwinding' : 'running', { error: this.#cause });
        },
      },
    );
  }

  /** Nothing was sent to a host yet. */
  get isUntouched(): boolean {
    return [...this.stepStates.values()].every((state) => state === 'pending' || state === 'skipped');
  }

  /**
   * Runs one command and puts it into the transcript. Waits for the host first, and again while it turns out that
   * the command was never sent.
   * @throws VireoError, CancelledError (see TaskHosts.session), AbandonedError
   */
  async command(
    phase: Phase,
    stepId: string | null,
    hostId: HostId,
    command: CommandSpec,
    options: ExecOptions & { onDispatched?: () => void } = {},
  ): Promise<ExecResult> {
    const { onDispatched, ...execOptions } = options;
    for (let attempt = 1; ; attempt += 1) {
      const session = await this.hosts.session(hostId);
      const running = session.exec(command, execOptions);
      onDispatched?.();
      const result = await running;
      this.hold.assert();
      this.#transcribe(phase, stepId, hostId, command, result);
      if (result.failure !== 'notSent' || attempt >= 20) return result;
      // The connection went, or the host has no channel to spare: a moment later the session is a new one.
      await pause(100 * attempt);
    }
  }

  setStep(stepId: string, patch: StepPatch, when: 'now' | 'later'): Promise<void> {
    const { taskId, epoch } = this.task;
    if (patch.state) this.stepStates.set(stepId, patch.state);
    const write = () => this.deps.store.tasks.setStep(taskId, epoch, stepId, patch);
    if (when === 'now') return this.writes.now(write);
    this.writes.later(write);
    return Promise.resolve();
  }

  setState(state: TaskState, options?: Parameters<Store['tasks']['setState']>[3]): Promise<void> {
    const { taskId, epoch } = this.task;
    return this.writes.now(() => this.deps.store.tasks.setState(taskId, epoch, state, options));
  }

  /** As `setState`, without waiting: nothing depends on it yet. */
  setStateLater(state: TaskState, options?: Parameters<Store['tasks']['setState']>[3]): void {
    const { taskId, epoch } = this.task;
    this.writes.later(() => this.deps.store.tasks.setState(taskId, epoch, state, options));
  }

  /** From here on what was done is taken back, because of `cause`. */
  beginUnwinding(cause: MessageRef): Promise<void> {
    this.#cause = cause;
    this.hosts.isUnwinding = true;
    return this.setState('unwinding', { error: cause });
  }

  /** Tells the observer, if there is one, after everything up to here is on disk. */
  async observe(stepId: string, phase: Exclude<ObserverPhase, 'sent'>): Promise<void> {
    if (!this.deps.observer?.onStep) return;
    await this.writes.flush();
    this.observeNow(stepId, phase);
    this.hold.assert();
  }

  observeNow(stepId: string, phase: ObserverPhase): void {
    const { taskId, plan } = this.task;
    this.deps.observer?.onStep?.({ taskId, operation: plan.operation, stepId, phase });
  }

  #setWaiting(reason: MessageRef): Promise<void> {
    this.isWaiting = true;
    // An unwinding task stays one while it waits: a worker that takes over must not run it forward, and needs its cause.
    if (this.hosts.isUnwinding) return this.setState('unwinding', { error: this.#cause });
    return this.setState('waiting', { error: reason });
  }

  #transcribe(
    phase: Phase,
    stepId: string | null,
    hostId: HostId,
    command: CommandSpec,
    result: ExecResult,
  ): void {
    const { taskId, epoch } = this.task;
    const { stdout, stderr, exitCode, failure } = result;
    const entry = {
      stepId,
      phase,
      hostName: this.hosts.nameOf(hostId),
      argv: [...command.argv],
      stdin: command.stdin ?? null,
      startedAt: result.startedAt.toISOString(),
      durationMs: Math.round(result.durationMs),
      exitCode,
      stdout,
      stderr,
      failure,
    };
    this.writes.later(() => this.deps.store.tasks.appendTranscript(taskId, epoch, entry));
  }
}

type ObserverPhase = Parameters<NonNullable<EngineObserver['onStep']>>[0]['phase'];
