import { randomBytes, randomUUID } from 'node:crypto';
import {
  type HostId,
  HostId as HostIdSchema,
  type HostRecord,
  type OperationDeclaration,
  SecretId,
  VireoError,
  VmId,
  type VmRecord,
} from '@vireo/contracts';
import type { PlanningContext } from '@vireo/planner';
import type { Store } from '@vireo/store';
import type { ConsoleKey } from '../hosts/console-key.ts';

/** The ids that inputs name things by; inputs were parsed with their operation's schema before. */
type NamedIn = { id?: unknown; hostId?: unknown; secretId?: unknown; address?: unknown; port?: unknown };

function namedIn(input: unknown) {
  const { id, hostId, secretId, address, port }: NamedIn =
    typeof input === 'object' && input !== null ? input : {};
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return { id: text(id), hostId: text(hostId), secretId: text(secretId), place: `${address}:${port}` };
}

/** What an operation is about, found in the inventory, and the copy of the inventory that its planner gets. */
export interface Subject {
  vm: VmRecord | null;
  host: HostRecord | null;
  context: PlanningContext;
}

/**
 * Loads what the planner of this operation may know. Power actions know their VM and its host only, so that they
 * stay quick however large the inventory is.
 * @throws VireoError `notFound`
 */
export async function loadSubject(
  store: Store,
  consoleKey: ConsoleKey,
  operation: OperationDeclaration,
  input: unknown,
): Promise<Subject> {
  const named = namedIn(input);
  const vm = operation.object === 'vm' && named.id ? await vmNamed(store, named.id) : null;
  const hostId = vm?.hostId ?? (operation.object === 'host' ? named.id : named.hostId);
  const host = hostId ? await hostNamed(store, hostId) : null;
  const isPower = vm !== null && operation.danger !== 'destructive';
  const inventory = isPower && host ? aboutOneHost(host) : await wholeInventory(store, vm);
  const credentialKind = named.secretId ? await credentialKindOf(store, named.secretId, named.place) : null;
  const context: PlanningContext = {
    ...inventory,
    vm,
    consoleKey,
    credentialKind,
    newId: () => randomUUID(),
    randomBytes: (count) => new Uint8Array(randomBytes(count)),
  };
  return { vm, host, context };
}

type Inventory = Pick<
  PlanningContext,
  'hosts' | 'committed' | 'datastores' | 'images' | 'macsInUse' | 'diskUsers'
>;

function aboutOneHost(host: HostRecord): Inventory {
  return { hosts: [host], committed: {}, datastores: [], images: [], macsInUse: new Set(), diskUsers: [] };
}

async function wholeInventory(store: Store, vm: VmRecord | null): Promise<Inventory> {
  const paths = (vm?.hardware.disks ?? []).flatMap((disk) => [disk.path ?? [], ...disk.backingPaths].flat());
  const [hosts, committed, datastores, images, macs, users] = await Promise.all([
    store.hosts.all(),
    committedPerHost(store),
    store.storage.datastores(),
    store.storage.images(),
    store.vms.macs(),
    paths.length > 0 ? store.vms.diskUsers(paths) : [],
  ]);
  const diskUsers = users.filter((user) => user.vmId !== vm?.id);
  return { hosts, committed, datastores, images, macsInUse: new Set(macs), diskUsers };
}

async function committedPerHost(store: Store): Promise<PlanningContext['committed']> {
  const committed: Record<HostId, { memoryMiB: number; vcpus: number; vmCount: number }> = {};
  let cursor: string | null = null;
  do {
    const page = await store.hosts.page({
      filter: '',
      sort: 'name',
      limit: 500,
      ...(cursor === null ? {} : { cursor }),
    });
    for (const host of page.items)
      committed[host.id] = {
        memoryMiB: host.memoryConfiguredMiB,
        vcpus: host.vcpusConfigured,
        vmCount: host.vmCount,
      };
    cursor = page.nextCursor;
  } while (cursor !== null);
  return committed;
}

async function vmNamed(store: Store, id: string): Promise<VmRecord> {
  const vm = await store.vms.byId(VmId.parse(id));
  if (!vm) throw new VireoError('notFound');
  return vm;
}

async function hostNamed(store: Store, id: string): Promise<HostRecord> {
  const host = await store.hosts.byId(HostIdSchema.parse(id));
  if (!host) throw new VireoError('notFound');
  return host;
}

/**
 * Only a credential that was sealed for this very place, and that nothing uses yet: a failed attempt forgets it, and no
 * host may lose its own that way, nor another address be offered it.
 */
async function credentialKindOf(
  store: Store,
  id: string,
  place: string,
): Promise<PlanningContext['credentialKind']> {
  const purpose = await store.secrets.purposeOfOffered(SecretId.parse(id), place);
  if (purpose === null) throw new VireoError('notFound');
  return purpose === 'hostPassword' ? 'password' : 'privateKey';
}
