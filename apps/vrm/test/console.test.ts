import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { A_PASSWORD, addVm } from '@vireo/api/testing';
import { VireoError } from '@vireo/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { CONSOLE_CLOSE } from '../src/index.ts';
import { type Running, startRunning } from './running.ts';

/** A screen that notes what it is told and says what the test pushes. */
class FakeScreen extends Duplex {
  readonly received: Buffer[] = [];
  wanted = 0;

  override _read(): void {
    this.wanted += 1;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.received.push(chunk);
    done();
  }
}

let running: Running;
let cookie: string;
let screen: FakeScreen;
let vm: ReturnType<typeof addVm>;
const sockets: WebSocket[] = [];

beforeEach(async () => {
  running = await startRunning();
  await running.addUser('olga', 'operator');
  await running.addUser('victor', 'readOnly');
  cookie = await running.cookieOf('olga');
  vm = addVm(running.memory);
  screen = new FakeScreen();
  running.engine.screen = async () => screen;
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await running.stop();
});

async function ticketPath(): Promise<string> {
  const answer = await running.mutate('vm.openConsole', { id: vm.id }, { cookie });
  const body = (await answer.json()) as { result: { data: { path: string } } };
  return body.result.data.path;
}

function connect(path: string, headers: Record<string, string | undefined> = {}): WebSocket {
  const all = { origin: running.origin, cookie, ...headers };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  const socket = new WebSocket(`ws://127.0.0.1:${running.port}${path}`, ['binary'], {
    headers: given as Record<string, string>,
  });
  sockets.push(socket);
  return socket;
}

/** `open`, or the status that the upgrade was refused with. */
function outcome(socket: WebSocket): Promise<'open' | number> {
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve('open'));
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
}

async function closeCode(socket: WebSocket): Promise<number> {
  const [code] = await once(socket, 'close');
  return Number(code);
}

describe('who may look at a screen', () => {
  it.each<[string, string | undefined]>([
    ['none', undefined],
    ['null', 'null'],
    ['an evil site', 'http://evil.example'],
    ['a look-alike', 'http://127.0.0.1.evil.example'],
    ['another port of the same machine', 'http://127.0.0.1:9'],
    ['our host with a user in front', 'http://127.0.0.1@evil.example'],
    ['empty', ''],
  ])('is refused with this Origin: %s', async (_name, origin) => {
    expect(await outcome(connect(await ticketPath(), { origin }))).toBe(403);
  });

  it('opens once for a ticket, however often it is tried', async () => {
    const path = await ticketPath();
    expect(await outcome(connect(path))).toBe('open');
    expect(await outcome(connect(path))).toBe(403);
    const another = await ticketPath();
    const tries = await Promise.all(Array.from({ length: 5 }, () => outcome(connect(another))));
    expect(tries.filter((result) => result === 'open')).toHaveLength(1);
  });

  it('keeps tickets as hashes', async () => {
    const path = await ticketPath();
    expect(running.logged()).not.toContain(path.split('=')[1]);
  });

  it('needs the session that asked for the ticket', async () => {
    const other = await running.cookieOf('olga');
    expect(await outcome(connect(await ticketPath(), { cookie: other }))).toBe(403);
    expect(await outcome(connect(await ticketPath(), { cookie: undefined }))).toBe(401);
    expect(await outcome(connect(await ticketPath(), { cookie: 'vireo_session=x' }))).toBe(401);
  });

  it('needs the VM to be where it was', async () => {
    const path = await ticketPath();
    const elsewhere = addVm(running.memory, 'other');
    running.memory.vms.set(vm.id, { ...vm, hostId: elsewhere.hostId });
    expect(await outcome(connect(path))).toBe(403);
  });

  it('needs the right to consoles', async () => {
    const viewer = await running.cookieOf('victor');
    expect((await running.mutate('vm.openConsole', { id: vm.id }, { cookie: viewer })).status).toBe(403);
  });

  it('knows no other path', async () => {
    expect(await outcome(connect('/api/other'))).toBe(404);
    expect(await outcome(connect('/api/console'))).toBe(404);
    expect(await outcome(connect('//['))).toBe(404);
    expect(await outcome(connect('/api/console?ticket=x'))).toBe(403);
  });
});

describe('an open console', () => {
  const open = async () => {
    const socket = connect(await ticketPath());
    expect(await outcome(socket)).toBe('open');
    return socket;
  };

  it('carries bytes both ways', async () => {
    const socket = await open();
    screen.push('RFB 003.008\n');
    const [greeting] = await once(socket, 'message');
    expect(String(greeting)).toBe('RFB 003.008\n');
    socket.send(Buffer.from([0, 255, 1]));
    await expect.poll(() => Buffer.concat(screen.received)).toEqual(Buffer.from([0, 255, 1]));
    expect(socket.protocol).toBe('binary');
  });

  it('says which way it ended', async () => {
    const ended = await open();
    screen.push('x');
    screen.push(null);
    expect(await closeCode(ended)).toBe(CONSOLE_CLOSE.noScreen);

    screen = new FakeScreen();
    const broken = await open();
    screen.push('x');
    await once(broken, 'message');
    screen.destroy(new Error('the tunnel broke'));
    expect(await closeCode(broken)).toBe(CONSOLE_CLOSE.hostUnreachable);

    running.engine.screen = null;
    expect(await closeCode(await open())).toBe(CONSOLE_CLOSE.noScreen);
    running.engine.screen = async () => {
      throw new VireoError('host.unreachable');
    };
    expect(await closeCode(await open())).toBe(CONSOLE_CLOSE.hostUnreachable);
  });

  it('lets the screen go when the browser leaves, and notes opening and closing', async () => {
    const socket = await open();
    await expect.poll(() => screen.wanted).toBeGreaterThan(0);
    expect(running.memory.audit.at(-1)).toEqual({
      operation: 'vm.console',
      userName: 'olga',
      outcome: 'open',
    });
    socket.close();
    await expect.poll(() => screen.destroyed).toBe(true);
    await expect
      .poll(() => running.memory.audit.at(-1))
      .toEqual({ operation: 'vm.console', userName: 'olga', outcome: 'succeeded' });
  });

  it('is cut within 5 s when the session ends or the user is disabled', async () => {
    const socket = await open();
    const olga = running.memory.users.get('olga');
    if (!olga) throw new Error('olga is gone');
    const startedAt = Date.now();
    await running.memory.store.users.update(olga.id, { isDisabled: true });
    expect(await closeCode(socket)).toBe(CONSOLE_CLOSE.sessionEnded);
    expect(Date.now() - startedAt).toBeLessThan(5_500);
    expect(screen.destroyed).toBe(true);
  });

  it('is closed for a frame of 200 MB, before it is read', async () => {
    const socket = await open();
    socket.on('error', () => socket.terminate());
    const before = process.memoryUsage().rss;
    socket.send(Buffer.alloc(200 * 1024 * 1024));
    const code = await closeCode(socket);
    expect([1006, 1009]).toContain(code);
    expect(Buffer.concat(screen.received).length).toBe(0);
    // The client's own buffer is in this process too: what must not be there is a second one.
    expect(process.memoryUsage().rss - before).toBeLessThan(450 * 1024 * 1024);
  });

  it('does not read the screen faster than the browser takes it', async () => {
    const socket = await open();
    socket.pause();
    const chunk = Buffer.alloc(64 * 1024);
    let pushed = 0;
    // A screen that always has more to say, as fast as it is asked.
    screen._read = () => {
      pushed += chunk.length;
      setImmediate(() => screen.push(chunk));
    };
    screen.push(chunk);
    let last = -1;
    await expect
      .poll(
        () => {
          const isStill = pushed === last;
          last = pushed;
          return isStill;
        },
        { interval: 300, timeout: 15_000 },
      )
      .toBe(true);
    expect(pushed).toBeLessThan(64 * 1024 * 1024);
  });
});

it('the password of a user is in no log at any level', () => {
  expect(running.logged()).not.toContain(A_PASSWORD);
});
