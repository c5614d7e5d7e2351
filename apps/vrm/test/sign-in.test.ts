import { ensureFirstAdministrator, SignInGate } from '@vireo/api';
import { A_PASSWORD } from '@vireo/api/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Running, startRunning } from './running.ts';

let running: Running;
beforeEach(async () => {
  running = await startRunning();
  await running.addUser('olga', 'operator');
});
afterEach(() => running.stop());

const codeOf = async (answer: Response) => {
  const body = (await answer.json()) as { error?: { data: { vireo: { code: string; params: object } } } };
  return body.error?.data.vireo.code ?? 'ok';
};
const signIn = (username: unknown, password: unknown, headers: Record<string, string> = {}) =>
  running.mutate('session.signIn', { username, password }, headers);

describe('signing in', () => {
  it('keeps only a hash of the token, and tells the same to all who fail', async () => {
    const cookie = await running.cookieOf('olga');
    expect(JSON.stringify(running.memory.sessions)).not.toContain(cookie.split('=')[1]);
    const wrong = await (await signIn('olga', 'wrong')).text();
    expect(await (await signIn('nobody', 'wrong')).text()).toBe(wrong);
    expect(wrong).toContain('auth.badCredentials');
  });

  it('refuses fields that it does not know and values of another type', async () => {
    const extra = { username: 'olga', password: A_PASSWORD, role: 'administrator' };
    expect((await running.mutate('session.signIn', extra)).status).toBe(400);
    expect((await signIn({ $ne: '' }, A_PASSWORD)).status).toBe(400);
    expect((await signIn('olga', ['x'])).status).toBe(400);
    expect((await signIn('olga', 'x'.repeat(1025))).status).toBe(400);
    expect(running.memory.sessions).toEqual([]);
  });

  it('locks an account after 5 failures, even for the right password, and says how long', async () => {
    for (let i = 0; i < 5; i++)
      expect(await codeOf(await signIn('olga', `wrong ${i}`))).toBe('auth.badCredentials');
    const locked = await signIn('olga', A_PASSWORD);
    expect(locked.status).toBe(429);
    expect(await locked.json()).toMatchObject({
      error: { data: { vireo: { code: 'auth.locked', params: { minutes: 15 } } } },
    });
  });

  it('locks an address after 20 failures, and another one stays free', async () => {
    const attacker = { 'x-forwarded-for': '198.51.100.9' };
    for (let i = 0; i < 20; i++) await signIn(`user${i}`, 'wrong', attacker);
    expect(await codeOf(await signIn('olga', A_PASSWORD, attacker))).toBe('auth.locked');
    // What the client itself wrote into the header stands left of what the proxy added.
    const lying = { 'x-forwarded-for': '203.0.113.1, 198.51.100.9' };
    expect(await codeOf(await signIn('olga', A_PASSWORD, lying))).toBe('auth.locked');
    expect(await codeOf(await signIn('olga', A_PASSWORD, { 'x-forwarded-for': '198.51.100.10' }))).toBe('ok');
  });

  it('answers 100 attempts at once while the health check stays quick', async () => {
    const attempts = Array.from({ length: 100 }, (_, i) =>
      signIn(`user${i}`, 'wrong', { 'x-forwarded-for': `198.51.100.${i}` }),
    );
    const times: number[] = [];
    let isOver = false;
    const all = Promise.all(attempts).finally(() => {
      isOver = true;
    });
    while (!isOver) {
      const startedAt = performance.now();
      expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
      times.push(performance.now() - startedAt);
    }
    const codes = await Promise.all((await all).map(codeOf));
    expect(new Set(codes)).toEqual(new Set(['auth.badCredentials', 'auth.busy']));
    expect(codes.filter((code) => code === 'auth.badCredentials').length).toBeGreaterThanOrEqual(34);
    times.sort((a, b) => a - b);
    expect(times[Math.floor(times.length * 0.95)] ?? 0).toBeLessThan(500);
    expect(running.memory.sessions).toEqual([]);
  });

  it('writes an audit entry for each try, before it', async () => {
    await signIn('olga', 'wrong');
    await signIn('olga', A_PASSWORD);
    expect(running.memory.audit).toEqual([
      { operation: 'session.signIn', userName: 'olga', outcome: 'refused' },
      { operation: 'session.signIn', userName: 'olga', outcome: 'succeeded' },
    ]);
  });
});

describe('the first administrator', () => {
  it('gets a random password that must be changed, or the one from the environment', async () => {
    const gate = new SignInGate();
    const { memory } = running;
    memory.users.clear();
    const made = await ensureFirstAdministrator(memory.store, gate, undefined);
    expect(made).toMatch(/^[A-Za-z0-9_-]{20}$/);
    expect(memory.users.get('admin')).toMatchObject({ role: 'administrator', mustChangePassword: true });
    expect(await ensureFirstAdministrator(memory.store, gate, undefined)).toBeNull();
    memory.users.clear();
    expect(await ensureFirstAdministrator(memory.store, gate, 'for automation')).toBeNull();
    expect(memory.users.get('admin')).toMatchObject({ mustChangePassword: false });
  });

  it('can do nothing before changing it, and everything after', async () => {
    await running.addUser('ada', 'administrator', { mustChangePassword: true });
    const token = await running.tokenOf('ada');
    const other = await running.tokenOf('ada');
    const list = () => running.rest('GET', '/vms', token);
    expect(await (await list()).json()).toMatchObject({ status: 403, code: 'auth.passwordChangeRequired' });
    const change = (next: string) =>
      running.rest('POST', '/session/password', token, { current: A_PASSWORD, next });
    for (const weak of ['short', 'ada likes long ones', 'aaaaaaaaaaaaaa', 'passwordpassword', A_PASSWORD]) {
      expect((await change(weak)).status, weak).toBe(400);
    }
    expect((await change('quite another sentence')).status).toBe(200);
    expect((await list()).status).toBe(200);
    expect((await running.rest('GET', '/vms', other)).status).toBe(401);
  });
});

describe('users', () => {
  it('cannot lose the last administrator, nor one their own right', async () => {
    await running.addUser('ada', 'administrator');
    const cookie = await running.cookieOf('ada');
    const idOf = (name: string) => running.memory.users.get(name)?.id;
    const update = (patch: object) => running.mutate('user.update', patch, { cookie });
    expect(await codeOf(await update({ id: idOf('ada'), role: 'readOnly' }))).toBe('user.isSelf');
    expect(await codeOf(await update({ id: idOf('ada'), isDisabled: true }))).toBe('user.isSelf');
    expect(await codeOf(await update({ id: idOf('olga'), role: 'administrator' }))).toBe('ok');
    const olga = await running.cookieOf('olga');
    expect(await codeOf(await update({ id: idOf('olga'), isDisabled: true }))).toBe('ok');
    const answer = await fetch(`${running.url}/api/trpc/vm.list?input=%7B%7D`, { headers: { cookie: olga } });
    expect(answer.status).toBe(401);
    expect(await codeOf(await signIn('olga', A_PASSWORD))).toBe('auth.badCredentials');
    const create = { name: 'olga', password: 'another fine sentence', role: 'operator' };
    expect(await codeOf(await running.mutate('user.create', create, { cookie }))).toBe('user.nameTaken');
    const listed = await (await fetch(`${running.url}/api/trpc/user.list`, { headers: { cookie } })).text();
    expect(listed).not.toContain('argon2');
  });
});
