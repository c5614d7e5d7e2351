import { renderDomainXml } from '@vireo/commands';
import { VmHardware, VmId } from '@vireo/contracts';
import { choose, fractionOf, macOf, uuidOf } from '../random.ts';
import { type SimFile, SimFiles, type SimPool } from './files.ts';
import { SimHost } from './host.ts';
import { type Definition, SimVm } from './vm.ts';

const GIB = 1024 ** 3;
const ROLES = [
  'web',
  'db',
  'app',
  'cache',
  'mail',
  'ci',
  'auth',
  'log',
  'queue',
  'vpn',
  'dns',
  'file',
] as const;

export interface Population {
  hosts: number;
  vmsPerHost: number;
  seed: string;
}

/** Directories that all hosts see. */
export interface SharedPools {
  vms: SimPool;
  images: SimPool;
}

export function sharedPools({ seed }: Population): SharedPools {
  const image = (format: SimFile['format'], gib: number, allocatedGib: number): SimFile => ({
    format,
    virtualBytes: Math.round(gib * GIB),
    allocatedBytes: Math.round(allocatedGib * GIB),
    isBootable: true,
  });
  const at = '/srv/shared/images';
  return {
    vms: pool('shared', uuidOf(seed, 'shared'), '/srv/shared/vms', 20_000 * GIB),
    images: {
      ...pool('images', uuidOf(seed, 'images'), at, 1000 * GIB),
      files: new Map([
        [`${at}/vireo-guest.qcow2`, image('qcow2', 0.125, 0.023)],
        [`${at}/debian-12.qcow2`, image('qcow2', 3, 0.6)],
        [`${at}/ubuntu-24.04.qcow2`, image('qcow2', 4, 0.9)],
        [`${at}/debian-12-netinst.iso`, image('iso', 0.6, 0.6)],
      ]),
    },
  };
}

function pool(name: string, uuid: string, path: string, capacityBytes: number): SimPool {
  return { name, uuid, path, capacityBytes, files: new Map() };
}

export function hostNameOf(index: number): string {
  return `sim${String(index + 1).padStart(2, '0')}`;
}

/** Host number `index` with its VMs, all of it from the seed. */
export function populatedHost(
  population: Population,
  index: number,
  shared: SharedPools,
  nowMs: number,
): SimHost {
  const { seed, vmsPerHost } = population;
  const name = hostNameOf(index);
  const local = pool('local', uuidOf(seed, name, 'local'), '/srv/local/vms', 8000 * GIB);
  const host = new SimHost(
    {
      hostname: name,
      hostUuid: uuidOf(seed, name, 'host'),
      sockets: 2,
      coresPerSocket: 32,
      memoryKib: 512 * 1024 * 1024,
      nics: ['eth0', 'eth1', 'eth2'].map((nic, i) => ({
        name: nic,
        mac: macOf(seed, name, nic),
        address: i === 0 ? `10.200.${index >> 8}.${index & 255}` : null,
        speedMbps: i === 0 ? 10_000 : 25_000,
      })),
      ovsBridges: ['vsw0'],
      linuxBridges: ['br0'],
    },
    new SimFiles([shared.images, local, shared.vms]),
    nowMs - Math.floor((1 + 30 * fractionOf(seed, name, 'uptime')) * 86_400_000),
  );
  for (let i = 0; i < vmsPerHost; i++) addVm(host, local, [seed, name, i], i, nowMs);
  return host;
}

function addVm(
  host: SimHost,
  local: SimPool,
  words: (string | number)[],
  index: number,
  nowMs: number,
): void {
  const id = VmId.parse(uuidOf(...words, 'vm'));
  const name = `${choose(ROLES, ...words, 'role')}-${host.hardware.hostname}-${String(index + 1).padStart(2, '0')}`;
  const path = `${local.path}/${uuidOf(...words, 'disk')}.qcow2`;
  const sizeGib = choose([10, 20, 20, 40, 80, 200], ...words, 'size');
  const used = 0.1 + 0.5 * fractionOf(...words, 'used');
  const sizes = { virtualBytes: sizeGib * GIB, allocatedBytes: Math.floor(sizeGib * GIB * used) };
  local.files.set(path, { format: 'qcow2', ...sizes, isBootable: true });
  const vcpus = choose([1, 2, 2, 4, 4, 8], ...words, 'vcpus');
  const memoryMiB = choose([512, 1024, 2048, 4096, 8192, 16_384], ...words, 'memory');
  const hardware = VmHardware.parse({
    ...{ vcpus, maxVcpus: vcpus, memoryMiB, maxMemoryMiB: memoryMiB },
    ...{ firmware: 'bios', machine: 'pc-q35-7.2', cpuModel: 'host-model', accelerator: 'kvm' },
    disks: [
      { target: 'vda', bus: 'virtio', device: 'disk', path, format: 'qcow2', sizeBytes: null, bootOrder: 1 },
    ],
    nics: [
      {
        ...{ mac: macOf(...words, 'nic'), model: 'virtio', network: 'vsw0', networkKind: 'ovsBridge' },
        vlan: choose([null, 10, 20, 30], ...words, 'vlan'),
      },
    ],
    graphics: { kind: 'vncSocket', path: null },
    hasGuestAgentChannel: true,
  } satisfies (typeof VmHardware)['_zod']['input']);
  const definition: Definition = {
    name,
    hardware,
    xml: () => renderDomainXml({ id, name, description: '', hardware }),
  };
  const vm = new SimVm(id, definition);
  host.vms.set(id, vm);
  const fate = fractionOf(...words, 'fate');
  if (fate > 0.85) return;
  const ageMs = Math.floor(20 * 86_400_000 * fractionOf(...words, 'age'));
  host.start(vm, Math.max(host.bootedAtMs, nowMs - ageMs));
  if (fate > 0.82) host.suspend(vm);
}
