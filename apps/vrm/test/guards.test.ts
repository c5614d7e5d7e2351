import { A_PASSWORD } from '@vireo/api/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, randomId, startRunning, withHeaders } from './running.ts';

let running: Running;
let cookie: string;
beforeAll(async () => {
  running = await startRunning();
  await running.addUser('olga', 'operator');
  cookie = await running.cookieOf('olga');
});
afterAll(() => running.stop());

const start = () => ({ operation: 'vm.start', input: { id: randomId() } });

describe('a request from another site', () => {
  const own = () => ({
    'content-type': 'application/json',
    'x-vireo': '1',
    origin: running.origin,
    cookie,
  });
  const send = (changes: Record<string, string | null>, init: RequestInit = {}) =>
    fetch(`${running.url}/api/trpc/operation.submit`, {
      method: 'POST',
      body: JSON.stringify(start()),
      ...init,
      headers: withHeaders(own(), changes),
    });

  it('runs when it is our own page', async () => {
    const before = running.engine.submitted.length;
    expect((await send({})).status).toBe(200);
    expect(running.engine.submitted.length).toBe(before + 1);
  });

  it.each<[string, Record<string, string | null>]>([
    ['a form (multipart)', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['a form (urlencoded)', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['octet-stream', { 'content-type': 'application/octet-stream' }],
    ['plain text', { 'content-type': 'text/plain' }],
    ['a type that only looks like JSON', { 'content-type': 'application/jsonx' }],
    ['text with a JSON parameter', { 'content-type': 'text/plain; application/json' }],
    ['no content type', { 'content-type': null }],
    ['no own header', { 'x-vireo': null }],
    ['no Origin', { origin: null }],
    ['an Origin of null', { origin: 'null' }],
    ['an evil Origin', { origin: 'https://evil.example' }],
    ['an Origin that starts like ours', { origin: 'http://127.0.0.1.evil.example' }],
    ['our address with another port', { origin: 'http://127.0.0.1:1' }],
    ['an Origin with a path', { origin: 'http://127.0.0.1/x' }],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
  ])('is refused: %s', async (_name, changes) => {
    const before = running.engine.submitted.length;
    const answer = await send(changes);
    expect([400, 403, 415]).toContain(answer.status);
    expect(running.engine.submitted.length).toBe(before);
  });

  it('never changes anything by GET, also without input and in a batch', async () => {
    const before = running.engine.submitted.length;
    const input = encodeURIComponent(JSON.stringify(start()));
    for (const path of [
      `operation.submit?input=${input}`,
      'session.signOut',
      'session.signOut?batch=1&input=%7B%7D',
    ]) {
      const answer = await fetch(`${running.url}/api/trpc/${path}`, { headers: own() });
      expect(answer.ok).toBe(false);
    }
    expect(running.engine.submitted.length).toBe(before);
    const current = await fetch(`${running.url}/api/trpc/session.current`, { headers: { cookie } });
    expect(await current.json()).toMatchObject({ result: { data: { user: { name: 'olga' } } } });
  });

  it('cannot use the cookie over REST either', async () => {
    const before = running.engine.submitted.length;
    const post = (headers: Record<string, string>) =>
      fetch(`${running.url}/api/v1/vms/${randomId()}/start`, {
        method: 'POST',
        headers: { cookie, ...headers },
      });
    expect((await post({})).status).toBe(400);
    expect((await post({ 'content-type': 'application/json' })).status).toBe(403);
    expect((await post({ 'content-type': 'application/json', origin: 'http://evil.example' })).status).toBe(
      403,
    );
    expect((await post({ 'content-type': 'application/json', origin: running.origin })).status).toBe(403);
    expect(running.engine.submitted.length).toBe(before);
  });
});

describe('rights', () => {
  it('do not depend on headers that a web framework trusts', async () => {
    const answer = await running.mutate('operation.submit', start(), {
      'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware',
      'x-forwarded-user': 'admin',
    });
    expect(answer.status).toBe(401);
  });

  it('end with the session', async () => {
    const other = await running.cookieOf('olga');
    expect((await running.mutate('session.signOut', undefined, { cookie: other })).status).toBe(200);
    const answer = await fetch(`${running.url}/api/trpc/vm.list?input=%7B%7D`, {
      headers: { cookie: other },
    });
    expect(answer.status).toBe(401);
  });
});

describe('sizes', () => {
  it('refuses a batch of 500 calls, whole', async () => {
    const path = Array.from({ length: 500 }, () => 'operation.submit').join(',');
    const before = running.engine.submitted.length;
    const answer = await running.mutate(`${path}?batch=1`, {}, { cookie });
    expect([413, 429]).toContain(answer.status);
    expect(running.engine.submitted.length).toBe(before);
    const many = Array.from({ length: 21 }, () => 'session.current').join(',');
    expect((await fetch(`${running.url}/api/trpc/${many}?batch=1&input=%7B%7D`)).status).toBe(413);
    // A comma may be written in other ways.
    const coded = Array.from({ length: 21 }, () => 'session.current').join('%2C');
    expect((await fetch(`${running.url}/api/trpc/${coded}?batch=1&input=%7B%7D`)).ok).toBe(false);
  });

  it('refuses large bodies: 64 KiB before signing in, 1 MiB after', async () => {
    const large = 'x'.repeat(1024 * 1024);
    expect((await running.mutate('session.signIn', { username: 'olga', password: large })).status).toBe(413);
    const answer = await running.mutate(
      'operation.submit',
      { operation: 'vm.start', input: { id: large } },
      { cookie },
    );
    expect(answer.status).toBe(413);
    const middle = 'x'.repeat(40_000);
    expect((await running.mutate('session.signIn', { username: 'olga', password: middle })).status).toBe(400);
  });

  it('counts a body that does not tell its length', async () => {
    const chunk = new Uint8Array(64 * 1024).fill(120);
    let left = 40;
    const body = new ReadableStream({
      pull(controller) {
        if (left-- > 0) controller.enqueue(chunk);
        else controller.close();
      },
    });
    const answer = await fetch(`${running.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as RequestInit);
    expect(answer.status).toBe(413);
  });

  it('limits requests per address, and says how long to wait', async () => {
    const small = await startRunning({ limits: { perAddress: 5 } });
    try {
      const answers = [];
      for (let i = 0; i < 7; i++) answers.push(await fetch(`${small.url}/api/v1/vms`));
      expect(answers.map((a) => a.status)).toEqual([401, 401, 401, 401, 401, 429, 429]);
      expect(Number(answers[6]?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await fetch(`${small.url}/healthz`)).status).toBe(200);
    } finally {
      await small.stop();
    }
  });

  it.each([',', '%2C', '%2c'])(
    'counts each call of a batch, however its commas are written: %s',
    async (comma) => {
      const small = await startRunning({ limits: { signInsPerAddress: 5 } });
      try {
        const six = Array.from({ length: 6 }, () => 'session.signIn').join(comma);
        const attempt = { username: 'x', password: 'x' };
        const inputs = Object.fromEntries(Array.from({ length: 6 }, (_, index) => [index, attempt]));
        expect((await small.mutate(`${six}?batch=1`, inputs)).status).toBe(429);
        expect(small.memory.audit).toEqual([]);
      } finally {
        await small.stop();
      }
    },
  );
});

describe('answers', () => {
  it('carry headers that keep browsers from doing anything with them', async () => {
    const { headers } = await fetch(`${running.url}/api/v1/vms`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('tell nothing of the inside when something breaks', async () => {
    running.engine.refusal = new Error('secret inside /var/lib/vireo');
    try {
      const answer = await running.mutate('operation.submit', start(), { cookie });
      const text = await answer.text();
      expect(answer.status).toBe(500);
      expect(text).not.toMatch(/inside|node_modules|\.ts:|stack/);
      expect(JSON.parse(text)).toMatchObject({ error: { data: { vireo: { code: 'internal' } } } });
      expect(running.logged()).toContain('a request failed inside');
    } finally {
      running.engine.refusal = null;
    }
  });

  it('set a cookie that scripts cannot read and other sites cannot send; Secure and __Host- over https', async () => {
    const plain = await running.mutate('session.signIn', { username: 'olga', password: A_PASSWORD });
    expect(plain.headers.getSetCookie()[0]).toMatch(
      /^vireo_session=.*Path=\/; HttpOnly; SameSite=Strict; Expires=/,
    );
    const secure = await startRunning({ publicUrl: 'https://vireo.example' });
    try {
      await secure.addUser('olga', 'operator');
      const answer = await secure.mutate(
        'session.signIn',
        { username: 'olga', password: A_PASSWORD },
        { origin: 'https://vireo.example' },
      );
      expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-vireo=.*; Secure$/);
      expect(answer.headers.get('strict-transport-security')).toContain('max-age');
    } finally {
      await secure.stop();
    }
  });
});

describe('GET /healthz', () => {
  it('is open, and says 503 while the database is away', async () => {
    const well = await fetch(`${running.url}/healthz`);
    expect(well.status).toBe(200);
    expect(await well.json()).toMatchObject({ status: 'ok', database: 'up' });
    running.memory.isDatabaseDown = true;
    const ill = await fetch(`${running.url}/healthz`);
    running.memory.isDatabaseDown = false;
    expect(ill.status).toBe(503);
    expect(await ill.json()).toMatchObject({ database: 'down' });
  });
});
