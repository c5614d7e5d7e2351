import { type RestClient, until } from './rest-client.ts';

interface Page<T> {
  items: T[];
}

/** Rows as the REST API gives them, as far as tests and the bench read them. */
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
export interface ImageRow {
  id: string;
  name: string;
  hostId: string;
}

/** Waits until `count` hosts are connected. @returns all hosts. */
export async function connectedHosts(
  client: RestClient,
  count: number,
  timeoutMs = 120_000,
): Promise<HostRow[]> {
  let hosts: HostRow[] = [];
  await until(`${count} connected hosts`, timeoutMs, async () => {
    hosts = (await client.get<Page<HostRow>>('/hosts?limit=500')).items;
    return hosts.filter((h) => h.connection === 'connected').length >= count;
  });
  return hosts;
}

/** The VM's state as the console shows it. */
export async function vmState(client: RestClient, id: string): Promise<string> {
  return (await client.get<VmRow>(`/vms/${id}`)).state;
}

/** The VM of this name, or null. */
export async function vmNamed(client: RestClient, name: string): Promise<VmRow | null> {
  const { items } = await client.get<Page<VmRow>>(
    `/vms?limit=500&filter=${encodeURIComponent(`name:"${name}"`)}`,
  );
  return items.find((vm) => vm.name === name) ?? null;
}

/** Waits until the host shows the lab's guest image. @returns its id on that host. */
export async function guestImage(client: RestClient, hostId: string): Promise<string> {
  let image: ImageRow | undefined;
  await until('the guest image', 60_000, async () => {
    const { items } = await client.get<Page<ImageRow>>('/images?limit=500');
    image = items.find((i) => i.hostId === hostId && i.name.includes('guest'));
    return image !== undefined;
  });
  return image?.id ?? '';
}

/** Creates a VM from the lab's guest image on a host; resolves with its id once the task is done. */
export async function createGuest(
  client: RestClient,
  hostId: string,
  name: string,
  options: { start: boolean; network?: string },
): Promise<string> {
  const imageId = await guestImage(client, hostId);
  const body = {
    name,
    vcpus: 1,
    memoryMiB: 128,
    hostId,
    imageId,
    network: options.network ?? 'none',
    start: options.start,
  };
  const { task } = await client.run('/vms', body);
  return task.objectId;
}

/** Stops and deletes a VM with its disks. */
export async function deleteGuest(client: RestClient, id: string): Promise<void> {
  const vm = await client.get<VmRow>(`/vms/${id}`);
  if (vm.state !== 'shutOff') await client.run(`/vms/${id}/stop`, {});
  await client.run(`/vms/${id}/delete`, { confirmName: vm.name, deleteDisks: true });
}
