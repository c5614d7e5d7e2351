import { VmDisk, type VmGraphics, VmNic } from '@vireo/contracts';
import { child, childrenNamed, numberOf, type XmlElement } from './xml-tree.ts';

const BUSES = VmDisk.shape.bus.options;
const DEVICES = VmDisk.shape.device.options;

function bootOrderOf(device: XmlElement): number | null {
  const order = numberOf(child(device, 'boot')?.attributes.order, 0);
  return order > 0 ? order : null;
}

/** Paths under the disk, nearest first, as the live XML tells them. */
function backingPathsOf(disk: XmlElement): string[] {
  const paths: string[] = [];
  for (let store = child(disk, 'backingStore'); store; store = child(store, 'backingStore')) {
    const source = child(store, 'source')?.attributes;
    const path = source?.file ?? source?.dev;
    if (path) paths.push(path);
  }
  return paths;
}

export function diskOf(disk: XmlElement): VmDisk {
  const target = child(disk, 'target')?.attributes ?? {};
  const source = child(disk, 'source')?.attributes ?? {};
  const bus = BUSES.find((known) => known === target.bus) ?? 'other';
  const device = DEVICES.find((known) => known === (disk.attributes.device ?? 'disk')) ?? 'disk';
  return {
    target: target.dev ?? '',
    bus,
    device,
    path: source.file ?? source.dev ?? null,
    format: child(disk, 'driver')?.attributes.type ?? 'raw',
    sizeBytes: null,
    backingPaths: backingPathsOf(disk),
    isReadOnly: child(disk, 'readonly') !== undefined,
    bootOrder: bootOrderOf(disk),
  };
}

function networkOf(nic: XmlElement): Pick<VmNic, 'network' | 'networkKind'> {
  const source = child(nic, 'source')?.attributes ?? {};
  if (nic.attributes.type === 'bridge') {
    const isOvs = child(nic, 'virtualport')?.attributes.type === 'openvswitch';
    return { network: source.bridge ?? null, networkKind: isOvs ? 'ovsBridge' : 'linuxBridge' };
  }
  if (nic.attributes.type === 'network')
    return { network: source.network ?? null, networkKind: 'libvirtNetwork' };
  return { network: null, networkKind: 'other' };
}

export function nicOf(nic: XmlElement): VmNic {
  const tags = childrenNamed(child(nic, 'vlan'), 'tag');
  const vlan = VmNic.shape.vlan.safeParse(numberOf(tags[0]?.attributes.id, 0));
  return {
    mac: child(nic, 'mac')?.attributes.address?.toLowerCase() ?? '',
    model: child(nic, 'model')?.attributes.type ?? '',
    ...networkOf(nic),
    vlan: vlan.success ? vlan.data : null,
    hostDevice: child(nic, 'target')?.attributes.dev ?? null,
    isLinkUp: child(nic, 'link')?.attributes.state !== 'down',
    bootOrder: bootOrderOf(nic),
  };
}

/** Where the screen is: libvirt fills in port and socket path while the domain runs. */
export function graphicsOf(devices: XmlElement | undefined): VmGraphics {
  const vnc = childrenNamed(devices, 'graphics').find((one) => one.attributes.type === 'vnc');
  if (!vnc) return { kind: 'none' };
  const listens = childrenNamed(vnc, 'listen');
  const socket = listens.find((listen) => listen.attributes.type === 'socket');
  if (socket || vnc.attributes.socket !== undefined)
    return { kind: 'vncSocket', path: socket?.attributes.socket ?? vnc.attributes.socket ?? null };
  const address = listens.find((listen) => listen.attributes.type === 'address')?.attributes.address;
  const port = numberOf(vnc.attributes.port, -1);
  return {
    kind: 'vncPort',
    listen: address ?? vnc.attributes.listen ?? '127.0.0.1',
    port: port > 0 ? port : null,
  };
}
