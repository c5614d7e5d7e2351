import { z } from 'zod';
import { ClusterId, HostId, TaskId } from './ids.ts';
import { MessageRef } from './message.ts';
import { HostConnection } from './states.ts';
import { IsoTime } from './time.ts';

/** What a simulated host says its hardware is, so that it is labelled however it was added. */
export const SIMULATOR_PRODUCT = 'Vireo Simulator';

export const HostFacts = z.object({
  hostname: z.string(),
  /** From DMI (`/sys/class/dmi/id/sys_vendor`, `product_name`); empty where the host has none. */
  system: z.object({ vendor: z.string(), product: z.string() }),
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
  lastContactAt: IsoTime.nullable(),
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
