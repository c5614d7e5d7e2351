import { VireoError } from '@vireo/contracts';
import ssh2 from 'ssh2';
import { afterEach, expect, it, vi } from 'vitest';
import { type HostEndpoint, type KeptSession, keepSession, type LinkReport } from '../src/index.ts';
import { type LittleHost, littleHost } from './little-host.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const retry = { firstMs: 20, mostMs: 80, slowMs: 60_000 };

const PATIENCE = { timeout: 5000, interval: 10 };
const opened = (kept: KeptSession) => vi.waitFor(() => kept.session(), PATIENCE);

async function hostOn(port?: number, hostKeys?: string[]): Promise<LittleHost> {
  const host = await littleHost({ ...(port ? { port } : {}), ...(hostKeys ? { hostKeys } : {}) });
  closers.push(() => host.close());
  return host;
}

function keep(endpoint: () => Promise<HostEndpoint>): { kept: KeptSession; states: () => string[] } {
  const reports: LinkReport[] = [];
  const kept = keepSession({ endpoint, onReport: (report) => reports.push(report), retry });
  closers.push(() => kept.close());
  return { kept, states: () => reports.map((r) => r.state) };
}

it('opens, says so, and hands the session out', async () => {
  const host = await hostOn();
  const { kept, states } = keep(async () => host.endpoint);
  expect(() => kept.session()).toThrow('host.notConnected');
  const session = await opened(kept);
  expect(kept.session()).toBe(session);
  expect(await session.exec({ argv: ['true'], timeoutMs: 1000, effect: 'read' })).toMatchObject({
    exitCode: 0,
  });
  await vi.waitFor(() => expect(states()).toEqual(['connecting', 'connected']));
});

it('comes back by itself when the host does', async () => {
  const hostKeys = [ssh2.utils.generateKeyPairSync('ed25519').private];
  const host = await littleHost({ hostKeys });
  const { kept, states } = keep(async () => host.endpoint);
  const first = await opened(kept);
  await host.close();
  await first.closed;
  await vi.waitFor(() => expect(kept.report.state).toBe('unreachable'));
  expect(() => kept.session()).toThrow('host.unreachable');
  await hostOn(host.port, hostKeys);
  const second = await opened(kept);
  expect(second).not.toBe(first);
  expect(states().filter((s, i, all) => s !== all[i - 1])).toEqual([
    'connecting',
    'connected',
    'unreachable',
    'connected',
  ]);
});

it('waits for a person where only a person can help, and dials at once when told of a change', async () => {
  const host = await hostOn();
  let password = 'wrong';
  const endpoint = async (): Promise<HostEndpoint> => ({
    ...host.endpoint,
    credential: { kind: 'password', password },
  });
  const { kept } = keep(endpoint);
  await vi.waitFor(() => expect(() => kept.session()).toThrow('host.authRefused'), PATIENCE);
  const attempts = host.attempts.length;
  // Longer than the longest pause between two attempts that need no person.
  await new Promise((resolve) => setTimeout(resolve, 3 * retry.mostMs));
  expect(host.attempts).toHaveLength(attempts);
  password = 'correct horse';
  kept.endpointChanged();
  await opened(kept);
  expect(kept.report.state).toBe('connected');
});

it('reports a changed key', async () => {
  const host = await hostOn();
  const other = await hostOn();
  const { kept } = keep(async () => ({ ...host.endpoint, hostKey: other.endpoint.hostKey }));
  await vi.waitFor(() => expect(() => kept.session()).toThrow('host.keyChanged'), PATIENCE);
  expect(kept.report.state).toBe('keyChanged');
  expect(host.attempts).toEqual([]);
});

it('is silent and has no session once it is closed', async () => {
  const host = await hostOn();
  const { kept, states } = keep(async () => host.endpoint);
  const session = await opened(kept);
  await vi.waitFor(() => expect(states()).toEqual(['connecting', 'connected']));
  kept.close();
  await session.closed;
  expect(() => kept.session()).toThrow(VireoError);
  expect(states()).toEqual(['connecting', 'connected']);
});

it('counts an endpoint that cannot be read as unreachable', async () => {
  const { kept } = keep(async () => {
    throw new Error('the seal is broken');
  });
  await vi.waitFor(() => expect(kept.report.state).toBe('unreachable'));
  expect(kept.report.problem?.params).toMatchObject({ detail: 'the seal is broken' });
});
