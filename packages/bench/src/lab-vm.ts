import type { Client } from './stack.ts';
import { until } from './stack.ts';

interface Page<T> {
  items: T[];
}
export interface HostRow {
  id: string;
  name: string;
  connection: string;
}
export interface VmRow {
  id: string;
  name: string;
  state: string;
  hostId: string;
}

/** Waits until `count` hosts are connected. */
export async function connectedHosts(client: Client, count: number, timeoutMs = 120_000): Promise<HostRow[]> {
  let hosts: HostRow[] = [];
  await until(`${count} connected hosts`, timeoutMs, async () => {
    hosts = (await client.get<Page<HostRow>>('/hosts?limit=500')).items;
    return hosts.filter((h) => h.connection === 'connected').length >= count;
  });
  return hosts;
}

export async function vmState(client: Client, id: string): Promise<string> {
  return (await client.get<VmRow>(`/vms/${id}`)).state;
}

/** Creates a VM from the lab's guest image on a host; resolves with its id once the task is done. */
export async function createGuest(
  client: Client,
  host: HostRow,
  name: string,
  start: boolean,
): Promise<string> {
  let image: { id: string } | undefined;
  await until('the guest image', 60_000, async () => {
    const images = (await client.get<Page<{ id: string; name: string; hostId: string }>>('/images?limit=500'))
      .items;
    image = images.find((i) => i.hostId === host.id && i.name.includes('guest'));
    return image !== undefined;
  });
  const { task } = await client.run('/vms', {
    name,
    vcpus: 1,
    memoryMiB: 128,
    hostId: host.id,
    imageId: image?.id,
    network: 'none',
    start,
  });
  return task.objectId;
}

export async function deleteGuest(client: Client, id: string): Promise<void> {
  const vm = await client.get<VmRow>(`/vms/${id}`);
  if (vm.state !== 'shutOff') await client.run(`/vms/${id}/stop`, {});
  await client.run(`/vms/${id}/delete`, { confirmName: vm.name, deleteDisks: true });
}
