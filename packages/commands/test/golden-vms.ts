import { type VmHardware, VmId, type VmNic } from '@vireo/contracts';

/** VMs and the names of the files in `golden/` that hold their domain XML. */
const nic: VmNic = {
  mac: '52:54:00:01:02:03',
  model: 'virtio',
  network: 'vsw0',
  networkKind: 'ovsBridge',
  vlan: null,
  hostDevice: null,
  isLinkUp: true,
  bootOrder: null,
};

export const plainHardware: VmHardware = {
  vcpus: 1,
  maxVcpus: 1,
  memoryMiB: 512,
  maxMemoryMiB: 512,
  firmware: 'bios',
  machine: 'q35',
  cpuModel: 'default',
  accelerator: 'qemu',
  disks: [
    {
      target: 'vda',
      bus: 'virtio',
      device: 'disk',
      path: '/srv/vms/0a1b2c3d-0000-4000-8000-00000000000a.qcow2',
      format: 'qcow2',
      sizeBytes: null,
      backingPaths: [],
      isReadOnly: false,
      bootOrder: 1,
    },
  ],
  nics: [nic],
  graphics: { kind: 'vncSocket', path: null },
  hasGuestAgentChannel: true,
  isAutostart: false,
};

const cdDrive: VmHardware['disks'][number] = {
  target: 'sda',
  bus: 'sata',
  device: 'cdrom',
  path: '/srv/images/install 1.iso',
  format: 'raw',
  sizeBytes: null,
  backingPaths: [],
  isReadOnly: true,
  bootOrder: 2,
};

const vm = (last: number, name: string, hardware: Partial<VmHardware>, description = '') => ({
  id: VmId.parse(`0a1b2c3d-0000-4000-8000-00000000000${last}`),
  name,
  description,
  hardware: { ...plainHardware, ...hardware },
});

export const GOLDEN_VMS = [
  { file: 'bios-disk-ovs', vm: vm(1, 'web 01', {}) },
  {
    file: 'uefi-iso-vlan-kvm',
    vm: vm(2, '--help', {
      firmware: 'uefi',
      accelerator: 'kvm',
      cpuModel: 'host-model',
      vcpus: 4,
      maxVcpus: 4,
      memoryMiB: 4096,
      maxMemoryMiB: 4096,
      disks: [...plainHardware.disks, cdDrive],
      nics: [{ ...nic, vlan: 4094 }],
    }),
  },
  {
    file: 'secure-boot-linux-bridge',
    vm: vm(
      3,
      '<name> ]]> & "x"',
      {
        firmware: 'uefiSecureBoot',
        nics: [
          { ...nic, networkKind: 'linuxBridge', network: 'br0', isLinkUp: false },
          { ...nic, mac: '52:54:00:01:02:04', networkKind: 'libvirtNetwork', network: 'default' },
        ],
      },
      `</description><devices><disk type='file'/></devices>\n\t"q" é 虚拟机`,
    ),
  },
  {
    file: 'bare',
    vm: vm(4, '13', {
      disks: [],
      nics: [],
      graphics: { kind: 'vncPort', listen: '127.0.0.1', port: null },
      hasGuestAgentChannel: false,
      cpuModel: 'qemu64',
    }),
  },
];
