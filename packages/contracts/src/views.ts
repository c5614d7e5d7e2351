import { z } from 'zod';
import { VmHardware } from './hardware.ts';
import { ClusterId, DatastoreId, HostId, ImageId, SiteId, TaskId, UserId, VmId } from './ids.ts';
import { MessageRef } from './message.ts';
import { Permission, Role } from './permissions.ts';
import { Plan } from './plan.ts';
import { HostConnection, StepState, TaskState, VmState } from './states.ts';

/** What readers of the API and the portal get to see. Times are ISO 8601 in UTC. */
const time = z.iso.datetime();

export const HostFacts = z.object({
  hostname: z.string(),
  /** libvirt's host UUID; two rows with the same one are one machine. */
  hostUuid: z.string(),
  cpuModel: z.string(),
  cpuCount: z.number().int(),
  cpuMHz: z.number(),
  cpuTopology: z.object({
    sockets: z.number(),
    cores: z.number(),
    threads: z.number(),
    numaNodes: z.number(),
  }),
  memoryMiB: z.number().int(),
  osName: z.string(),
  kernel: z.string(),
  versions: z.object({ libvirt: z.string(), qemu: z.string(), ovs: z.string().nullable() }),
  accelerator: z.enum(['kvm', 'qemu']),
  /** Machine types and firmware that can be used for new VMs. */
  firmware: z.array(z.enum(['bios', 'uefi', 'uefiSecureBoot'])),
  nics: z.array(
    z.object({
      name: z.string(),
      mac: z.string(),
      addresses: z.array(z.string()),
      isUp: z.boolean(),
      speedMbps: z.number().nullable(),
      kind: z.enum(['physical', 'bridge', 'bond', 'vlan', 'virtual']),
    }),
  ),
  bridges: z.array(
    z.object({ name: z.string(), kind: z.enum(['ovsBridge', 'linuxBridge', 'libvirtNetwork']) }),
  ),
});
export type HostFacts = z.infer<typeof HostFacts>;

export const HostUsage = z.object({
  cpuPercent: z.number(),
  memoryUsedMiB: z.number(),
  memoryAvailableMiB: z.number(),
  uptimeSeconds: z.number(),
});
export type HostUsage = z.infer<typeof HostUsage>;

export const BusyWith = z.object({ taskId: TaskId, operation: z.string() });
export type BusyWith = z.infer<typeof BusyWith>;

export const HostView = z.object({
  id: HostId,
  name: z.string(),
  clusterId: ClusterId,
  clusterName: z.string(),
  address: z.string(),
  port: z.number().int(),
  user: z.string(),
  /** SHA256:... as ssh-keygen prints it. */
  hostKeyFingerprint: z.string(),
  connection: HostConnection,
  connectionDetail: MessageRef.nullable(),
  lastContactAt: time.nullable(),
  facts: HostFacts.nullable(),
  usage: HostUsage.nullable(),
  vmCount: z.number().int(),
  runningVmCount: z.number().int(),
  /** Configured: sum over its VMs. */
  vcpusConfigured: z.number().int(),
  memoryConfiguredMiB: z.number().int(),
  isSimulated: z.boolean(),
  busy: BusyWith.nullable(),
});
export type HostView = z.infer<typeof HostView>;

export const VmUsage = z.object({
  /** Of all its vCPUs: 100 = all of them busy. */
  cpuPercent: z.number(),
  memoryUsedMiB: z.number().nullable(),
  diskReadBytesPerSecond: z.number(),
  diskWriteBytesPerSecond: z.number(),
  netReceiveBytesPerSecond: z.number(),
  netTransmitBytesPerSecond: z.number(),
});
export type VmUsage = z.infer<typeof VmUsage>;

/** A row of the VM list. */
export const VmRow = z.object({
  id: VmId,
  name: z.string(),
  /** `unknown` while its host can't be asked; then see `lastKnownState`. */
  state: VmState,
  lastKnownState: VmState.nullable(),
  observedAt: time.nullable(),
  hostId: HostId,
  hostName: z.string(),
  hostConnection: HostConnection,
  clusterId: ClusterId,
  vcpus: z.number().int(),
  memoryMiB: z.number().int(),
  diskBytes: z.number(),
  cpuPercent: z.number().nullable(),
  memoryUsedMiB: z.number().nullable(),
  addresses: z.array(z.string()),
  isAdopted: z.boolean(),
  busy: BusyWith.nullable(),
  createdAt: time,
});
export type VmRow = z.infer<typeof VmRow>;

export const VmView = VmRow.extend({
  description: z.string(),
  hardware: VmHardware,
  usage: VmUsage.nullable(),
  stateReason: z.string().nullable(),
  isPersistent: z.boolean(),
  definitionXml: z.string().nullable(),
});
export type VmView = z.infer<typeof VmView>;

export const DatastoreView = z.object({
  id: DatastoreId,
  hostId: HostId,
  hostName: z.string(),
  name: z.string(),
  path: z.string(),
  kind: z.string(),
  capacityBytes: z.number(),
  availableBytes: z.number(),
  isActive: z.boolean(),
});
export type DatastoreView = z.infer<typeof DatastoreView>;

/** A file from which VMs can be made (disk image) or booted (ISO). The same file on shared storage is one image per host. */
export const ImageView = z.object({
  id: ImageId,
  hostId: HostId,
  hostName: z.string(),
  datastoreId: DatastoreId,
  name: z.string(),
  path: z.string(),
  kind: z.enum(['disk', 'iso']),
  format: z.string(),
  virtualBytes: z.number(),
  allocatedBytes: z.number(),
});
export type ImageView = z.infer<typeof ImageView>;

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
  startedAt: time,
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
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
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
  createdAt: time,
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
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

/** Audit and events: who did what to what, from where, and how it ended; and what was seen to happen on hosts. */
export const EventView = z.object({
  id: z.string(),
  at: time,
  kind: z.enum(['audit', 'event']),
  severity: z.enum(['info', 'warning', 'error']),
  message: MessageRef,
  operation: z.string().nullable(),
  userName: z.string().nullable(),
  address: z.string().nullable(),
  objectKind: z.string().nullable(),
  objectId: z.string().nullable(),
  objectName: z.string().nullable(),
  taskId: TaskId.nullable(),
  /** Of an audit entry: opened before the act, closed after it. */
  outcome: z.enum(['open', 'succeeded', 'refused', 'failed']).nullable(),
});
export type EventView = z.infer<typeof EventView>;

export const UserView = z.object({
  id: UserId,
  name: z.string(),
  role: Role,
  isDisabled: z.boolean(),
  mustChangePassword: z.boolean(),
  createdAt: time,
  lastSignInAt: time.nullable(),
});
export type UserView = z.infer<typeof UserView>;

export const SessionView = z.object({
  user: UserView,
  permissions: z.array(Permission),
  locale: z.enum(['en', 'zh-CN']),
  theme: z.enum(['light', 'dark', 'system']),
  expiresAt: time,
});
export type SessionView = z.infer<typeof SessionView>;

/** The tree at the left: site > cluster > host > VM. */
export const TreeView = z.object({
  sites: z.array(
    z.object({
      id: SiteId,
      name: z.string(),
      clusters: z.array(
        z.object({
          id: ClusterId,
          name: z.string(),
          hosts: z.array(
            z.object({
              id: HostId,
              name: z.string(),
              connection: HostConnection,
              isSimulated: z.boolean(),
              vmCount: z.number(),
            }),
          ),
        }),
      ),
    }),
  ),
});
export type TreeView = z.infer<typeof TreeView>;

export const OverviewView = z.object({
  hosts: z.object({ total: z.number(), connected: z.number() }),
  vms: z.record(z.string(), z.number()),
  vmTotal: z.number(),
  cpu: z.object({ cores: z.number(), usedPercent: z.number(), vcpusConfigured: z.number() }),
  memory: z.object({ totalMiB: z.number(), usedMiB: z.number(), configuredMiB: z.number() }),
  storage: z.object({ capacityBytes: z.number(), availableBytes: z.number() }),
  openTasks: z.number(),
});
export type OverviewView = z.infer<typeof OverviewView>;

/** One entry of the change feed: re-read the object if it is on screen. */
export const Change = z.object({
  /** Grows by one stream per database; resume after it. */
  id: z.string(),
  kind: z.enum(['vm', 'host', 'task', 'event', 'datastore', 'image', 'user', 'tree']),
  objectId: z.string(),
  what: z.enum(['upserted', 'removed']),
});
export type Change = z.infer<typeof Change>;

export const SearchHit = z.object({
  kind: z.enum(['vm', 'host', 'task', 'image']),
  id: z.string(),
  name: z.string(),
  detail: z.string(),
});
export type SearchHit = z.infer<typeof SearchHit>;
