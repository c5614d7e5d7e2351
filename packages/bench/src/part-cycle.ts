import { randomUUID } from 'node:crypto';
import { hostCycle, renderDomainXml } from '@vireo/commands';
import { type VmHardware, VmId } from '@vireo/contracts';
import { hostExec } from '@vireo/lab';
import { openSession } from '@vireo/link';
import type { HostRow } from '@vireo/workshop/inventory-waits';
import { labEndpoint } from './lab-endpoint.ts';
import type { Measurement } from './statistics.ts';

const HARDWARE: VmHardware = {
  vcpus: 1,
  maxVcpus: 1,
  memoryMiB: 128,
  maxMemoryMiB: 128,
  firmware: 'bios',
  machine: 'q35',
  cpuModel: '',
  accelerator: 'qemu',
  disks: [],
  nics: [],
  graphics: { kind: 'none' },
  hasGuestAgentChannel: false,
  isAutostart: false,
};

/** (d) What a watcher's cycle costs on the wire with 1, 10 and 50 VMs on the host: commands sent and bytes moved. */
export async function cycleCost(host: HostRow): Promise<Measurement[]> {
  const ids: VmId[] = [];
  const session = await openSession(await labEndpoint(host.name));
  const results: Measurement[] = [];
  try {
    for (const count of [1, 10, 50]) {
      while (ids.length < count) {
        const id = VmId.parse(randomUUID());
        const xml = renderDomainXml({
          id,
          name: `bench-cycle-${ids.length}`,
          description: '',
          hardware: HARDWARE,
        });
        const defined = await hostExec(host.name, ['virsh', 'define', '/dev/stdin'], { stdin: xml });
        if (defined.exitCode !== 0) throw new Error(defined.stderr);
        ids.push(id);
      }
      const before = { ...session.traffic };
      const read = hostCycle();
      const result = await session.exec(read.command);
      const seen = read.parse(result).vms.filter((vm) => ids.includes(vm.id)).length;
      if (seen !== count) throw new Error(`the cycle shows ${seen} of ${count} VMs`);
      results.push({
        id: `d${count}`,
        what: `commands per host per cycle with ${count} VMs`,
        value: session.traffic.execs - before.execs,
        unit: 'round trips',
        target: { at: 'most', value: 1 },
        detail: {
          bytesIn: session.traffic.bytesIn - before.bytesIn,
          durationMs: Math.round(result.durationMs),
        },
      });
    }
  } finally {
    for (const id of ids) await hostExec(host.name, ['virsh', 'undefine', id]);
    session.close();
  }
  return results;
}
