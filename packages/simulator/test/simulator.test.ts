import { EventEmitter, once } from 'node:events';
import type { Duplex } from 'node:stream';
import {
  domainEvents,
  domainGraphics,
  domainShutdown,
  domainState,
  guestAddresses,
  hostCycle,
} from '@vireo/commands';
import { VmId } from '@vireo/contracts';
import { type HostSession, openSession } from '@vireo/link';
import { afterEach, expect, it, vi } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../src/index.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function simulatorWith(options: SimulatorOptions): Promise<Simulator> {
  const simulator = await startSimulator(options);
  closers.push(() => simulator.close());
  return simulator;
}

const endpointOf = (simulator: Simulator, index = 0) => {
  const host = simulator.hosts[index];
  if (!host) throw new Error('no such host');
  const { address, port, hostKey } = host;
  return {
    address,
    port,
    user: simulator.user,
    hostKey,
    credential: { kind: 'password', password: simulator.password },
  } as const;
};

async function sessionOn(simulator: Simulator): Promise<HostSession> {
  const session = await openSession(endpointOf(simulator));
  closers.push(() => session.close());
  return session;
}

const read = (...argv: string[]) => ({ argv, timeoutMs: 2000, effect: 'read' }) as const;

it('makes the same hosts from the same seed', async () => {
  const options = { hosts: 2, vmsPerHost: 5, seed: 'twice' };
  const describe = ({ hosts }: Simulator) =>
    hosts.map(({ name, hostKey, model }) => ({
      ...{ name, hostKey, hardware: model.hardware },
      vms: [...model.vms.values()].map((vm) => [vm.id, vm.name, vm.state, vm.definition.xml()]),
    }));
  const first = describe(await simulatorWith(options));
  expect(describe(await simulatorWith(options))).toEqual(first);
  expect(describe(await simulatorWith({ ...options, seed: 'other' }))).not.toEqual(first);
});

it('gives addresses to guests that run a system, the same each time', async () => {
  const options = { hosts: 1, vmsPerHost: 40, seed: 'addresses' };
  const addressesIn = async () => {
    const simulator = await simulatorWith(options);
    const session = await sessionOn(simulator);
    const vms = [...(simulator.hosts[0]?.model.vms.values() ?? [])];
    const { command, parse } = guestAddresses(vms.map((vm) => VmId.parse(vm.id)));
    const running = vms.filter((vm) => vm.state === 'running').map((vm) => vm.id);
    // Those that the simulator has just booted take a moment, as real ones do.
    return await vi.waitFor(
      async () => {
        const heard = parse(await session.exec(command));
        expect([...heard.keys()].sort()).toEqual([...running].sort());
        return [...heard.values()].flat();
      },
      { timeout: 10_000, interval: 200 },
    );
  };
  const first = await addressesIn();
  expect(first.every((address) => /^10(\.\d{1,3}){3}$/.test(address))).toBe(true);
  expect(new Set(first).size).toBe(first.length);
  expect((await addressesIn()).sort()).toEqual(first.sort());
});

it('lists what it cannot imitate, and answers it with 127', async () => {
  const simulator = await simulatorWith({ hosts: 1, vmsPerHost: 1 });
  const session = await sessionOn(simulator);
  expect(await session.exec(read('frobnicate', '--all'))).toMatchObject({ exitCode: 127 });
  expect(await session.exec(read('sh', '-c', 'echo hello'))).toMatchObject({ exitCode: 127 });
  expect([...(simulator.hosts[0]?.model.unknownCommands ?? [])]).toContain('frobnicate --all');
});

it('looks a domain up as virsh does, and shuts it down as a guest does', async () => {
  const simulator = await simulatorWith({ hosts: 1, vmsPerHost: 20 });
  const session = await sessionOn(simulator);
  const vms = [...(simulator.hosts[0]?.model.vms.values() ?? [])];
  const running = vms.find((vm) => vm.state === 'running');
  if (!running) throw new Error('none runs');
  for (const key of [running.id, running.name, String(running.liveId)])
    expect((await session.exec(read('virsh', '-q', 'domuuid', key))).stdout).toBe(`${running.id}\n`);
  const seen: string[] = [];
  session.lines(domainEvents.argv, (line) => seen.push(domainEvents.parse(line)?.detail ?? ''));
  const id = VmId.parse(running.id);
  expect(await session.exec(domainShutdown(id))).toMatchObject({ exitCode: 0 });
  await expect
    .poll(async () => (await session.exec(domainState(id))).stdout, { timeout: 5000 })
    .toBe('shut off\n');
  await expect.poll(() => seen).toEqual(['Shutdown Finished after guest request', 'Stopped Shutdown']);
});

it('has each fault', { timeout: 30_000 }, async () => {
  const simulator = await simulatorWith({ hosts: 1, vmsPerHost: 1 });
  const set = (fault: Parameters<Simulator['setFault']>[1]) => simulator.setFault('sim01', fault);
  const session = await sessionOn(simulator);

  set({ kind: 'slow', ms: 200 });
  expect((await session.exec(read('true'))).durationMs).toBeGreaterThanOrEqual(195);
  set({ kind: 'garbageOutput' });
  expect(() => hostCycle().parse({ stdout: '', stderr: '', exitCode: 0 })).toThrow();
  const garbage = await session.exec(hostCycle().command);
  expect(() => hostCycle().parse(garbage)).toThrow();
  set({ kind: 'hang' });
  expect(await session.exec({ ...read('true'), timeoutMs: 100 })).toMatchObject({ failure: 'timedOut' });
  set({ kind: 'dropAfterExec' });
  expect(await session.exec(read('true'))).toMatchObject({ failure: 'connectionLost' });
  await session.closed;
  set({ kind: 'wrongHostKey' });
  await expect(openSession(endpointOf(simulator))).rejects.toMatchObject({ code: 'host.keyChanged' });
  set({ kind: 'refuseAuth' });
  await expect(openSession(endpointOf(simulator))).rejects.toMatchObject({ code: 'host.authRefused' });
  set({ kind: 'cut' });
  await expect(openSession(endpointOf(simulator))).rejects.toMatchObject({ code: 'host.unreachable' });
  set(null);
  expect(await (await sessionOn(simulator)).exec(read('true'))).toMatchObject({ exitCode: 0 });
  expect(() => simulator.setFault('nobody', null)).toThrow('nobody');
});

/** Reads a stream in pieces of known length. */
class Taker {
  #bytes = Buffer.alloc(0);
  #news = new EventEmitter();

  constructor(stream: Duplex) {
    stream.on('data', (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      this.#news.emit('more');
    });
  }

  async take(count: number): Promise<Buffer> {
    while (this.#bytes.length < count) await once(this.#news, 'more');
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    return taken;
  }
}

/** Asks for an update and counts the pixels that are not background. */
async function litPixels(stream: Duplex, taker: Taker): Promise<number> {
  stream.write(Buffer.from([3, 0, 0, 0, 0, 0, 2, 128, 1, 144]));
  const rectangles = (await taker.take(4)).readUInt16BE(2);
  let lit = 0;
  for (let i = 0; i < rectangles; i++) {
    const head = await taker.take(12);
    const pixels = await taker.take(head.readUInt16BE(4) * head.readUInt16BE(6) * 4);
    for (let at = 0; at < pixels.length; at += 4) if (pixels.readUInt8(at) > 100) lit++;
  }
  return lit;
}

it('shows a screen by RFB 3.8 that answers keys, and goes dark with the VM', async () => {
  const simulator = await simulatorWith({ hosts: 1, vmsPerHost: 10 });
  const session = await sessionOn(simulator);
  const model = simulator.hosts[0]?.model;
  const vm = [...(model?.vms.values() ?? [])].find((one) => one.state === 'running');
  const graphics = domainGraphics(VmId.parse(vm?.id));
  const screen = graphics.parse(await session.exec(graphics.command));
  const stream = await session.tunnelUnix(screen.kind === 'vncSocket' ? (screen.path ?? '') : '');
  const taker = new Taker(stream);
  expect(String(await taker.take(12))).toBe('RFB 003.008\n');
  stream.write('RFB 003.008\n');
  expect([...(await taker.take(2))]).toEqual([1, 1]);
  stream.write(Buffer.from([1]));
  expect((await taker.take(4)).readUInt32BE(0)).toBe(0);
  stream.write(Buffer.from([1]));
  const init = await taker.take(24);
  expect([init.readUInt16BE(0), init.readUInt16BE(2)]).toEqual([640, 400]);
  expect(String(await taker.take(init.readUInt32BE(20)))).toBe(`QEMU (${vm?.name})`);
  const before = await litPixels(stream, taker);
  expect(before).toBeGreaterThan(200);
  for (const key of 'root') stream.write(Buffer.from([4, 1, 0, 0, 0, 0, 0, key.charCodeAt(0)]));
  await expect.poll(() => litPixels(stream, taker)).toBeGreaterThan(before);
  if (vm) model?.destroy(vm);
  await once(stream, 'close');
  await expect(session.tunnelTcp('127.0.0.1', 5999)).rejects.toMatchObject({ code: 'host.unreachable' });
});

it('holds 64 hosts with 3,000 VMs', { timeout: 60_000 }, async () => {
  const before = process.memoryUsage().rss;
  const simulator = await simulatorWith({ hosts: 64, vmsPerHost: 47 });
  expect(simulator.hosts.reduce((sum, host) => sum + host.model.vms.size, 0)).toBe(3008);
  const session = await sessionOn(simulator);
  const { command, parse } = hostCycle();
  expect(parse(await session.exec(command)).vms).toHaveLength(47);
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
});
