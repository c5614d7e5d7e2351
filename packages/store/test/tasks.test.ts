import { VireoError } from '@vireo/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestStore } from '../src/testing.ts';
import { StaleEpochError, type Store } from '../src/types.ts';
import { addHost, hardware, hostId, submit, vmId } from './fixtures.ts';

let store: Store;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ store, stop } = await openTestStore());
});
afterAll(() => stop());

async function drain(): Promise<void> {
  for (;;) {
    const claimed = await store.tasks.claim('drain', 1);
    if (!claimed) return;
    await store.tasks.finish(claimed.taskId, claimed.epoch, { state: 'done', error: null, changes: [] });
  }
}
beforeEach(drain);

const codeOf = (error: unknown) => (error instanceof VireoError ? error.code : error);

test('of 50 parallel tasks for one VM exactly one gets the lock, and the others learn the holder', async () => {
  const object = { kind: 'vm', id: vmId(), name: 'web01' };
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => submit(store, { object })));
  const won = results.filter((result) => result.status === 'fulfilled');
  expect(won).toHaveLength(1);
  const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  for (const reason of reasons) {
    expect(codeOf(reason)).toBe('vm.busy');
    expect(reason.params).toMatchObject({
      operation: 'vm.start',
      name: 'web01',
      taskId: won[0]?.value.taskId,
    });
  }
});

test('many that want overlapping locks: no deadlock, no two holders', async () => {
  const ids = Array.from({ length: 6 }, () => vmId());
  const results = await Promise.allSettled(
    Array.from({ length: 40 }, (_, n) => {
      const locks = [0, 1, 2].map((k) => ids[(n * 5 + k * 2) % ids.length] ?? '').reverse();
      return submit(store, { object: { kind: 'host', id: locks[0] ?? '', name: 'h' }, locks });
    }),
  );
  const held = results.flatMap((result) => (result.status === 'fulfilled' ? result.value.plan.locks : []));
  expect(new Set(held).size).toBe(held.length);
  for (const result of results)
    if (result.status === 'rejected') expect(codeOf(result.reason)).toBe('object.busy');
});

test('names of created VMs are unique under parallel creates, and nothing of the refused is left', async () => {
  const host = await addHost(store, 'names');
  const create = (name: string) => {
    const id = vmId();
    return submit(store, {
      operation: 'vm.create',
      object: { kind: 'vm', id, name },
      onSubmit: [{ kind: 'vm.insert', vmId: id, hostId: host, name, description: '', hardware: hardware() }],
    });
  };
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) => create(n % 2 ? 'Twin' : 'twin')),
  );
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  for (const result of results)
    if (result.status === 'rejected') expect(codeOf(result.reason)).toBe('vm.nameTaken');
  const page = await store.vms.page({ filter: 'twin', sort: 'name', limit: 10 });
  expect(page.items).toHaveLength(1);
  expect(page.items[0]).toMatchObject({
    state: 'unknown',
    lastKnownState: null,
    busy: { operation: 'vm.create' },
  });
});

test('host names and addresses are unique', async () => {
  await addHost(store, 'Unique');
  await expect(addHost(store, 'unique')).rejects.toMatchObject({ code: 'host.nameTaken' });
  const target = {
    address: 'A.example',
    port: 22,
    user: 'root',
    hostKey: 'ssh-ed25519 AAAA',
    secretId: await store.secrets.seal('hostPassword', 'a', 'b'),
  };
  const add = (name: string, address: string) =>
    submit(store, {
      locks: [],
      onSubmit: [{ kind: 'host.insert', hostId: hostId(), name, target: { ...target, address } }],
    });
  await add('first', 'A.example');
  await expect(add('second', 'a.EXAMPLE')).rejects.toMatchObject({ code: 'host.addressTaken' });
});

test('parallel workers never hold the same task, and every task is claimed once', async () => {
  const submitted = await Promise.all(Array.from({ length: 30 }, () => submit(store)));
  const claims = await Promise.all(
    Array.from({ length: 8 }, async (_, n) => {
      const mine: string[] = [];
      for (;;) {
        const claimed = await store.tasks.claim(`worker-${n}`, 10_000);
        if (!claimed) return mine;
        mine.push(claimed.taskId);
      }
    }),
  );
  expect(claims.flat().sort()).toEqual(submitted.map((task) => task.taskId as string).sort());
  for (const task of submitted)
    await store.tasks.finish(task.taskId, 1, { state: 'done', error: null, changes: [] });
});

test('a lease that ended is taken over, and the old holder can write nothing any more', async () => {
  const { taskId } = await submit(store);
  const first = await store.tasks.claim('one', 50);
  expect(first).toMatchObject({ taskId, epoch: 1, state: 'queued' });
  expect(first?.steps).toEqual([
    { id: 'one', state: 'pending' },
    { id: 'two', state: 'pending' },
  ]);
  await store.tasks.setState(taskId, 1, 'running');
  await store.tasks.setStep(taskId, 1, 'one', { state: 'done', finishedAt: new Date() });
  let second = await store.tasks.claim('two', 10_000);
  const deadline = Date.now() + 5000;
  while (!second && Date.now() < deadline) second = await store.tasks.claim('two', 10_000);
  expect(second).toMatchObject({ taskId, epoch: 2, state: 'running' });
  expect(second?.steps[0]).toEqual({ id: 'one', state: 'done' });

  const entry: Parameters<Store['tasks']['appendTranscript']>[2] = {
    stepId: 'one',
    phase: 'step',
    hostName: 'h',
    argv: ['a'],
    stdin: null,
    startedAt: new Date().toISOString(),
    durationMs: 1,
    exitCode: 0,
    stdout: `a\0b${'x'.repeat(70_000)}`,
    stderr: '',
    failure: null,
  };
  const end = { state: 'failed', error: null, changes: [] } as const;
  const stale = [
    () => store.tasks.renew(taskId, 1, 1000),
    () => store.tasks.setState(taskId, 1, 'waiting'),
    () => store.tasks.setStep(taskId, 1, 'two', { state: 'done' }),
    () => store.tasks.setChecks(taskId, 1, []),
    () => store.tasks.setResult(taskId, 1, {}),
    () => store.tasks.appendTranscript(taskId, 1, entry),
    () => store.tasks.finish(taskId, 1, { ...end, changes: [] }),
  ];
  for (const write of stale) await expect(write()).rejects.toBeInstanceOf(StaleEpochError);

  await store.tasks.appendTranscript(taskId, 2, entry);
  await store.tasks.appendTranscript(taskId, 2, { ...entry, phase: 'undo' });
  await store.tasks.setResult(taskId, 2, { hostKey: 'k' });
  const view = await store.tasks.view(taskId);
  expect(view?.transcript.map((line) => [line.sequence, line.phase])).toEqual([
    [1, 'step'],
    [2, 'undo'],
  ]);
  expect(Buffer.byteLength(view?.transcript[0]?.stdout ?? '')).toBeLessThanOrEqual(65_536);
  expect(view).toMatchObject({
    state: 'running',
    progressPercent: 50,
    result: { hostKey: 'k' },
    canCancel: true,
  });
  await store.tasks.requestCancel(taskId);
  expect(await store.tasks.renew(taskId, 2, 1000)).toEqual({ isCancelRequested: true });
  await store.tasks.finish(taskId, 2, { state: 'cancelled', error: { key: 'errors.x' }, changes: [] });
  await expect(store.tasks.renew(taskId, 2, 1000)).rejects.toBeInstanceOf(StaleEpochError);
  expect(await store.tasks.view(taskId)).toMatchObject({ state: 'cancelled', canRetry: true });
  expect(await store.tasks.inputOf(taskId)).toEqual({
    operation: 'vm.start',
    input: { a: 1 },
    state: 'cancelled',
  });
});

test('the end of a task frees its locks and closes its audit entry', async () => {
  const object = { kind: 'vm', id: vmId(), name: 'freed' };
  const { taskId } = await submit(store, { object });
  await store.tasks.claim('one', 10_000);
  await store.tasks.finish(taskId, 1, { state: 'failed', error: { key: 'errors.step.failed' }, changes: [] });
  const events = await store.events.page({ filter: `objectId:${object.id}`, sort: '-at', limit: 10 });
  expect(events.items).toMatchObject([{ kind: 'audit', outcome: 'failed', taskId, objectName: 'freed' }]);
  await submit(store, { object });
});

test('a waiting task is due again at its time, and waiting workers are woken', async () => {
  const woken = store.tasks.waitForWork(20_000);
  const { taskId } = await submit(store);
  await woken;
  await store.tasks.claim('one', 10_000);
  await store.tasks.setState(taskId, 1, 'waiting', {
    notBefore: new Date(Date.now() + 60_000),
    releaseLease: true,
  });
  expect(await store.tasks.claim('two', 1000)).toBeNull();
  await store.tasks.requestCancel(taskId);
  expect(await store.tasks.claim('two', 1000)).toMatchObject({
    taskId,
    state: 'waiting',
    isCancelRequested: true,
  });
});

test('what is being taken back can be cancelled once, and what got stuck can be tried again', async () => {
  const { taskId } = await submit(store);
  await store.tasks.claim('one', 10_000);
  await store.tasks.setState(taskId, 1, 'unwinding');
  expect(await store.tasks.view(taskId)).toMatchObject({ canCancel: true, canRetry: false });
  await store.tasks.requestCancel(taskId);
  expect(await store.tasks.view(taskId)).toMatchObject({ canCancel: false, canRetry: false });
  await store.tasks.finish(taskId, 1, { state: 'stuck', error: { key: 'errors.undo.failed' }, changes: [] });
  expect(await store.tasks.view(taskId)).toMatchObject({ canCancel: false, canRetry: true });
});

test('a host with open tasks on its VMs is not removed', async () => {
  const host = await addHost(store, 'busy-host');
  const id = vmId();
  await submit(store, {
    object: { kind: 'vm', id, name: 'on-it' },
    onSubmit: [
      { kind: 'vm.insert', vmId: id, hostId: host, name: 'on-it', description: '', hardware: hardware() },
    ],
  });
  const remove = submit(store, {
    object: { kind: 'host', id: host, name: 'busy-host' },
    onSubmit: [{ kind: 'host.remove', hostId: host }],
  });
  await expect(remove).rejects.toMatchObject({ code: 'host.hasOpenTasks' });
});
