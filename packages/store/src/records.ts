import type {
  Locale,
  MessageRef,
  Plan,
  SessionId,
  StepState,
  TaskId,
  TaskState,
  Theme,
  UserId,
  UserView,
  VmHardware,
  VmId,
  VmState,
  VmUsage,
} from '@vireo/contracts';

/** One VM as a watcher read it from its host. `hardware` and `definitionXml` absent: not re-read this time, keep what is known. */
export interface ObservedVm {
  id: VmId;
  name: string;
  state: VmState;
  stateReason: string | null;
  isPersistent: boolean;
  usage: VmUsage | null;
  hardware?: VmHardware;
  description?: string;
  definitionXml?: string | null;
  addresses?: string[];
}

export interface SubmitTask {
  taskId: TaskId;
  plan: Plan;
  /** Parsed input, without secrets, for the record and for retry. */
  input: unknown;
  actor: { userId: UserId; userName: string; address: string };
  /** The audit entry that the API opened before the act; closed when the task ends. */
  auditId: string;
}

/** A task that this worker holds until its lease ends. Every write names the epoch; a stale one is refused. */
export interface ClaimedTask {
  taskId: TaskId;
  epoch: number;
  plan: Plan;
  state: TaskState;
  isCancelRequested: boolean;
  steps: { id: string; state: StepState }[];
}

/** Thrown by fenced writes when another worker took over (lease ended). The holder must stop at once. */
export class StaleEpochError extends Error {
  override name = 'StaleEpochError';
}

export interface StepPatch {
  state?: StepState;
  progressPercent?: number | null;
  startedAt?: Date;
  finishedAt?: Date;
  error?: MessageRef | null;
}

export interface SessionRecord {
  id: SessionId;
  user: UserView;
  kind: 'browser' | 'api';
  locale: Locale;
  theme: Theme;
  expiresAt: Date;
}

/** `consoleKey` is the console's own SSH key pair (private part), installed on hosts that were added with a password. */
export type SecretPurpose = 'hostPassword' | 'hostPrivateKey' | 'consoleKey';
