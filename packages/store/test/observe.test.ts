import type { HostId } from '@vireo/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore } from '../src/testing.ts';
import type { Store } from '../src/types.ts';
import { addHost, hardware, observed, submit, USAGE, vmId } from './fixtures.ts';

let store: Store;
let stop: () => Promise<void>;
let hosts = 0;
beforeAll(async () => {
  ({ store, stop } = await openTestStore());
});
afterAll(() => stop());

const newHost = () => addHost(store, `host-${++hosts}`);
const list = (host: HostId, ...vms: ReturnType<typeof observed>[]) =>
  store.observe.vms(host, vms, { isComplete: true });
const eventsOf = async (id: string) => {
  const page = await store.events.page({ filter: `objectId:${id} kind:event`, sort: 'at', limit: 50 });
  return page.items.map((event) => event.message.key);
};

test('unknown VMs are adopted, the same listing again changes nothing', async () => {
  const host = await newHost();
  const vms = [observed({ addresses: ['10.0.0.9'], description: 'found' }), observed({ state: 'shutOff' })];
  const first = await list(host, ...vms);
  expect(first.adopted).toHaveLength(2);
  const before = await store.changes.latestId();
  expect(await list(host, ...vms)).toEqual({ changed: [], adopted: [], removed: [] });
  // Not re-read this time: keep what is known.
  const sparse = vms.map(({ id, name, state, stateReason, isPersistent }) => ({
    ...{ id, name, state, stateReason, isPersistent },
    usage: { ...USAGE, cpuPercent: 77 },
  }));
  expect(await store.observe.vms(host, sparse, { isComplete: true })).toMatchObject({ changed: [] });
  expect(await store.changes.latestId()).toBe(before);
  const view = await store.vms.view(vms[0]?.id ?? vmId());
  expect(view).toMatchObject({
    isAdopted: true,
    state: 'running',
    cpuPercent: 77,
    addresses: ['10.0.0.9'],
    description: 'found',
    definitionXml: '<domain/>',
    diskBytes: 5,
    vcpus: 2,
    usage: { cpuPercent: 77 },
  });
  expect(view?.hardware).toEqual(vms[0]?.hardware);
  expect(await eventsOf(vms[0]?.id ?? '')).toEqual(['events.vm.adopted']);
});

test('only what differs is written, and told when no task explains it', async () => {
  const host = await newHost();
  const [one, two] = [observed(), observed()];
  await list(host, one, two);
  const result = await list(host, one, { ...two, state: 'shutOff', usage: null });
  expect(result).toEqual({ changed: [two.id], adopted: [], removed: [] });
  expect(await eventsOf(two.id)).toEqual(['events.vm.adopted', 'events.vm.stopped']);
  expect(await store.vms.view(two.id)).toMatchObject({ state: 'shutOff', cpuPercent: null, usage: null });
  await list(host, { ...one, hardware: hardware({ vcpus: 4 }), definitionXml: '<domain id="2"/>' }, two);
  expect(await store.vms.view(one.id)).toMatchObject({ vcpus: 4 });
  expect(await eventsOf(one.id)).toEqual(['events.vm.adopted', 'events.vm.definitionChanged']);
  await list(host, { ...one, name: 'renamed <b>\0' }, two);
  expect((await store.vms.byId(one.id))?.name).toBe('renamed <b>\ufffd');
});

test('a VM that is gone from a complete listing is removed, not so while a task holds it', async () => {
  const host = await newHost();
  const [gone, held] = [observed(), observed()];
  await list(host, gone, held);
  const { taskId } = await submit(store, { object: { kind: 'vm', id: held.id, name: held.name } });
  expect(await store.observe.vms(host, [], { isComplete: false })).toMatchObject({ removed: [] });
  expect(await list(host)).toEqual({ changed: [], adopted: [], removed: [gone.id] });
  expect(await eventsOf(gone.id)).toContain('events.vm.removedOutside');
  const readAt = new Date();
  const claimed = await store.tasks.claim('w', 10_000);
  expect(claimed?.taskId).toBe(taskId);
  await store.tasks.finish(taskId, 1, { state: 'done', error: null, changes: [] });
  // A reading that began before the task ended says nothing.
  expect(await store.observe.vms(host, [], { isComplete: true, readAt })).toMatchObject({ removed: [] });
  expect((await list(host)).removed).toEqual([held.id]);
});

test('state changes under a task make no event, and older readings than the last are ignored', async () => {
  const host = await newHost();
  const vm = observed({ state: 'shutOff', usage: null });
  await list(host, vm);
  await submit(store, { object: { kind: 'vm', id: vm.id, name: vm.name } });
  const before = new Date(Date.now() - 1000);
  await list(host, { ...vm, state: 'running' });
  expect(await eventsOf(vm.id)).toEqual(['events.vm.adopted']);
  await store.observe.vms(host, [{ ...vm, state: 'shutOff' }], { isComplete: true, readAt: before });
  expect(await store.vms.view(vm.id)).toMatchObject({ state: 'running' });
});

test('a created VM becomes known by its first listing and is not "adopted"', async () => {
  const host = await newHost();
  const id = vmId();
  const { taskId } = await submit(store, {
    operation: 'vm.create',
    object: { kind: 'vm', id, name: 'made' },
    onSubmit: [
      { kind: 'vm.insert', vmId: id, hostId: host, name: 'made', description: 'd', hardware: hardware() },
    ],
  });
  expect(await store.vms.view(id)).toMatchObject({
    state: 'unknown',
    isAdopted: false,
    busy: { taskId, operation: 'vm.create' },
  });
  await list(host, observed({ id, name: 'made', state: 'shutOff', usage: null }));
  expect(await store.vms.view(id)).toMatchObject({ state: 'shutOff', isAdopted: false, description: 'd' });
  expect(await eventsOf(id)).toEqual([]);
});

test('a VM on two hosts stays where it runs; both at once are told once', async () => {
  const [a, b] = [await newHost(), await newHost()];
  const vm = observed({ state: 'shutOff', usage: null });
  await list(a, vm);
  await list(b, { ...vm, state: 'running' });
  expect(await store.vms.byId(vm.id)).toMatchObject({ hostId: b, state: 'running' });
  await list(a, vm);
  expect(await store.vms.byId(vm.id)).toMatchObject({ hostId: b, state: 'running' });
  for (let n = 0; n < 3; n += 1) {
    await list(a, { ...vm, state: 'running' });
    await list(b, { ...vm, state: 'running' });
  }
  expect((await eventsOf(vm.id)).filter((key) => key === 'events.vm.ambiguous')).toHaveLength(1);
  const start = submit(store, { object: { kind: 'vm', id: vm.id, name: vm.name } });
  await expect(start).rejects.toMatchObject({ code: 'vm.ambiguousUuid' });
  // Gone from its place: it is where it was also seen.
  await list(b);
  expect(await store.vms.byId(vm.id)).toMatchObject({ hostId: a });
});

test('a host that can not be asked makes its VMs unknown', async () => {
  const host = await newHost();
  const vm = observed();
  await list(host, vm);
  await store.observe.connection(host, 'unreachable', { key: 'errors.host.unreachable' });
  expect(await store.vms.view(vm.id)).toMatchObject({ state: 'unknown', lastKnownState: 'running' });
  const page = await store.vms.page({ filter: `state:unknown hostId:${host}`, sort: 'name', limit: 5 });
  expect(page.items.map((row) => row.id)).toEqual([vm.id]);
  await store.observe.connection(host, 'connecting', null);
  await store.observe.connection(host, 'unreachable', null);
  await store.observe.connection(host, 'connected', null);
  expect(await store.vms.view(vm.id)).toMatchObject({ state: 'running' });
  expect(await eventsOf(host)).toEqual([
    'events.host.connected',
    'events.host.unreachable',
    'events.host.connected',
  ]);
});

test('storage is kept per host, with changes only for differences', async () => {
  const host = await newHost();
  const datastore = {
    name: 'local',
    path: '/srv',
    kind: 'dir',
    capacityBytes: 1000,
    availableBytes: 500,
    isActive: true,
  };
  const image = {
    name: 'guest.qcow2',
    path: '/srv/guest.qcow2',
    kind: 'disk',
    format: 'qcow2',
    virtualBytes: 2 ** 40,
    allocatedBytes: 9,
    datastoreName: 'local',
  } as const;
  await store.observe.storage(host, [datastore], [image]);
  const before = await store.changes.latestId();
  await store.observe.storage(host, [{ ...datastore, availableBytes: 499 }], [image]);
  expect(await store.changes.latestId()).toBe(before);
  expect(await store.storage.imageViews()).toMatchObject([{ name: 'guest.qcow2', virtualBytes: 2 ** 40 }]);
  expect(await store.storage.datastores()).toMatchObject([{ availableBytes: 499 }]);
  await store.observe.storage(host, [], []);
  expect(await store.storage.images()).toEqual([]);
  expect(await store.storage.datastores()).toEqual([]);
});
