import { type HostFacts, kibToMiB } from '@vireo/contracts';
import { readingCommand, scriptArgv } from '../command.ts';
import { child, childrenNamed, numberOf, parseXml, type XmlElement } from '../domain-xml/xml-tree.ts';
import { hostOutputError } from '../host-output-error.ts';
import { ovsColumn } from '../ovs/table.ts';
import { HOST_FACTS } from '../scripts.ts';
import { type Section, sectionsOf, sectionText } from '../sections.ts';
import type { ReadCommand } from '../types.ts';
import { linuxBridgesOf, nicsOf } from './host-nics.ts';

const TOOL = 'host facts';

/** Text of a section, or null where the host lacks the tool. */
function optionalText(sections: readonly Section[], name: string): string | null {
  const section = sections.find((one) => one.name === name);
  return section?.exitCode === 0 ? section.text.trim() : null;
}

function topologyOf(host: XmlElement | undefined): HostFacts['cpuTopology'] {
  const topology = child(host, 'cpu/topology')?.attributes ?? {};
  const cells = childrenNamed(child(host, 'topology/cells'), 'cell').length;
  // libvirt gives sockets per NUMA node where the node count divides them.
  return {
    sockets: numberOf(topology.sockets, 1),
    cores: numberOf(topology.cores, 1),
    threads: numberOf(topology.threads, 1),
    numaNodes: Math.max(1, cells),
  };
}

function cpuCountOf(host: XmlElement | undefined): number {
  const cells = childrenNamed(child(host, 'topology/cells'), 'cell');
  const counts = cells.map((cell) => numberOf(child(cell, 'cpus')?.attributes.num, 0));
  return Math.max(
    1,
    counts.reduce((total, one) => total + one, 0),
  );
}

function firmwareOf(domainCapabilities: string | null): HostFacts['firmware'] {
  if (domainCapabilities === null) return ['bios'];
  const os = child(parseXml(domainCapabilities, 'domainCapabilities'), 'os');
  const values = (parent: XmlElement | undefined, name: string) =>
    childrenNamed(
      childrenNamed(parent, 'enum').find((one) => one.attributes.name === name),
      'value',
    ).map((one) => one.text);
  if (!values(os, 'firmware').includes('efi')) return ['bios'];
  return values(child(os, 'loader'), 'secure').includes('yes')
    ? ['bios', 'uefi', 'uefiSecureBoot']
    : ['bios', 'uefi'];
}

/** What the pattern's first group matches. */
function firstGroup(text: string, pattern: RegExp): string | null {
  return pattern.exec(text)?.[1]?.trim() ?? null;
}

function bridgesOf(sections: readonly Section[], nics: HostFacts['nics']): HostFacts['bridges'] {
  const ovs = optionalText(sections, 'bridges');
  const ovsNames = ovs ? ovsColumn(ovs, 'name').sort() : [];
  const networks =
    optionalText(sections, 'networks')
      ?.split('\n')
      .map((name) => name.trim()) ?? [];
  return [
    ...ovsNames.map((name) => ({ name, kind: 'ovsBridge' as const })),
    ...linuxBridgesOf(nics)
      .filter((name) => !ovsNames.includes(name))
      .map((name) => ({ name, kind: 'linuxBridge' as const })),
    ...networks.filter((name) => name !== '').map((name) => ({ name, kind: 'libvirtNetwork' as const })),
  ];
}

function factsOf(sections: readonly Section[]): HostFacts {
  const text = (name: string) => sectionText(TOOL, sections, name).trim();
  const host = child(parseXml(text('capabilities'), 'capabilities'), 'host');
  const hostUuid = child(host, 'uuid')?.text.trim();
  if (!hostUuid) throw hostOutputError(TOOL, 'capabilities without a host UUID');
  const version = text('version');
  const cpu = optionalText(sections, 'cpu') ?? '';
  const [vendor = '', product = ''] = (optionalText(sections, 'system') ?? '').split('\n');
  const nics = nicsOf(
    text('ip'),
    optionalText(sections, 'speeds') ?? '',
    optionalText(sections, 'physical') ?? '',
  );
  return {
    hostname: text('hostname'),
    system: { vendor: vendor.trim(), product: product.trim() },
    hostUuid,
    cpuModel: firstGroup(cpu, /^model name\s*: (.*)$/m) ?? child(host, 'cpu/model')?.text ?? '',
    cpuCount: cpuCountOf(host),
    cpuMHz: Number(firstGroup(cpu, /^cpu MHz\s*: ([\d.]+)$/m) ?? 0),
    cpuTopology: topologyOf(host),
    memoryMiB: kibToMiB(Number(firstGroup(text('memory'), /^MemTotal:\s+(\d+)/m) ?? 0)),
    osName: firstGroup(optionalText(sections, 'osRelease') ?? '', /^PRETTY_NAME="?([^"\n]*)"?$/m) ?? '',
    kernel: text('kernel'),
    versions: {
      libvirt: firstGroup(version, /^Running against daemon: (.*)$/m) ?? '',
      qemu: firstGroup(version, /^Running hypervisor: QEMU (.*)$/m) ?? '',
      ovs: firstGroup(optionalText(sections, 'ovs') ?? '', /^ovs-vsctl \(Open vSwitch\) (.*)$/m),
    },
    accelerator: optionalText(sections, 'accelerator') === 'kvm' ? 'kvm' : 'qemu',
    firmware: firmwareOf(optionalText(sections, 'domcapabilities')),
    nics: nics.filter((nic) => nic.name !== 'ovs-netdev'),
    bridges: bridgesOf(sections, nics),
  };
}

/** What a host is: hardware, versions, networks, and whether KVM really works there (a probe boots; up to 4 s). One round trip. */
export function hostFacts(): ReadCommand<HostFacts> {
  return {
    command: readingCommand(scriptArgv(HOST_FACTS), 30_000),
    parse: ({ stdout }) => factsOf(sectionsOf(TOOL, stdout)),
  };
}
