import { readFile } from 'node:fs/promises';
import { hostAddress, hostExec, labHostKey, labKeyPath } from '@vireo/lab';
import { connectedHosts, type HostRow } from '@vireo/workshop/inventory-waits';
import type { RestClient } from '@vireo/workshop/rest-client';

export const LAB_HOSTS = ['cna01', 'cna02', 'cna03'] as const;

/** Adds the lab hosts that the console does not have yet, over REST, and waits until they are connected. */
export async function addLabHosts(client: RestClient): Promise<Record<(typeof LAB_HOSTS)[number], HostRow>> {
  const known = (await client.get<{ items: HostRow[] }>('/hosts?limit=100')).items.map((host) => host.name);
  const value = await readFile(labKeyPath(), 'utf8');
  for (const name of LAB_HOSTS.filter((host) => !known.includes(host))) {
    const hostKey = labHostKey(name);
    await client.run('/hosts', {
      name,
      address: hostAddress(name),
      port: 22,
      user: 'root',
      hostKey,
      credential: { kind: 'privateKey', value },
    });
  }
  const hosts = await connectedHosts(client, LAB_HOSTS.length);
  const named = (name: string) => {
    const host = hosts.find((h) => h.name === name);
    if (!host) throw new Error(`${name} is not in the inventory`);
    return host;
  };
  return { cna01: named('cna01'), cna02: named('cna02'), cna03: named('cna03') };
}

/** What virsh says of a VM's state on a host, e.g. "running"; "absent" when it knows no such VM. */
export async function stateOnHost(host: string, uuid: string): Promise<string> {
  const result = await hostExec(host, ['virsh', 'domstate', uuid]);
  return result.exitCode === 0 ? result.stdout.trim() : 'absent';
}

/** Whether a file is on a host. */
export async function fileOnHost(host: string, path: string): Promise<boolean> {
  return (await hostExec(host, ['test', '-e', path])).exitCode === 0;
}

/** Runs virsh on a host; fails the test when it fails. */
export async function virsh(host: string, args: string[], stdin?: string): Promise<string> {
  const result = await hostExec(host, ['virsh', ...args], stdin === undefined ? {} : { stdin });
  if (result.exitCode !== 0) throw new Error(`virsh ${args.join(' ')} on ${host}: ${result.stderr}`);
  return result.stdout;
}
