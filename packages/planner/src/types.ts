import type {
  DatastoreRecord,
  HostId,
  HostRecord,
  ImageRecord,
  OperationInput,
  OperationName,
  Plan,
  SecretId,
  VmId,
  VmRecord,
} from '@vireo/contracts';

/**
 * A copy of the inventory, as far as an operation needs it, and the sources of choice. All that a planner may know:
 * the same context and input give the same Plan.
 */
export interface PlanningContext {
  hosts: readonly HostRecord[];
  /** Sum of what a host's VMs are configured with. */
  committed: Readonly<Record<HostId, { memoryMiB: number; vcpus: number; vmCount: number }>>;
  /** The VM that the operation is about. */
  vm: VmRecord | null;
  datastores: readonly DatastoreRecord[];
  images: readonly ImageRecord[];
  macsInUse: ReadonlySet<string>;
  /** Other VMs that use one of the VM's files (also as backing file). */
  diskUsers: readonly { vmId: VmId; vmName: string; hostId: HostId; path: string }[];
  /** The console's own SSH key, for hosts that are added with a password. */
  consoleKey: { publicKey: string; secretId: SecretId };
  /** What kind of credential the input's `secretId` is. */
  credentialKind: 'password' | 'privateKey' | null;
  /** A new random UUID each call. */
  newId(): string;
  /** `count` random bytes each call. */
  randomBytes(count: number): Uint8Array;
}

/** Computes the Plan. Pure. @throws VireoError with the numbers when the operation can't be done. */
export type Planner<Name extends OperationName> = (
  input: OperationInput<Name>,
  context: PlanningContext,
) => Plan;

/** One planner per declared operation; a missing one does not compile. */
export type Planners = { [Name in OperationName]: Planner<Name> };
