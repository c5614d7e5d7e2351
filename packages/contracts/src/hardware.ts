import { z } from 'zod';

/** A disk or CD drive as the VM has it. */
export const VmDisk = z.object({
  /** Guest-side name: vda, sda, ... */
  target: z.string(),
  bus: z.enum(['virtio', 'scsi', 'sata', 'ide', 'usb', 'fdc', 'other']),
  device: z.enum(['disk', 'cdrom', 'floppy', 'lun']),
  /** Path on the host; null: empty drive or a source that is no file. */
  path: z.string().nullable(),
  format: z.string(),
  /** Virtual size; null: not known yet. */
  sizeBytes: z.number().nullable(),
  allocatedBytes: z.number().nullable().optional(),
  /** Files under `path` in the backing chain, nearest first, as far as the host told. */
  backingPaths: z.array(z.string()).default([]),
  isReadOnly: z.boolean().default(false),
  bootOrder: z.number().int().nullable().default(null),
});
export type VmDisk = z.infer<typeof VmDisk>;

export const VmNic = z.object({
  mac: z.string(),
  model: z.string(),
  /** Bridge on the host or libvirt network's name; null: another kind of source. */
  network: z.string().nullable(),
  networkKind: z.enum(['ovsBridge', 'linuxBridge', 'libvirtNetwork', 'other']),
  vlan: z.number().int().min(1).max(4094).nullable().default(null),
  /** Host-side device while it runs, e.g. vnet0. */
  hostDevice: z.string().nullable().default(null),
  isLinkUp: z.boolean().default(true),
  bootOrder: z.number().int().nullable().default(null),
});
export type VmNic = z.infer<typeof VmNic>;

export const VmGraphics = z.discriminatedUnion('kind', [
  /** QEMU's VNC on the host's loopback; port null while shut off. */
  z.object({ kind: z.literal('vncPort'), listen: z.string(), port: z.number().int().nullable() }),
  z.object({ kind: z.literal('vncSocket'), path: z.string().nullable() }),
  z.object({ kind: z.literal('none') }),
]);
export type VmGraphics = z.infer<typeof VmGraphics>;

/** What the VM is made of, read from (or rendered to) domain XML. Memory in MiB. */
export const VmHardware = z.object({
  vcpus: z.number().int(),
  maxVcpus: z.number().int(),
  memoryMiB: z.number().int(),
  maxMemoryMiB: z.number().int(),
  firmware: z.enum(['bios', 'uefi', 'uefiSecureBoot']),
  machine: z.string(),
  cpuModel: z.string(),
  /** `kvm` where the host offers it, else `qemu` (TCG). */
  accelerator: z.enum(['kvm', 'qemu']),
  disks: z.array(VmDisk),
  nics: z.array(VmNic),
  graphics: VmGraphics,
  hasGuestAgentChannel: z.boolean(),
  isAutostart: z.boolean().default(false),
});
export type VmHardware = z.infer<typeof VmHardware>;
