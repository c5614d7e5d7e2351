import { once, setMaxListeners } from 'node:events';
import net from 'node:net';
import type { CommandSpec } from '@vireo/contracts';
import ssh2 from 'ssh2';
import { afterEach, expect, it } from 'vitest';
import { fingerprintOf, type HostSession, openSession, probeHostKey } from '../src/index.ts';
import { type LittleHost, littleHost, userKey } from './little-host.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function hostWith(options: Parameters<typeof littleHost>[0]): Promise<LittleHost> {
  const host = await littleHost(options);
  closers.push(() => host.close());
  return host;
}

async function sessionOn(host: LittleHost): Promise<HostSession> {
  const session = await openSession(host.endpoint);
  closers.push(() => session.close());
  return session;
}

const read = (argv: string[], more: Partial<CommandSpec> = {}): CommandSpec => ({
  argv,
  timeoutMs: 5000,
  effect: 'read',
  ...more,
});

it('hands over output, exit status and standard input', async () => {
  const host = await hostWith({
    command: (channel) => {
      channel.pipe(channel, { end: false });
      channel.stderr.write('to stderr');
      channel.on('end', () => {
        channel.exit(3);
        channel.end();
      });
    },
  });
  const session = await sessionOn(host);
  const result = await session.exec(read(['cat'], { stdin: 'line\nwörld' }));
  expect(result).toMatchObject({ exitCode: 3, stdout: 'line\nwörld', stderr: 'to stderr', failure: null });
  expect(host.lines).toEqual(["env 'LC_ALL=C' timeout -k 1 5 cat"]);
  expect(session.traffic.execs).toBe(1);
  expect(session.traffic.bytesIn).toBeGreaterThan(0);
});

it('sends nothing, not even a credential, to a host that presents another key', async () => {
  const host = await hostWith({});
  const other = ssh2.utils.parseKey(ssh2.utils.generateKeyPairSync('ed25519').public);
  if (other instanceof Error) throw other;
  const hostKey = `${other.type} ${other.getPublicSSH().toString('base64')}`;
  await expect(openSession({ ...host.endpoint, hostKey })).rejects.toMatchObject({
    code: 'host.keyChanged',
    params: { presented: fingerprintOf(host.endpoint.hostKey), pinned: fingerprintOf(hostKey) },
  });
  expect(host.attempts).toEqual([]);
  expect(host.lines).toEqual([]);
});

it('refuses an empty pin', async () => {
  const host = await hostWith({});
  await expect(openSession({ ...host.endpoint, hostKey: '' })).rejects.toMatchObject({
    code: 'host.keyChanged',
  });
  expect(host.attempts).toEqual([]);
});

it('asks for the pinned key of a host that has several', async () => {
  const rsa = ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 });
  const ed25519 = ssh2.utils.generateKeyPairSync('ed25519');
  const host = await hostWith({ hostKeys: [rsa.private, ed25519.private] });
  expect(host.endpoint.hostKey).toMatch(/^ssh-rsa /);
  await sessionOn(host);
  expect(await probeHostKey('127.0.0.1', host.port, 2000)).toMatch(/^ssh-ed25519 /);
});

it('signs in with a key, and with a password that is asked for by keyboard-interactive', async () => {
  const host = await hostWith({ isKeyboardInteractive: true });
  const byKey = {
    ...host.endpoint,
    credential: { kind: 'privateKey', privateKey: userKey.private },
  } as const;
  const session = await openSession(byKey);
  session.close();
  expect(await (await sessionOn(host)).exec(read(['true']))).toMatchObject({ exitCode: 0 });
  const wrong = { ...host.endpoint, credential: { kind: 'password', password: 'wrong' } } as const;
  await expect(openSession(wrong)).rejects.toMatchObject({ code: 'host.authRefused' });
  const broken = { ...host.endpoint, credential: { kind: 'privateKey', privateKey: 'no key' } } as const;
  await expect(openSession(broken)).rejects.toMatchObject({ code: 'host.authRefused' });
});

it('says that nobody answers', async () => {
  const silent = net.createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  closers.push(() => silent.close());
  const address = silent.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const host = await hostWith({});
  await expect(openSession({ ...host.endpoint, port }, { connectTimeoutMs: 200 })).rejects.toMatchObject({
    code: 'host.unreachable',
  });
  await expect(probeHostKey('127.0.0.1', port, 200)).rejects.toMatchObject({ code: 'host.unreachable' });
  await expect(openSession({ ...host.endpoint, port: 1 })).rejects.toMatchObject({
    code: 'host.unreachable',
  });
});

it('reads the key without signing in', async () => {
  const host = await hostWith({});
  expect(await probeHostKey('127.0.0.1', host.port, 2000)).toBe(host.endpoint.hostKey);
  expect(host.attempts).toEqual([]);
});

it('times out, and can be called off', async () => {
  const host = await hostWith({ command: () => undefined });
  const session = await sessionOn(host);
  expect(await session.exec(read(['sleep'], { timeoutMs: 50 }))).toMatchObject({
    exitCode: null,
    failure: 'timedOut',
  });
  const caller = new AbortController();
  const running = session.exec(read(['sleep']), { signal: caller.signal });
  await once(host.events, 'command');
  caller.abort();
  expect(await running).toMatchObject({ failure: 'cancelled' });
  expect(await session.exec(read(['sleep']), { signal: caller.signal })).toMatchObject({
    failure: 'cancelled',
  });
  expect(host.lines).toHaveLength(2);
});

it('tells a lost connection from a command that never left', async () => {
  const host = await hostWith({ command: (channel) => void channel.write('half') });
  const session = await sessionOn(host);
  const running = Array.from({ length: 10 }, () => session.exec(read(['sleep'])));
  while (host.lines.length < 8) await once(host.events, 'command');
  for (const socket of host.connections) socket.destroy();
  const results = await Promise.all(running);
  expect(results.map((r) => r.failure)).toEqual([
    ...Array.from({ length: 8 }, () => 'connectionLost'),
    'notSent',
    'notSent',
  ]);
  await session.closed;
  expect(session.isOpen).toBe(false);
  expect(await session.exec(read(['true']))).toMatchObject({ failure: 'notSent' });
  await expect(session.tunnelTcp('127.0.0.1', 1)).rejects.toMatchObject({ code: 'host.notConnected' });
});

it('takes a missing exit status for a lost connection', async () => {
  const host = await hostWith({ command: (channel) => channel.end('all looks well') });
  const session = await sessionOn(host);
  expect(await session.exec(read(['true']))).toMatchObject({ exitCode: null, failure: 'connectionLost' });
});

it('notices a frozen host', async () => {
  const host = await hostWith({ command: () => undefined });
  const session = await sessionOn(host);
  const running = session.exec(read(['sleep'], { timeoutMs: 20_000 }));
  await once(host.events, 'command');
  host.freeze();
  expect(await running).toMatchObject({ failure: 'connectionLost' });
  await session.closed;
});

it('runs at most eight commands at once', async () => {
  const host = await hostWith({
    command: (channel) =>
      void setTimeout(() => {
        channel.exit(0);
        channel.end();
      }, 5),
  });
  const session = await sessionOn(host);
  const reads = Array.from({ length: 40 }, () => session.exec(read(['true'])));
  expect((await Promise.all(reads)).every((r) => r.exitCode === 0)).toBe(true);
  expect(host.mostAtOnce()).toBeLessThanOrEqual(8);
});

it('leaves two places to reads however many writes there are', async () => {
  const host = await hostWith({
    command: (channel, line) => {
      if (line.endsWith('write')) return;
      channel.exit(0);
      channel.end();
    },
  });
  const session = await sessionOn(host);
  const caller = new AbortController();
  setMaxListeners(50, caller.signal);
  const writes = Array.from({ length: 20 }, () =>
    session.exec(read(['write'], { effect: 'write' }), { signal: caller.signal }),
  );
  expect(await session.exec(read(['read']))).toMatchObject({ exitCode: 0 });
  expect(host.lines.filter((line) => line.endsWith('write'))).toHaveLength(6);
  caller.abort();
  await Promise.all(writes);
});

it('stops a command that floods', async () => {
  const host = await hostWith({
    command: (channel) => {
      const chunk = Buffer.alloc(256 * 1024, 'x');
      const more = () => {
        if (channel.destroyed) return;
        channel.write(chunk, () => setImmediate(more));
      };
      more();
    },
  });
  const session = await sessionOn(host);
  const result = await session.exec(read(['yes'], { timeoutMs: 20_000 }));
  expect(result).toMatchObject({ exitCode: null, failure: 'cancelled' });
  expect(result.stderr).toContain('32 MiB');
  expect(result.stdout.length).toBeLessThanOrEqual(32 * 1024 * 1024);
});

it('makes invalid UTF-8 and NUL inert, and keeps characters whole that come in two chunks', async () => {
  const bytes = Buffer.from('é');
  const host = await hostWith({
    command: (channel) => {
      channel.write(bytes.subarray(0, 1));
      setTimeout(() => {
        channel.write(Buffer.concat([bytes.subarray(1), Buffer.from([0x00, 0xff, 0x41])]));
        channel.exit(0);
        channel.end();
      }, 10);
    },
  });
  const session = await sessionOn(host);
  const chunks: string[] = [];
  const result = await session.exec(read(['x']), { onStdout: (chunk) => chunks.push(chunk) });
  expect(result.stdout).toBe('é\ufffd\ufffdA');
  expect(chunks.join('')).toBe(result.stdout);
});

it('hands out lines until the stream ends or is closed', async () => {
  const host = await hostWith({
    command: (channel, line) => {
      channel.write('one\ntw');
      setTimeout(() => {
        channel.write('o\n');
        if (!line.includes('short')) return;
        channel.exit(0);
        channel.end();
      }, 10);
    },
  });
  const session = await sessionOn(host);
  const seen: string[] = [];
  expect(await session.lines(['short'], (line) => seen.push(line)).ended).toBe('exited');
  expect(seen).toEqual(['one', 'two']);
  const stream = session.lines(['long'], () => stream.close());
  expect(await stream.ended).toBe('cancelled');
  const cut = session.lines(['long'], () => {
    for (const socket of host.connections) socket.destroy();
  });
  expect(await cut.ended).toBe('connectionLost');
});

it('tunnels both ways, and says when it is refused', async () => {
  const host = await hostWith({ isForwarding: true });
  const session = await sessionOn(host);
  const tunnel = await session.tunnelTcp('127.0.0.1', 5900);
  const [greeting] = await once(tunnel, 'data');
  expect(String(greeting)).toBe('127.0.0.1:5900\n');
  tunnel.write('ping');
  const [answer] = await once(tunnel, 'data');
  expect(String(answer)).toBe('ping');
  tunnel.destroy();
  await expect(session.tunnelUnix('/no/such/socket')).rejects.toMatchObject({ code: 'host.unreachable' });
});
