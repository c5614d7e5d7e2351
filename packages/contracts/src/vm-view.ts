import { z } from 'zod';
import { VmHardware } from './hardware.ts';
import { BusyWith } from './host-view.ts';
import { ClusterId, HostId, VmId } from './ids.ts';
import { HostConnection, VmState } from './states.ts';
import { IsoTime } from './time.ts';

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
  observedAt: IsoTime.nullable(),
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
  createdAt: IsoTime,
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
