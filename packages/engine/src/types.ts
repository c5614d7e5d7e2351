import type { Duplex } from 'node:stream';
import type {
  OperationInput,
  OperationName,
  Plan,
  Role,
  SessionId,
  TaskId,
  UserId,
  VmId,
} from '@vireo/contracts';

/** Who asks; made by the API once rights are proved. */
export interface Actor {
  userId: UserId;
  userName: string;
  role: Role;
  /** null: the VRM itself (hosts file). */
  sessionId: SessionId | null;
  address: string;
}

export type SubmitResult = { kind: 'submitted'; taskId: TaskId; plan: Plan } | { kind: 'dryRun'; plan: Plan };

/** The engine's entry for requests. Nothing in it touches a host: it plans from the inventory and files a task. */
export interface Submitter {
  /**
   * Plans and submits in one go; `dryRun` plans only.
   * @throws VireoError for every refusal, e.g. `notFound`, `vm.busy`, `vm.stateNotAllowed`, `vm.noHostFits`.
   */
  submit<Name extends OperationName>(
    actor: Actor,
    operation: Name,
    input: OperationInput<Name>,
    options: { dryRun: boolean; auditId: string },
  ): Promise<SubmitResult>;
  cancel(actor: Actor, taskId: TaskId): Promise<void>;
  /** Plans the ended task's input anew and submits it. */
  retry(actor: Actor, taskId: TaskId, options: { auditId: string }): Promise<SubmitResult>;
}

/** Opens VM screens for the console gateway (never called from a request's procedure). */
export interface ConsoleOpener {
  /** Reads where the VM's screen is from the host itself and tunnels to it. @throws VireoError `vm.consoleUnavailable` with the reason. */
  openVnc(vmId: VmId): Promise<Duplex>;
}

/** Told at each turn of a step; tests use it to stop the process at a chosen point. */
export interface EngineObserver {
  onStep?(event: {
    taskId: TaskId;
    operation: string;
    stepId: string;
    phase: 'before' | 'sent' | 'after' | 'undoBefore' | 'undoAfter';
  }): void;
}

export interface Engine extends Submitter, ConsoleOpener {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** For /healthz. */
  health(): { hosts: number; connected: number; runningTasks: number };
}
