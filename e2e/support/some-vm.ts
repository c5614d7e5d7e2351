import { randomUUID } from 'node:crypto';
import { createGuest, deleteGuest, type VmRow } from '@vireo/workshop/inventory-waits';
import type { RestClient } from '@vireo/workshop/rest-client';
import { addLabHosts } from './lab-hosts.ts';

/** A stopped VM to look at: one of the simulated ones, or one that is made on the lab and removed afterwards. */
export async function someVm(client: RestClient): Promise<{ vm: VmRow; remove(): Promise<void> }> {
  if (process.env.VIREO_TEST_HOSTS === 'simulator') {
    const [vm] = (await client.get<{ items: VmRow[] }>('/vms?limit=1&filter=state:shutOff')).items;
    if (!vm) throw new Error('no simulated VM is stopped');
    return { vm, remove: () => Promise.resolve() };
  }
  const hosts = await addLabHosts(client);
  const id = await createGuest(client, hosts.cna02.id, `e2e-stopped-${randomUUID().slice(0, 8)}`, {
    start: false,
  });
  return { vm: await client.get<VmRow>(`/vms/${id}`), remove: () => deleteGuest(client, id) };
}
