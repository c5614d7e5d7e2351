import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestDatabase } from '@vireo/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog, createVrm, type Vrm } from '../src/index.ts';

/** The whole control plane on a real database, without a host. */
let vrm: Vrm;
let folder: string;
let database: { url: string; stop: () => Promise<void> };
const lines: string[] = [];
const canary = () => `c4nary-${randomBytes(9).toString('base64url')}`;
const adminPassword = `admin ${canary()}`;
const canaries = [adminPassword];

const settings = () => ({
  databaseUrl: database.url,
  dataDir: folder,
  port: 0,
  address: '127.0.0.1',
  publicUrl: null,
  trustedProxies: [],
  hostsFile: undefined,
  log: createLog('trace', { write: (line) => void lines.push(line) }),
});

beforeAll(async () => {
  database = await startTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'vireo-vrm-test-'));
  vrm = await createVrm({ ...settings(), adminPassword });
});
afterAll(async () => {
  await vrm.stop();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

function rest(method: string, path: string, token: string | null, body?: unknown): Promise<Response> {
  return fetch(`${vrm.url}/api/v1${path}`, {
    method,
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function signIn(username: string, password: string): Promise<string> {
  const body = (await (await rest('POST', '/session', null, { username, password })).json()) as {
    token: string;
  };
  return body.token;
}

function secret(): string {
  const made = canary();
  canaries.push(made);
  return made;
}

describe('the control plane on a real database', () => {
  it('serves every list, and finds nothing wrong with itself', async () => {
    const token = await signIn('admin', adminPassword);
    for (const noun of ['hosts', 'vms', 'tasks', 'events', 'images', 'datastores']) {
      const answer = await rest('GET', `/${noun}?limit=1`, token);
      expect(answer.status, noun).toBe(200);
      expect(await answer.json(), noun).toHaveProperty('items');
    }
    expect((await fetch(`${vrm.url}/healthz`)).status).toBe(200);
  });

  it('lets no secret into its log, its answers, its audit or its tasks', async () => {
    const token = await signIn('admin', adminPassword);
    canaries.push(token);
    const answers: string[] = [];
    const act = async (method: string, path: string, body?: unknown) => {
      const answer = await rest(method, path, token, body);
      answers.push(await answer.text());
      return answer.status;
    };
    const hostKey = `ssh-ed25519 ${'A'.repeat(64)}`;
    const reach = { address: '127.0.0.1', port: 9, user: 'root', hostKey };
    const password = { kind: 'password', value: secret() };
    const key = { kind: 'privateKey', value: `-----BEGIN OPENSSH PRIVATE KEY-----\n${secret()}\n` };
    await act('POST', '/hosts/preflight?dryRun=true', { ...reach, credential: password });
    expect(await act('POST', '/hosts/preflight', { ...reach, credential: password })).toBe(202);
    expect(await act('POST', '/hosts', { ...reach, name: 'h1', credential: key })).toBe(202);
    expect(await act('POST', '/hosts', { ...reach, name: 'a/b', credential: password })).toBe(400);
    expect(
      await act('POST', '/hosts', { ...reach, name: 'h2', credential: { ...password, extra: secret() } }),
    ).toBe(400);
    expect(await act('POST', '/session', { username: 'admin', password: secret() })).toBe(401);
    expect(
      await act('POST', '/session', { username: 'admin', password: secret(), [secret().slice(0, 9)]: 1 }),
    ).toBe(400);
    expect(await act('POST', '/session/password', { current: adminPassword, next: 'short' })).toBe(400);
    const cookieAnswer = await fetch(`${vrm.url}/api/trpc/session.signIn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-vireo': '1', origin: vrm.url },
      body: JSON.stringify({ username: 'admin', password: adminPassword }),
    });
    const cookie = cookieAnswer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    canaries.push(cookie.split('=')[1] ?? 'no cookie');
    answers.push(await cookieAnswer.text());
    const created = await fetch(`${vrm.url}/api/trpc/user.create`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-vireo': '1', origin: vrm.url, cookie },
      body: JSON.stringify({ name: 'olga', role: 'operator', password: secret() }),
    });
    expect(created.status).toBe(200);
    answers.push(await created.text());

    // The tasks must have been tried, so that what the engine logs and keeps is there too.
    const states = async () => {
      const page = (await (await rest('GET', '/tasks', token)).json()) as {
        items: { id: string; state: string }[];
      };
      return page.items;
    };
    await expect
      .poll(async () => (await states()).map((task) => task.state), { timeout: 20_000 })
      .toSatisfy((all: string[]) => all.length === 2 && all.every((state) => state !== 'queued'));
    for (const { id } of await states()) await act('GET', `/tasks/${id}`);
    await act('GET', '/events?limit=500');

    const log = lines.join('');
    expect(log).toContain('"path":"/api/v1/hosts"');
    for (const text of [log, ...answers]) {
      for (const hidden of canaries) expect(text).not.toContain(hidden);
    }
  });

  it('offers a credential to no address but the one it was sealed for, and never loses it that way', async () => {
    const token = await signIn('admin', adminPassword);
    const reach = { address: '127.0.0.1', port: 9, user: 'root', hostKey: `ssh-ed25519 ${'A'.repeat(64)}` };
    const pending = await vrm.store.secrets.seal('hostPassword', '127.0.0.1:9', secret());
    const ofConsole = await vrm.store.secrets.seal('consoleKey', 'console', secret());
    for (const [secretId, change] of [
      [pending, { address: '127.0.0.2' }],
      [pending, { port: 10 }],
      [ofConsole, {}],
    ] as const)
      for (const [path, name] of [
        ['/hosts', { name: 'thief' }],
        ['/hosts/preflight', {}],
        ['/hosts?dryRun=true', { name: 'thief' }],
      ] as const)
        expect((await rest('POST', path, token, { ...reach, ...name, ...change, secretId })).status).toBe(
          404,
        );
    expect(await vrm.store.secrets.purposeOf(pending)).toBe('hostPassword');
    expect(await vrm.store.secrets.purposeOf(ofConsole)).toBe('consoleKey');
    expect(
      (await rest('POST', '/hosts?dryRun=true', token, { ...reach, name: 'own', secretId: pending })).status,
    ).toBe(200);
  });

  it('locks an account in the database too, whatever process it tries', async () => {
    for (let i = 0; i < 5; i++) await signIn('victor', `wrong ${i}`);
    const answer = await rest('POST', '/session', null, { username: 'Victor', password: 'x' });
    expect(answer.status).toBe(429);
    expect(await answer.json()).toMatchObject({ code: 'auth.locked', params: { minutes: 15 } });
  });

  it('takes hostile text for text', async () => {
    const token = await signIn('admin', adminPassword);
    for (const text of [
      "'; DROP TABLE vm; --",
      '%',
      '\u0000',
      '<img onerror=1>',
      'state:nonsense',
      '\u202e',
      '"',
    ]) {
      const answer = await rest('GET', `/vms?filter=${encodeURIComponent(text)}`, token);
      expect([200, 400], text).toContain(answer.status);
      const search = await fetch(
        `${vrm.url}/api/trpc/inventory.search?input=${encodeURIComponent(JSON.stringify({ text }))}`,
        { headers: { authorization: `Bearer ${token}` } },
      );
      expect(search.status, text).toBe(200);
    }
    for (const cursor of ['x', '\u0000', 'e30', 'WzEsMiwzXQ', 'x'.repeat(1999)]) {
      expect([200, 400]).toContain(
        (await rest('GET', `/vms?cursor=${encodeURIComponent(cursor)}`, token)).status,
      );
    }
    const nul = await rest('POST', '/session', null, { username: 'a\u0000b', password: 'x' });
    expect(nul.status).toBe(400);
  });

  it('stops and starts again on the same data, without a new password', async () => {
    const second = await createVrm({ ...settings(), adminPassword: undefined });
    expect(second.firstPassword).toBeNull();
    await second.stop();
  });
});
