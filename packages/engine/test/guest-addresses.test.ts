import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HostWatcher } from '../src/watch/host-watcher.ts';
import { FakeWatched, RECORD, vm } from './fakes/fake-watch.ts';

const [WEB, DB, APP] = [vm('web', 'running', 1), vm('db', 'running', 2), vm('app', 'shutOff', 3)];

describe('addresses of guests', () => {
  let host: FakeWatched;
  let watcher: HostWatcher;
  beforeEach(async () => {
    vi.useFakeTimers();
    host = new FakeWatched();
    host.vms = [WEB, DB, APP];
    host.addresses = new Map([[WEB.id, ['10.0.0.9', '2001:db8::9']]]);
    watcher = new HostWatcher(host.deps(), RECORD);
    host.connect();
    await vi.advanceTimersByTimeAsync(100);
  });
  afterEach(async () => {
    await watcher.stop();
    vi.useRealTimers();
  });

  const asked = () => host.asked.filter((one) => one.startsWith('addresses'));
  const storedOf = (name: string) =>
    host.stored.flatMap((vms) => vms.filter((one) => one.name === name && one.addresses)).at(-1);
  const hear = async (event: string, afterMs: number) => {
    host.hint(`lifecycle|${event}`);
    await vi.advanceTimersByTimeAsync(afterMs);
  };

  it('are asked of those that run with an agent, every 30 s, apart from the cycle', async () => {
    expect(asked()).toEqual(['addresses 1']);
    expect(storedOf('web')).toMatchObject({ state: 'running', addresses: ['10.0.0.9', '2001:db8::9'] });
    expect(storedOf('db')).toBeUndefined();
    await vi.advanceTimersByTimeAsync(29_000);
    expect(asked()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked()).toHaveLength(2);
    const reread = watcher.reread({});
    await vi.advanceTimersByTimeAsync(10);
    await reread;
    expect(asked()).toHaveLength(2);
  });

  it('are asked 10 s after a start was seen, however many starts there are', async () => {
    host.vms = [WEB, DB, { ...APP, state: 'running' }];
    await hear('app|Started Booted', 5000);
    expect(asked()).toHaveLength(1);
    host.addresses.set(APP.id, ['10.0.0.3']);
    host.vms = [WEB, { ...DB, state: 'shutOff' }, { ...APP, state: 'running' }];
    await hear('db|Stopped Destroyed', 2000);
    host.vms = [WEB, DB, { ...APP, state: 'running' }];
    await hear('db|Started Booted', 3100);
    expect(asked()).toEqual(['addresses 1', 'addresses 2']);
    expect(storedOf('app')).toMatchObject({ addresses: ['10.0.0.3'] });
    // db was young then: once more, and from then on as always.
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked()).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked()).toHaveLength(3);
  });

  it('are gone when the VM stops, and not asked of anybody when nobody runs', async () => {
    host.vms = [{ ...WEB, state: 'shutOff' }, DB, APP];
    await hear('web|Stopped Shutdown', 100);
    expect(storedOf('web')).toMatchObject({ state: 'shutOff', addresses: [] });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked()).toHaveLength(1);
  });

  it('stay as they are when the host gives no answer', async () => {
    const stored = host.stored.length;
    host.failure = 'timedOut';
    await vi.advanceTimersByTimeAsync(31_000);
    expect(asked()).toHaveLength(2);
    expect(host.stored).toHaveLength(stored);
    expect(host.connections.at(-1)).toBe('connected');
    host.failure = null;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(host.stored.length).toBeGreaterThan(stored);
  });
});
