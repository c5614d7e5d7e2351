import { randomUUID } from 'node:crypto';
import {
  HostId,
  type InventoryChange,
  lockOf,
  Plan,
  TaskId,
  UserId,
  VmHardware,
  VmId,
} from '@vireo/contracts';
import type { ObservedVm, Store, SubmitTask } from '../src/types.ts';

export const vmId = () => VmId.parse(randomUUID());
export const hostId = () => HostId.parse(randomUUID());
const USER = UserId.parse(randomUUID());

export function hardware(overrides: Partial<VmHardware> = {}): VmHardware {
  return VmHardware.parse({
    vcpus: 2,
    maxVcpus: 2,
    memoryMiB: 512,
    maxMemoryMiB: 512,
    firmware: 'bios',
    machine: 'q35',
    cpuModel: 'host',
    accelerator: 'kvm',
    disks: [
      {
        target: 'vda',
        bus: 'virtio',
        device: 'disk',
        path: `/d/${randomUUID()}.qcow2`,
        format: 'qcow2',
        sizeBytes: 5,
      },
    ],
    nics: [{ mac: '52:54:00:00:00:01', model: 'virtio', network: 'vsw0', networkKind: 'ovsBridge' }],
    graphics: { kind: 'none' },
    hasGuestAgentChannel: true,
    ...overrides,
  });
}

export const USAGE = {
  cpuPercent: 5,
  memoryUsedMiB: 100,
  diskReadBytesPerSecond: 0,
  diskWriteBytesPerSecond: 1,
  netReceiveBytesPerSecond: 2,
  netTransmitBytesPerSecond: 3,
};

export function observed(overrides: Partial<ObservedVm> = {}): ObservedVm {
  const id = overrides.id ?? vmId();
  return {
    id,
    name: `vm-${id.slice(0, 8)}`,
    state: 'running',
    stateReason: null,
    isPersistent: true,
    usage: USAGE,
    hardware: hardware(),
    definitionXml: '<domain/>',
    ...overrides,
  };
}

export function plan(
  parts: Partial<Plan> & { object?: { kind: string; id: string; name: string } } = {},
): Plan {
  const object = parts.object ?? { kind: 'vm', id: vmId(), name: 'web01' };
  return Plan.parse({
    operation: 'vm.start',
    title: { key: 'operations.vm.start' },
    object,
    locks: [lockOf(object.kind === 'host' ? 'host' : 'vm', object.id)],
    targets: {},
    preconditions: [],
    steps: [
      {
        id: 'one',
        label: { key: 'x', params: { n: 1 } },
        action: { kind: 'connect', hostId: hostId() },
        undo: [],
      },
      { id: 'two', label: { key: 'y' }, action: { kind: 'connect', hostId: hostId() }, undo: [] },
    ],
    expected: { vms: [], files: [] },
    xml: [],
    placement: [],
    onSubmit: [],
    onDone: [],
    onUndone: [],
    onFailure: 'stop',
    ...parts,
  });
}

export async function submit(store: Store, parts: Parameters<typeof plan>[0] = {}): Promise<SubmitTask> {
  const actor = { userId: USER, userName: 'admin', address: '127.0.0.1' };
  const auditId = await store.events.openAudit({
    operation: 'vm.start',
    actor,
    object: null,
    message: { key: 'audit.act', params: { operation: 'vm.start' } },
  });
  const task = { taskId: TaskId.parse(randomUUID()), plan: plan(parts), input: { a: 1 }, actor, auditId };
  await store.tasks.submit(task);
  return task;
}

/** Runs a task that has nothing to do but its inventory changes. */
export async function change(store: Store, ...onSubmit: InventoryChange[]): Promise<void> {
  const task = await submit(store, { locks: [], onSubmit });
  for (;;) {
    const claimed = await store.tasks.claim('fixture', 10_000);
    if (!claimed) throw new Error('nothing to claim');
    await store.tasks.finish(claimed.taskId, claimed.epoch, { state: 'done', error: null, changes: [] });
    if (claimed.taskId === task.taskId) return;
  }
}

let port = 1000;
export async function addHost(store: Store, name: string, isConnected = true): Promise<HostId> {
  const id = hostId();
  const secretId = await store.secrets.seal('hostPassword', `${name}:22`, 'secret');
  port += 1;
  const target = { address: '10.0.0.1', port, user: 'root', hostKey: 'ssh-ed25519 AAAA', secretId };
  await change(store, { kind: 'host.insert', hostId: id, name, target });
  if (isConnected) await store.observe.connection(id, 'connected', null);
  return id;
}
