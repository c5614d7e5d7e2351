import { createGuest, type VmRow } from '@vireo/workshop/inventory-waits';
import type { RestClient } from '@vireo/workshop/rest-client';
import { addLabHosts } from './lab-hosts.ts';

/** A stopped VM to look at: one of the simulated ones, or one that is made on the lab. */
export async function someVm(client: RestClient): Promise<VmRow> {
  const first = async () =>
    (await client.get<{ items: VmRow[] }>('/vms?limit=1&filter=state:shutOff')).items[0];
  const there = await first();
  if (there) return there;
  const hosts = await addLabHosts(client);
  const id = await createGuest(client, hosts.cna02.id, 'e2e-stopped', { start: false });
  return client.get<VmRow>(`/vms/${id}`);
}
