import { SIMULATOR_PRODUCT } from '@vireo/contracts';
import type { SimHost } from '../model/host.ts';

export const LIBVIRT = '9.0.0';
export const QEMU = '7.2.22';
export const OVS_VERSION_TEXT = 'ovs-vsctl (Open vSwitch) 3.1.0\nDB Schema 8.3.1\n';
export const VERSION_TEXT = `Compiled against library: libvirt ${LIBVIRT}
Using library: libvirt ${LIBVIRT}
Using API: QEMU ${LIBVIRT}
Running hypervisor: QEMU ${QEMU}
Running against daemon: ${LIBVIRT}
`;

/** The parts of `virsh capabilities` that anybody reads. */
export function capabilitiesXml(host: SimHost): string {
  const { hostUuid, sockets, coresPerSocket, memoryKib } = host.hardware;
  const cpus = Array.from(
    { length: host.cpuCount },
    (_, i) =>
      `            <cpu id='${i}' socket_id='${Math.floor(i / coresPerSocket)}' die_id='0' core_id='${i % coresPerSocket}' siblings='${i}'/>\n`,
  );
  return `<capabilities>

  <host>
    <uuid>${hostUuid}</uuid>
    <cpu>
      <arch>x86_64</arch>
      <model>EPYC-Milan</model>
      <vendor>AMD</vendor>
      <topology sockets='${sockets}' dies='1' cores='${coresPerSocket}' threads='1'/>
    </cpu>
    <topology>
      <cells num='1'>
        <cell id='0'>
          <memory unit='KiB'>${memoryKib}</memory>
          <cpus num='${host.cpuCount}'>
${cpus.join('')}          </cpus>
        </cell>
      </cells>
    </topology>
  </host>

  <guest>
    <os_type>hvm</os_type>
    <arch name='x86_64'>
      <wordsize>64</wordsize>
      <emulator>/usr/bin/qemu-system-x86_64</emulator>
      <machine maxCpus='288'>pc-q35-7.2</machine>
      <domain type='qemu'/>
      <domain type='kvm'/>
    </arch>
  </guest>

</capabilities>
`;
}

export function domainCapabilitiesXml(): string {
  const values = (...all: string[]) => all.map((value) => `<value>${value}</value>`).join('');
  return `<domainCapabilities>
  <path>/usr/bin/qemu-system-x86_64</path>
  <domain>kvm</domain>
  <machine>pc-q35-7.2</machine>
  <arch>x86_64</arch>
  <vcpu max='288'/>
  <os supported='yes'>
    <enum name='firmware'>${values('efi')}</enum>
    <loader supported='yes'>
      ${values('/usr/share/OVMF/OVMF_CODE_4M.ms.fd', '/usr/share/OVMF/OVMF_CODE_4M.fd')}
      <enum name='type'>${values('rom', 'pflash')}</enum>
      <enum name='readonly'>${values('yes', 'no')}</enum>
      <enum name='secure'>${values('yes', 'no')}</enum>
    </loader>
  </os>
</domainCapabilities>
`;
}

/** `ip -json -details addr` */
export function ipJson(host: SimHost): string {
  const { nics, ovsBridges, linuxBridges } = host.hardware;
  const link = (ifname: string, address: string, more: object) => ({
    ...{ ifname, flags: ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'], mtu: 1500, operstate: 'UP' },
    ...{ link_type: 'ether', address, addr_info: [] },
    ...more,
  });
  const loopback = {
    ...{ ifname: 'lo', flags: ['LOOPBACK', 'UP', 'LOWER_UP'], operstate: 'UNKNOWN', link_type: 'loopback' },
    addr_info: [{ family: 'inet', local: '127.0.0.1', prefixlen: 8, scope: 'host' }],
  };
  const macLike = (mac: string, i: number) => mac.replace(/..$/, i.toString(16).padStart(2, '0'));
  const firstMac = nics[0]?.mac ?? '52:54:00:00:00:00';
  const all = [
    loopback,
    ...nics.map((nic) =>
      link(nic.name, nic.mac, {
        addr_info: nic.address
          ? [{ family: 'inet', local: nic.address, prefixlen: 16, scope: 'global' }]
          : [],
      }),
    ),
    ...ovsBridges.map((name, i) =>
      link(name, macLike(firstMac, 0xa0 + i), { linkinfo: { info_kind: 'openvswitch' } }),
    ),
    ...linuxBridges.map((name, i) =>
      link(name, macLike(firstMac, 0xb0 + i), { linkinfo: { info_kind: 'bridge' } }),
    ),
  ];
  return `${JSON.stringify(all.map((one, i) => ({ ifindex: i + 1, ...one })))}\n`;
}

/** OVSDB's table of bridges as JSON, in the columns that were asked for. */
export function bridgesJson(host: SimHost, columns: readonly string[]): string {
  const values: Readonly<Record<string, (name: string) => string>> = {
    name: (name) => name,
    datapath_type: () => 'system',
  };
  const data = host.hardware.ovsBridges.map((name) => columns.map((column) => values[column]?.(name) ?? ''));
  return `${JSON.stringify({ data, headings: columns })}\n`;
}

/** Sections of the script HOST_FACTS, in its order. */
export function factSections(host: SimHost): [name: string, text: string][] {
  const { nics, hostname, memoryKib } = host.hardware;
  return [
    ['capabilities', `${capabilitiesXml(host)}\n`],
    ['version', `${VERSION_TEXT}\n`],
    ['domcapabilities', `${domainCapabilitiesXml()}\n`],
    ['accelerator', 'kvm\n'],
    ['ip', ipJson(host)],
    ['bridges', bridgesJson(host, ['name', 'datapath_type'])],
    ['ovs', OVS_VERSION_TEXT],
    ['networks', ''],
    ['osRelease', 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nID=debian\n'],
    ['kernel', '6.1.0-28-amd64\n'],
    ['hostname', `${hostname}\n`],
    ['cpu', 'model name\t: AMD EPYC 7543 32-Core Processor (simulated)\ncpu MHz\t\t: 2600.000\n'],
    ['memory', `MemTotal:       ${memoryKib} kB\n`],
    ['speeds', nics.map((nic) => `${nic.name} ${nic.speedMbps}\n`).join('')],
    ['physical', nics.map((nic) => `${nic.name}\n`).join('')],
    ['system', `Vireo\n${SIMULATOR_PRODUCT}\n`],
  ];
}
