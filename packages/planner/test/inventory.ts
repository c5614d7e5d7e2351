import {
  ClusterId,
  DatastoreId,
  type DatastoreRecord,
  GIB,
  HostId,
  type HostRecord,
  ImageId,
  type ImageRecord,
  SecretId,
  type VmHardware,
  VmId,
  type VmRecord,
} from '@vireo/contracts';
import type { PlanningContext } from '@vireo/planner';

/** A small inventory to plan on, and sources of choice that give the same each time. */
const uuid = (prefix: string, n: number) => `${prefix}-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const hostIdOf = (n: number) => HostId.parse(uuid('aaaaaaaa', n));
export const consoleSecret = SecretId.parse(uuid('eeeeeeee', 1));
export const hostKey = `ssh-ed25519 ${'A'.repeat(68)}`;

export function host(n: number, change: Partial<HostRecord> = {}): HostRecord {
  return {
    id: hostIdOf(n),
    name: `cna0${n}`,
    clusterId: ClusterId.parse(uuid('cccccccc', 1)),
    target: { address: `10.0.0.${n}`, port: 22, user: 'root', hostKey, secretId: consoleSecret },
    connection: 'connected',
    facts: {
      hostname: `cna0${n}`,
      system: { vendor: '', product: '' },
      hostUuid: uuid('bbbbbbbb', n),
      cpuModel: 'x',
      cpuCount: 8,
      cpuMHz: 2000,
      cpuTopology: { sockets: 1, cores: 8, threads: 1, numaNodes: 1 },
      memoryMiB: 16384,
      osName: 'x',
      kernel: 'x',
      versions: { libvirt: '9.0.0', qemu: '7.2.0', ovs: '3.1.0' },
      accelerator: 'kvm',
      firmware: ['bios', 'uefi', 'uefiSecureBoot'],
      nics: [],
      bridges: [
        { name: 'vsw0', kind: 'ovsBridge' },
        { name: 'br0', kind: 'linuxBridge' },
      ],
    },
    usage: { cpuPercent: 1, memoryUsedMiB: 4096, memoryAvailableMiB: 12288, uptimeSeconds: 9 },
    isSimulated: false,
    ...change,
  };
}

export function datastore(n: number, change: Partial<DatastoreRecord> = {}): DatastoreRecord {
  return {
    id: DatastoreId.parse(uuid('dddddddd', n)),
    hostId: hostIdOf(n),
    name: 'shared',
    path: '/srv/vms',
    kind: 'dir',
    capacityBytes: 200 * GIB,
    availableBytes: 100 * GIB,
    isActive: true,
    ...change,
  };
}

export function image(n: number, change: Partial<ImageRecord> = {}): ImageRecord {
  return {
    id: ImageId.parse(uuid('ffffffff', n)),
    hostId: hostIdOf(n),
    datastoreId: DatastoreId.parse(uuid('dddddddd', 100 + n)),
    name: 'guest.qcow2',
    path: '/srv/images/guest.qcow2',
    kind: 'disk',
    format: 'qcow2',
    virtualBytes: 2 * GIB,
    ...change,
  };
}

export const imageStore = (n: number) =>
  datastore(n, {
    id: DatastoreId.parse(uuid('dddddddd', 100 + n)),
    name: 'images',
    path: '/srv/images',
    availableBytes: 150 * GIB,
  });

export const hardware: VmHardware = {
  vcpus: 1,
  maxVcpus: 1,
  memoryMiB: 1024,
  maxMemoryMiB: 1024,
  firmware: 'bios',
  machine: 'pc-q35-7.2',
  cpuModel: 'host-model',
  accelerator: 'kvm',
  disks: [
    {
      target: 'vda',
      bus: 'virtio',
      device: 'disk',
      path: '/srv/vms/0a1b2c3d-0000-4000-8000-00000000000a.qcow2',
      format: 'qcow2',
      sizeBytes: GIB,
      backingPaths: [],
      isReadOnly: false,
      bootOrder: 1,
    },
    {
      target: 'sda',
      bus: 'sata',
      device: 'cdrom',
      path: '/srv/images/x.iso',
      format: 'raw',
      sizeBytes: GIB,
      backingPaths: [],
      isReadOnly: true,
      bootOrder: null,
    },
  ],
  nics: [],
  graphics: { kind: 'vncSocket', path: null },
  hasGuestAgentChannel: true,
  isAutostart: false,
};

export const vmId = VmId.parse(uuid('11111111', 1));

export function vm(change: Partial<VmRecord> = {}): VmRecord {
  return {
    id: vmId,
    hostId: hostIdOf(1),
    name: 'web 01',
    description: '',
    hardware,
    state: 'shutOff',
    definitionXml: '<domain/>',
    isPersistent: true,
    isAdopted: false,
    ...change,
  };
}

export function context(change: Partial<PlanningContext> = {}): PlanningContext {
  let ids = 0;
  let bytes = 0;
  return {
    hosts: [host(1), host(2)],
    committed: {},
    vm: vm(),
    datastores: [datastore(1), imageStore(1), datastore(2), imageStore(2)],
    images: [image(1), image(2)],
    macsInUse: new Set(),
    diskUsers: [],
    consoleKey: { publicKey: 'ssh-ed25519 AAAA vireo', secretId: consoleSecret },
    credentialKind: null,
    newId: () => {
      ids += 1;
      return uuid('99999999', ids);
    },
    randomBytes: (count) =>
      Uint8Array.from({ length: count }, () => {
        bytes += 1;
        return bytes % 256;
      }),
    ...change,
  };
}
