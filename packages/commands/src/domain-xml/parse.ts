import { type VmGraphics, type VmHardware, VmId } from '@vireo/contracts';
import { hostOutputError } from '../host-output-error.ts';
import type { DomainDefinition } from '../types.ts';
import { diskOf, graphicsOf, nicOf } from './parse-devices.ts';
import { child, childrenNamed, numberOf, parseXml, type XmlElement } from './xml-tree.ts';

/** Bytes per unit, as libvirt's formatdomain documents them (KiB when there is none). */
const UNIT_BYTES: Readonly<Record<string, number>> = {
  b: 1,
  bytes: 1,
  KB: 1000,
  k: 1024,
  KiB: 1024,
  MB: 1e6,
  M: 1024 ** 2,
  MiB: 1024 ** 2,
  GB: 1e9,
  G: 1024 ** 3,
  GiB: 1024 ** 3,
  TB: 1e12,
  T: 1024 ** 4,
  TiB: 1024 ** 4,
};

/** More than any host has. What a host makes up beyond it would break those who count it. */
const MOST_VCPUS = 65_536;
const MOST_MIB = 2 ** 40;

function vcpusOf(text: string | undefined, fallback: number): number {
  return Math.min(Math.max(0, numberOf(text, fallback)), MOST_VCPUS);
}

function mebibytesOf(element: XmlElement | undefined): number {
  const word = element?.attributes.unit ?? 'KiB';
  const unit = (Object.hasOwn(UNIT_BYTES, word) ? UNIT_BYTES[word] : undefined) ?? 1024;
  return Math.min(Math.floor((Math.max(0, numberOf(element?.text, 0)) * unit) / 1024 ** 2), MOST_MIB);
}

function firmwareOf(os: XmlElement | undefined): VmHardware['firmware'] {
  const loader = child(os, 'loader');
  const isUefi = os?.attributes.firmware === 'efi' || loader?.attributes.type === 'pflash';
  if (!isUefi) return 'bios';
  const feature = childrenNamed(child(os, 'firmware'), 'feature').find(
    (one) => one.attributes.name === 'secure-boot',
  );
  const isSecure = loader?.attributes.secure === 'yes' || feature?.attributes.enabled === 'yes';
  return isSecure ? 'uefiSecureBoot' : 'uefi';
}

function cpuModelOf(cpu: XmlElement | undefined): string {
  const mode = cpu?.attributes.mode;
  if (mode && mode !== 'custom') return mode;
  return child(cpu, 'model')?.text.trim() || 'default';
}

function hardwareOf(domain: XmlElement): VmHardware {
  const devices = child(domain, 'devices');
  const vcpu = child(domain, 'vcpu');
  const maxVcpus = vcpusOf(vcpu?.text, 1);
  const maxMemoryMiB = mebibytesOf(child(domain, 'memory'));
  const current = child(domain, 'currentMemory');
  return {
    vcpus: vcpusOf(vcpu?.attributes.current, maxVcpus),
    maxVcpus,
    memoryMiB: current ? mebibytesOf(current) : maxMemoryMiB,
    maxMemoryMiB,
    firmware: firmwareOf(child(domain, 'os')),
    machine: child(domain, 'os/type')?.attributes.machine ?? '',
    cpuModel: cpuModelOf(child(domain, 'cpu')),
    accelerator: domain.attributes.type === 'kvm' ? 'kvm' : 'qemu',
    disks: childrenNamed(devices, 'disk').map(diskOf),
    nics: childrenNamed(devices, 'interface').map(nicOf),
    graphics: graphicsOf(devices),
    hasGuestAgentChannel: childrenNamed(devices, 'channel').some(
      (channel) => child(channel, 'target')?.attributes.name === 'org.qemu.guest_agent.0',
    ),
    isAutostart: false,
  };
}

/**
 * Reads libvirt's domain XML (https://libvirt.org/formatdomain.html). Disk sizes and autostart are not in it: `sizeBytes`
 * is null, `isAutostart` false.
 * @throws HostOutputError for malformed XML, a DOCTYPE, or a domain without UUID or name
 */
export function parseDomainXml(xml: string): DomainDefinition {
  const domain = parseXml(xml, 'domain');
  const id = VmId.safeParse(child(domain, 'uuid')?.text.trim().toLowerCase());
  const name = child(domain, 'name')?.text;
  if (!id.success || !name) throw hostOutputError('domain XML', 'no uuid or no name');
  return {
    id: id.data,
    name,
    description: child(domain, 'description')?.text ?? '',
    hardware: hardwareOf(domain),
    xml,
  };
}

/**
 * Where a running domain's screen is, from its live XML. Of a domain that is off (libvirt gives only active ones a live id)
 * no port and no path: what its definition asks for may belong to anybody.
 * @throws HostOutputError
 */
export function parseDomainGraphics(xml: string): VmGraphics {
  const domain = parseXml(xml, 'domain');
  const graphics = graphicsOf(child(domain, 'devices'));
  if (/^\d+$/.test(domain.attributes.id ?? '')) return graphics;
  switch (graphics.kind) {
    case 'vncSocket':
      return { ...graphics, path: null };
    case 'vncPort':
      return { ...graphics, port: null };
    case 'none':
      return graphics;
  }
}
