import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { HOSTILE_STRINGS } from '@vireo/contracts/testing';
import { testHost } from '@vireo/lab';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HostEndpoint, type HostSession, openSession, probeHostKey } from '../src/index.ts';

/** What UTF-8 can carry: no lone surrogates. */
const HOSTILE_WORDS = HOSTILE_STRINGS.filter((word) => !/\p{Surrogate}/u.test(word));

const { address, keyFile } = testHost();

let endpoint: HostEndpoint;
let session: HostSession;

beforeAll(async () => {
  const privateKey = readFileSync(keyFile, 'utf8');
  const hostKey = await probeHostKey(address, 22, 5000);
  endpoint = { address, port: 22, user: 'root', hostKey, credential: { kind: 'privateKey', privateKey } };
  session = await openSession(endpoint);
});
afterAll(() => session?.close());

const read = (argv: string[], stdin?: string) =>
  session.exec({ argv, timeoutMs: 10_000, effect: 'read', ...(stdin === undefined ? {} : { stdin }) });

it('runs commands, with standard input as a file', async () => {
  expect(await read(['cat', '/dev/stdin'], 'hällo\n')).toMatchObject({ exitCode: 0, stdout: 'hällo\n' });
  expect(await read(['sh', '-c', 'echo "$LC_ALL"; exit 7'])).toMatchObject({ exitCode: 7, stdout: 'C\n' });
  expect((await read(['virsh', 'uri'])).stdout).toContain('qemu:///system');
});

it('hands 200 hostile strings over word for word', async () => {
  // NUL is made inert on its way back, hence hexadecimal.
  const script = 'for word; do printf %s "$word" | od -An -v -tx1 | tr -d " \\n"; echo; done';
  const { stdout } = await read(['sh', '-c', script, 'sh', ...HOSTILE_WORDS]);
  const received = stdout.split('\n').slice(0, -1);
  expect(received.map((hex) => Buffer.from(hex, 'hex').toString())).toEqual(HOSTILE_WORDS);
});

it('runs fifty at once within what sshd allows', async () => {
  const results = await Promise.all(Array.from({ length: 50 }, (_, i) => read(['echo', String(i)])));
  expect(results.map((r) => r.stdout)).toEqual(Array.from({ length: 50 }, (_, i) => `${i}\n`));
});

it('tells an end by a signal from one by exit', async () => {
  expect(await read(['sh', '-c', 'kill -9 $$'])).toMatchObject({ exitCode: 137, failure: null });
});

it('starts the clock of a command when it holds its lock', async () => {
  const lock = `link-test-clock-${process.pid}`;
  const hold = session.exec({ argv: ['sleep', '1'], timeoutMs: 5000, effect: 'write' }, { lock });
  const quick = session.exec({ argv: ['echo', 'ran'], timeoutMs: 500, effect: 'read' }, { lock });
  expect(await quick).toMatchObject({ exitCode: 0, stdout: 'ran\n', failure: null });
  await hold;
  await read(['rm', '-f', `/run/lock/vireo-${lock}`]);
});

it('runs commands of one lock one after the other', async () => {
  const lock = `link-test-${process.pid}`;
  const script = 'mkdir "$1" && sleep 0.2 && rmdir "$1"';
  const one = () =>
    session.exec(
      { argv: ['sh', '-c', script, 'sh', `/tmp/${lock}`], timeoutMs: 10_000, effect: 'write' },
      { lock },
    );
  const results = await Promise.all([one(), one(), one()]);
  expect(results.map((r) => r.exitCode)).toEqual([0, 0, 0]);
  await read(['rm', '-f', `/run/lock/vireo-${lock}`]);
});

it('ends a program that takes too long, on the host', async () => {
  const mark = `9999.${process.pid}`;
  const result = await session.exec({ argv: ['sleep', mark], timeoutMs: 300, effect: 'read' });
  expect(result.failure).toBe('timedOut');
  await expect.poll(async () => (await read(['pgrep', '-f', `^sleep ${mark}`])).exitCode).toBe(1);
});

it('follows lines', async () => {
  const seen: string[] = [];
  const stream = session.lines(['sh', '-c', 'echo one; echo two; exec sleep 60'], (line) => {
    seen.push(line);
    if (seen.length === 2) stream.close();
  });
  expect(await stream.ended).toBe('cancelled');
  expect(seen).toEqual(['one', 'two']);
});

it('tunnels to TCP ports and unix sockets', async () => {
  const ssh = await session.tunnelTcp('127.0.0.1', 22);
  const [greeting] = await once(ssh, 'data');
  expect(String(greeting)).toMatch(/^SSH-2\.0-/);
  ssh.destroy();
  await expect(session.tunnelTcp('127.0.0.1', 1)).rejects.toMatchObject({ code: 'host.unreachable' });
  await expect(session.tunnelUnix('/no/such/socket')).rejects.toMatchObject({ code: 'host.unreachable' });
  (await session.tunnelUnix('/run/libvirt/libvirt-sock')).destroy();
});

it('refuses a host with another key, and a refused credential says so', async () => {
  const other = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f';
  await expect(openSession({ ...endpoint, hostKey: other })).rejects.toMatchObject({
    code: 'host.keyChanged',
  });
  const credential = { kind: 'password', password: 'wrong' } as const;
  await expect(openSession({ ...endpoint, credential })).rejects.toMatchObject({ code: 'host.authRefused' });
});
