import type {
  Change,
  CheckResult,
  DatastoreRecord,
  DatastoreView,
  EventView,
  HostConnection,
  HostFacts,
  HostId,
  HostRecord,
  HostUsage,
  HostView,
  ImageRecord,
  ImageView,
  InventoryChange,
  ListInput,
  Locale,
  MessageRef,
  OverviewView,
  Page,
  Role,
  SearchHit,
  SecretId,
  SessionId,
  TaskId,
  TaskRow,
  TaskState,
  TaskView,
  Theme,
  TranscriptEntry,
  TreeView,
  UserId,
  UserView,
  VmId,
  VmRecord,
  VmRow,
  VmView,
} from '@vireo/contracts';
import type {
  ClaimedTask,
  ObservedVm,
  SecretPurpose,
  SessionRecord,
  StepPatch,
  SubmitTask,
} from './records.ts';

export * from './records.ts';

/** Everything that the rooms above ask of the memory. Made by `openStore`. Times are Date; JSON columns are parsed with contracts' schemas. */
export interface Store {
  hosts: {
    all(): Promise<HostRecord[]>;
    byId(id: HostId): Promise<HostRecord | null>;
    view(id: HostId): Promise<HostView | null>;
    page(input: ListInput): Promise<Page<HostView>>;
  };
  vms: {
    byId(id: VmId): Promise<VmRecord | null>;
    /** All MACs that any VM of the inventory has: a new one must differ. */
    macs(): Promise<string[]>;
    /** VMs that use one of these files, as a disk or as a backing file: such a file is not deleted with another VM. */
    diskUsers(paths: string[]): Promise<{ vmId: VmId; vmName: string; hostId: HostId; path: string }[]>;
    view(id: VmId): Promise<VmView | null>;
    page(input: ListInput): Promise<Page<VmRow>>;
    countsByState(input: { filter: string }): Promise<Record<string, number>>;
  };
  storage: {
    datastores(): Promise<DatastoreRecord[]>;
    images(): Promise<ImageRecord[]>;
    datastoreViews(): Promise<DatastoreView[]>;
    imageViews(): Promise<ImageView[]>;
  };
  /** Written by watchers only; tasks never write these columns. Each writes its change rows in the same transaction. */
  observe: {
    connection(hostId: HostId, connection: HostConnection, detail: MessageRef | null): Promise<void>;
    contact(hostId: HostId, at: Date): Promise<void>;
    facts(hostId: HostId, facts: HostFacts): Promise<void>;
    usage(hostId: HostId, usage: HostUsage): Promise<void>;
    /**
     * What the host runs. `isComplete`: VMs of this host that are not listed are gone from it (unless an open task holds them).
     * Adopts unknown VMs. Writes rows and change rows only for what differs (usage alone makes no change row).
     * `readAt`: when the reading began. One that began before the last task on a VM ended, or before a newer reading
     * of it, doesn't count for that VM. Absent: now.
     */
    vms(
      hostId: HostId,
      vms: ObservedVm[],
      options: { isComplete: boolean; readAt?: Date },
    ): Promise<{ changed: VmId[]; adopted: VmId[]; removed: VmId[] }>;
    storage(
      hostId: HostId,
      datastores: Omit<DatastoreRecord, 'id' | 'hostId'>[],
      images: (Omit<ImageRecord, 'id' | 'hostId' | 'datastoreId'> & {
        datastoreName: string;
        allocatedBytes: number;
      })[],
    ): Promise<void>;
  };
  tasks: {
    /**
     * One transaction: locks, task, steps, `plan.onSubmit`, change row, NOTIFY.
     * @throws VireoError `vm.busy`/`object.busy` naming the holder; `vm.nameTaken`, `host.nameTaken`, `host.addressTaken`.
     */
    submit(task: SubmitTask): Promise<void>;
    /** Takes one queued, waiting-and-due or lease-expired task (FOR UPDATE SKIP LOCKED). null: none. */
    claim(worker: string, leaseMs: number): Promise<ClaimedTask | null>;
    renew(taskId: TaskId, epoch: number, leaseMs: number): Promise<{ isCancelRequested: boolean }>;
    setState(
      taskId: TaskId,
      epoch: number,
      state: TaskState,
      options?: { error?: MessageRef | null; notBefore?: Date; releaseLease?: boolean },
    ): Promise<void>;
    setStep(taskId: TaskId, epoch: number, stepId: string, patch: StepPatch): Promise<void>;
    setChecks(taskId: TaskId, epoch: number, checks: CheckResult[]): Promise<void>;
    setResult(taskId: TaskId, epoch: number, result: Record<string, unknown>): Promise<void>;
    /** stdout/stderr are cut to 64 KiB each. */
    appendTranscript(taskId: TaskId, epoch: number, entry: Omit<TranscriptEntry, 'sequence'>): Promise<void>;
    /** Ends a task: state, error, `changes`, locks released, audit entry closed, change rows: one transaction. */
    finish(
      taskId: TaskId,
      epoch: number,
      end: {
        state: 'done' | 'failed' | 'stuck' | 'cancelled';
        error: MessageRef | null;
        changes: InventoryChange[];
      },
    ): Promise<void>;
    requestCancel(taskId: TaskId): Promise<void>;
    /** Plan and input of an ended task, to plan it anew. */
    inputOf(taskId: TaskId): Promise<{ operation: string; input: unknown; state: TaskState } | null>;
    view(taskId: TaskId): Promise<TaskView | null>;
    page(input: ListInput): Promise<Page<TaskRow>>;
    /** Resolves at the next NOTIFY that a task may be waiting, or after `timeoutMs`. */
    waitForWork(timeoutMs: number): Promise<void>;
  };
  changes: {
    latestId(): Promise<string>;
    /**
     * Replays what came after `lastId`, then goes on live until the signal; never misses one. Yields batches.
     * What is older than a day is pruned: a `lastId` that is not known any more yields `{kind: 'tree', objectId: '*'}`,
     * which means "re-read everything", and goes on from now.
     */
    follow(lastId: string, signal: AbortSignal): AsyncIterable<Change[]>;
  };
  secrets: {
    /**
     * Seals with the key outside the database (AES-256-GCM; id, purpose and `boundTo` go in as AAD).
     * `boundTo` is `<address>:<port>` for a host's credential, `console` for the console's own key.
     */
    seal(purpose: SecretPurpose, boundTo: string, plaintext: string): Promise<SecretId>;
    /** @throws Error when the secret is unknown, was tampered with or is bound to something else. */
    open(id: SecretId, boundTo: string): Promise<{ purpose: SecretPurpose; plaintext: string }>;
    purposeOf(id: SecretId): Promise<SecretPurpose | null>;
    /**
     * What a secret is that a person just sealed for exactly this place, to be used for the first time. null: it is unknown,
     * sealed for another place, older than an hour, in use by a host of the inventory, or the console's own key.
     */
    purposeOfOffered(id: SecretId, boundTo: string): Promise<SecretPurpose | null>;
    remove(id: SecretId): Promise<void>;
  };
  settings: {
    get(key: string): Promise<unknown>;
    set(key: string, value: unknown): Promise<void>;
  };
  users: {
    byName(name: string): Promise<(UserView & { passwordHash: string }) | null>;
    byId(id: UserId): Promise<(UserView & { passwordHash: string }) | null>;
    list(): Promise<UserView[]>;
    create(input: {
      name: string;
      passwordHash: string;
      role: Role;
      mustChangePassword: boolean;
    }): Promise<UserView>;
    /** Setting `isDisabled`, `role` or `passwordHash` ends the user's sessions (except `keepSession`). */
    update(
      id: UserId,
      patch: {
        passwordHash?: string;
        role?: Role;
        isDisabled?: boolean;
        mustChangePassword?: boolean;
        lastSignInAt?: Date;
      },
      options?: { keepSession?: SessionId },
    ): Promise<UserView>;
    count(): Promise<number>;
  };
  sessions: {
    /** Only the SHA-256 of the token is kept. */
    create(input: {
      userId: UserId;
      tokenHash: string;
      kind: 'browser' | 'api';
      address: string;
      userAgent: string;
      expiresAt: Date;
    }): Promise<SessionId>;
    /** null: unknown, expired, revoked, or the user is disabled. Touches `lastSeenAt` at most once a minute. */
    byTokenHash(tokenHash: string): Promise<SessionRecord | null>;
    isAlive(id: SessionId): Promise<boolean>;
    setPreferences(id: SessionId, preferences: { locale?: Locale; theme?: Theme }): Promise<void>;
    revoke(id: SessionId): Promise<void>;
  };
  /** Failed sign-ins per account and per address, for the lock-out. */
  signInAttempts: {
    recordFailure(key: string, windowMs: number): Promise<{ failures: number }>;
    failures(key: string, windowMs: number): Promise<number>;
    clear(key: string): Promise<void>;
  };
  consoleTickets: {
    create(input: {
      ticketHash: string;
      userId: UserId;
      sessionId: SessionId;
      vmId: VmId;
      hostId: HostId;
      expiresAt: Date;
    }): Promise<void>;
    /** Deletes and returns it in one statement: a second try gets null. Expired: null. */
    consume(
      ticketHash: string,
    ): Promise<{ userId: UserId; sessionId: SessionId; vmId: VmId; hostId: HostId } | null>;
  };
  events: {
    /** Opens an audit entry before the act. */
    openAudit(input: {
      operation: string;
      actor: { userId: UserId | null; userName: string; address: string };
      object: { kind: string; id: string; name: string } | null;
      message: MessageRef;
    }): Promise<string>;
    closeAudit(id: string, outcome: 'succeeded' | 'refused' | 'failed', detail?: MessageRef): Promise<void>;
    record(event: {
      severity: 'info' | 'warning' | 'error';
      message: MessageRef;
      object?: { kind: string; id: string; name: string };
    }): Promise<void>;
    page(input: ListInput): Promise<Page<EventView>>;
  };
  tree(): Promise<TreeView>;
  overview(): Promise<OverviewView>;
  search(text: string, limit: number): Promise<SearchHit[]>;
  /** Drops old change rows (a day, 100,000 rows). Called by the store itself each 10 minutes. */
  prune(): Promise<void>;
  /** For /healthz: one trivial query. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
