import type { SimHost } from '../model/host.ts';
import type { SimVm } from '../model/vm.ts';
import { bytesOf } from '../random.ts';

/** A guest's agent answers that long after the guest began to boot. */
const AGENT_AFTER_MS = 3000;
const LOOPBACK = {
  name: 'lo',
  'ip-addresses': [
    { 'ip-address-type': 'ipv4', 'ip-address': '127.0.0.1', prefix: 8 },
    { 'ip-address-type': 'ipv6', 'ip-address': '::1', prefix: 128 },
  ],
  'hardware-address': '00:00:00:00:00:00',
};

function hasAgent(host: SimHost, vm: SimVm): boolean {
  const isUp = vm.state === 'running' && Date.now() - vm.bootedAtMs >= AGENT_AFTER_MS;
  return isUp && vm.current.hardware.hasGuestAgentChannel && host.hasSystem(vm);
}

/** Always the same for one NIC, as a DHCP server would give it; each VLAN is a network of its own. */
function addressOf(mac: string, vlan: number | null): string {
  const [network = 0, node = 0] = bytesOf(mac, 'address');
  return `10.${(vlan ?? 0) & 255}.${network}.${1 + (node % 254)}`;
}

function interfacesOf(vm: SimVm): object[] {
  const nics = vm.current.hardware.nics.map(({ mac, vlan }, index) => ({
    name: `eth${index}`,
    'ip-addresses': [{ 'ip-address-type': 'ipv4', 'ip-address': addressOf(mac, vlan), prefix: 16 }],
    'hardware-address': mac,
  }));
  return [LOOPBACK, ...nics];
}

/** What GUEST_INTERFACES prints, lane by lane as on a real host: the last lane's answers come first. */
export function guestInterfaces(host: SimHost, ids: readonly string[]): string {
  const nonce = host.nonce();
  let output = `${nonce}\n`;
  for (const lane of [3, 2, 1, 0])
    for (const id of ids.filter((_, index) => index % 4 === lane)) {
      const vm = host.vms.get(id);
      output +=
        vm && hasAgent(host, vm)
          ? `${JSON.stringify({ return: interfacesOf(vm) })}\n${nonce} interfaces ${id} 0\n`
          : `\n${nonce} interfaces ${id} 1\n`;
    }
  return `${output}${nonce} end 0\n`;
}
