import {
  type HostRecord,
  VireoError,
  type VmCreateInput,
  type VmDisk,
  type VmHardware,
  type VmNic,
} from '@vireo/contracts';
import type { PlanningContext } from './types.ts';
import { bridgeFor, type VmNeed } from './vm-need.ts';

/** Locally administered prefix of QEMU's and libvirt's MACs. */
const MAC_PREFIX = '52:54:00';

/** A MAC that nobody in the inventory has. */
function newMac(context: PlanningContext): string {
  for (let tries = 0; tries < 1000; tries += 1) {
    const bytes = [...context.randomBytes(3)].map((byte) => byte.toString(16).padStart(2, '0'));
    const mac = `${MAC_PREFIX}:${bytes.join(':')}`;
    if (!context.macsInUse.has(mac)) return mac;
  }
  throw new VireoError('unavailable');
}

function nicOn(need: VmNeed, host: HostRecord, context: PlanningContext): VmNic[] {
  const bridge = bridgeFor(need, host);
  if (!bridge) return [];
  return [
    {
      mac: newMac(context),
      model: 'virtio',
      network: bridge.name,
      networkKind: bridge.kind,
      vlan: need.vlan,
      hostDevice: null,
      isLinkUp: true,
      bootOrder: null,
    },
  ];
}

function ownDisk(path: string, need: VmNeed, bootOrder: number): VmDisk {
  return {
    target: 'vda',
    bus: 'virtio',
    device: 'disk',
    path,
    format: 'qcow2',
    sizeBytes: need.diskBytes,
    backingPaths: [],
    isReadOnly: false,
    bootOrder,
  };
}

function cdDrive(path: string, sizeBytes: number, bootOrder: number): VmDisk {
  return {
    target: 'sda',
    bus: 'sata',
    device: 'cdrom',
    path,
    format: 'raw',
    sizeBytes,
    backingPaths: [],
    isReadOnly: true,
    bootOrder,
  };
}

/**
 * What the new VM is made of. It boots from its disk first; one installed from an ISO boots from the CD drive as long as
 * the disk is empty, because the firmware goes on to the next device.
 */
export function newHardware(
  input: VmCreateInput,
  need: VmNeed,
  host: HostRecord,
  files: { diskPath: string | null; isoPath: string | null },
  context: PlanningContext,
): VmHardware {
  const accelerator = host.facts?.accelerator ?? 'qemu';
  const disks: VmDisk[] = [];
  if (files.diskPath !== null) disks.push(ownDisk(files.diskPath, need, 1));
  if (files.isoPath !== null)
    disks.push(cdDrive(files.isoPath, need.image?.virtualBytes ?? 0, disks.length + 1));
  return {
    vcpus: input.vcpus,
    maxVcpus: input.vcpus,
    memoryMiB: input.memoryMiB,
    maxMemoryMiB: input.memoryMiB,
    firmware: input.firmware,
    machine: 'q35',
    // KVM guests see what hosts of one kind share; the emulator's own default is what TCG does best.
    cpuModel: accelerator === 'kvm' ? 'host-model' : 'default',
    accelerator,
    disks,
    nics: nicOn(need, host, context),
    graphics: { kind: 'vncSocket', path: null },
    hasGuestAgentChannel: true,
    isAutostart: false,
  };
}
