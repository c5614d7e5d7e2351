import type { HostFacts } from '@vireo/contracts';
import { z } from 'zod';
import { hostOutputError } from '../host-output-error.ts';
import { jsonOf } from '../json.ts';

/** What we read of `ip -json -details addr` (ip(8)). */
const IpLinks = z.array(
  z.object({
    ifname: z.string(),
    address: z.string().optional(),
    flags: z.array(z.string()).default([]),
    operstate: z.string().optional(),
    link_type: z.string().optional(),
    linkinfo: z.object({ info_kind: z.string().optional() }).optional(),
    addr_info: z
      .array(
        z.object({
          local: z.string().optional(),
          prefixlen: z.number().optional(),
          scope: z.string().optional(),
        }),
      )
      .default([]),
  }),
);

type NicKind = HostFacts['nics'][number]['kind'];

function kindOf(infoKind: string | undefined, isPhysical: boolean, name: string): NicKind {
  if (infoKind === 'bridge') return 'bridge';
  if (infoKind === 'bond') return 'bond';
  if (infoKind === 'vlan') return 'vlan';
  // A host in a container or namespace has its "physical" ports as veth ends.
  if (isPhysical || (infoKind === 'veth' && /^(eth|en)/.test(name))) return 'physical';
  return 'virtual';
}

/** NICs of the host without loopback and without the VMs' own (`vnet*`). */
export function nicsOf(ipJson: string, speeds: string, physical: string): HostFacts['nics'] {
  const parsed = IpLinks.safeParse(jsonOf('ip', ipJson));
  if (!parsed.success) throw hostOutputError('ip', 'unexpected JSON', parsed.error.message);
  const speedOf = new Map(
    speeds
      .split('\n')
      .map((line) => line.split(' '))
      .map(([nic, mbps]) => [nic, Number(mbps)]),
  );
  const devices = new Set(physical.split('\n'));
  return parsed.data
    .filter((link) => link.link_type === 'ether' && !link.ifname.startsWith('vnet'))
    .map((link) => {
      const speed = speedOf.get(link.ifname) ?? -1;
      return {
        name: link.ifname,
        mac: link.address ?? '',
        addresses: link.addr_info
          .filter((address) => address.local !== undefined && address.scope !== 'link')
          .map((address) => `${address.local}/${address.prefixlen ?? ''}`),
        isUp: link.flags.includes('UP') && link.operstate !== 'DOWN',
        speedMbps: speed > 0 ? speed : null,
        kind: kindOf(link.linkinfo?.info_kind, devices.has(link.ifname), link.ifname),
      };
    });
}

/** Names of the Linux bridges in `ip -json`'s output, without libvirt's own and OVS's. */
export function linuxBridgesOf(nics: HostFacts['nics']): string[] {
  return nics.filter((nic) => nic.kind === 'bridge' && !nic.name.startsWith('virbr')).map((nic) => nic.name);
}
