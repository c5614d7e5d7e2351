import { afterEach, describe, expect, it, vi } from 'vitest';
import { HostWatcher } from '../src/watch/host-watcher.ts';
import { FakeWatched, RECORD, vm } from './fakes/fake-watch.ts';

let watcher: HostWatcher | null = null;
afterEach(async () => {
  await watcher?.stop();
});

function watching(host: FakeWatched, cycleMs?: number): HostWatcher {
  watcher = new HostWatcher(host.deps(cycleMs), RECORD);
  return watcher;
}
const count = (host: FakeWatched, what: string) => host.asked.filter((one) => one === what).length;

describe('a watched host', () => {
  it('counts as connected once its VMs were read, and has a session from then on', async () => {
    const host = new FakeWatched();
    host.vms = [vm('web', 'running', 1), vm('db', 'shutOff', 2)];
    const one = watching(host);
    expect(one.session).toBeNull();
    host.connect();
    expect(one.session).toBeNull();
    await vi.waitFor(() => expect(host.connections).toEqual(['connecting', 'connected']));
    expect(one.session).not.toBeNull();
    expect(host.stored[0]).toMatchObject([
      { name: 'web', state: 'running', definitionXml: '<domain/>' },
      { name: 'db', state: 'shutOff', definitionXml: '<domain/>' },
    ]);
    expect(count(host, 'definitions 2')).toBe(1);
  });

  it('is read once for a flock of events, definitions only where the events tell of them', async () => {
    const host = new FakeWatched();
    host.vms = [vm('web', 'shutOff')];
    watching(host);
    host.connect();
    await vi.waitFor(() => expect(host.connections).toContain('connected'));
    host.vms = [vm('web', 'running')];
    for (const detail of ['Resumed', 'Started Booted', 'Running']) host.hint(`lifecycle|web|${detail}`);
    host.hint('rtc-change|web|3600');
    await vi.waitFor(() => expect(host.stored.at(-1)?.[0]?.state).toBe('running'));
    expect(count(host, 'cycle')).toBe(2);
    expect(host.stored.at(-1)?.[0]).not.toHaveProperty('definitionXml');
    host.hint('lifecycle|web|Defined Updated');
    await vi.waitFor(() => expect(host.stored.at(-1)?.[0]).toHaveProperty('definitionXml'));
  });

  it('is read again on request: the answer comes after a reading that began later', async () => {
    const host = new FakeWatched();
    const one = watching(host);
    host.connect();
    await vi.waitFor(() => expect(one.session).not.toBeNull());
    host.vms = [vm('web', 'running')];
    await one.reread({});
    expect(host.stored.at(-1)).toMatchObject([{ name: 'web' }]);
  });

  it('is read once for a task that announced its reading, not for the events of its command as well', async () => {
    const host = new FakeWatched();
    const one = watching(host);
    host.connect();
    await vi.waitFor(() => expect(one.session).not.toBeNull());
    const before = count(host, 'cycle');
    one.announceReread();
    host.hint('lifecycle|web|Started Booted');
    host.vms = [vm('web', 'running')];
    await one.reread({});
    expect(host.stored.at(-1)).toMatchObject([{ name: 'web' }]);
    expect(count(host, 'cycle')).toBe(before + 1);
  });

  it('is unreachable while it is away, has no session, and comes back by itself', async () => {
    const host = new FakeWatched();
    const one = watching(host);
    host.connect();
    await vi.waitFor(() => expect(one.session).not.toBeNull());
    const waiting = one.changed.next(AbortSignal.timeout(5000));
    host.lose();
    await waiting;
    expect(one.session).toBeNull();
    await one.reread({});
    const readings = host.stored.length;
    host.connect();
    await vi.waitFor(() => expect(one.session).not.toBeNull());
    expect(host.connections).toEqual(['connecting', 'connected', 'unreachable', 'connected']);
    // What happened meanwhile was read before anything was said.
    expect(host.stored.length).toBe(readings + 1);
  });

  it('is not asked anything when its key changed', async () => {
    const host = new FakeWatched();
    const one = watching(host);
    host.lose('host.keyChanged');
    await vi.waitFor(() => expect(host.connections).toEqual(['connecting', 'keyChanged']));
    expect(one.connection).toMatchObject({
      connection: 'keyChanged',
      reason: { key: 'errors.host.keyChanged', params: { fingerprint: 'SHA256:new' } },
    });
    expect(host.asked).toEqual([]);
  });

  it('that hangs counts as unreachable, and its connection is dropped; nothing is stored', async () => {
    const host = new FakeWatched();
    const one = watching(host, 20);
    host.connect();
    await vi.waitFor(() => expect(one.session).not.toBeNull());
    host.failure = 'timedOut';
    await vi.waitFor(() => expect(host.connections.at(-1)).toBe('unreachable'));
    expect(one.session).toBeNull();
    expect(host.asked).toContain('close');
    const readings = host.stored.length;
    host.failure = null;
    await vi.waitFor(() => expect(host.connections.at(-1)).toBe('connected'));
    expect(host.stored.length).toBeGreaterThan(readings);
  });

  it('gets a new event stream when the old one dies, and is read for what was missed', async () => {
    const host = new FakeWatched();
    const one = watching(host);
    host.connect();
    await vi.waitFor(() => expect(one.session).not.toBeNull());
    const before = count(host, 'cycle');
    host.endStream();
    await vi.waitFor(() => expect(host.streams).toBe(2), { timeout: 3000 });
    await vi.waitFor(() => expect(count(host, 'cycle')).toBe(before + 1));
  });

  it('is dialled anew when its address or key changed, and only then', () => {
    const host = new FakeWatched();
    const one = watching(host);
    one.update({ ...RECORD, name: 'renamed', connection: 'connected' });
    expect(host.asked).toEqual([]);
    one.update({ ...RECORD, target: { ...RECORD.target, hostKey: 'ssh-ed25519 BBBB' } });
    expect(host.asked).toEqual(['endpointChanged']);
  });
});
