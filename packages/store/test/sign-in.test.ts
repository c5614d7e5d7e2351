import { SessionId } from '@vireo/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore } from '../src/testing.ts';
import type { Store } from '../src/types.ts';
import { hostId, vmId } from './fixtures.ts';

let store: Store;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ store, stop } = await openTestStore());
});
afterAll(() => stop());

const soon = () => new Date(Date.now() + 60_000);
const user = (name: string) =>
  store.users.create({ name, passwordHash: 'hash', role: 'operator', mustChangePassword: true });
const session = (userId: Awaited<ReturnType<typeof user>>['id'], tokenHash: string, expiresAt = soon()) =>
  store.sessions.create({ userId, tokenHash, kind: 'browser', address: '::1', userAgent: 'test', expiresAt });

test('users have unique names, and their sessions end with their rights', async () => {
  const anna = await user('anna');
  await expect(user('anna')).rejects.toMatchObject({ code: 'user.nameTaken', params: { name: 'anna' } });
  expect(await store.users.byName('anna')).toMatchObject({ passwordHash: 'hash', role: 'operator' });
  expect(await store.users.byName('ANNA; --')).toBeNull();
  const kept = await session(anna.id, 'kept');
  const ended = await session(anna.id, 'ended');
  expect(await store.sessions.byTokenHash('kept')).toMatchObject({
    id: kept,
    user: { name: 'anna' },
    theme: 'system',
  });
  await store.users.update(
    anna.id,
    { passwordHash: 'new', mustChangePassword: false },
    { keepSession: kept },
  );
  expect(await store.sessions.byTokenHash('ended')).toBeNull();
  expect(await store.sessions.isAlive(ended)).toBe(false);
  expect(await store.sessions.isAlive(kept)).toBe(true);
  await store.sessions.setPreferences(kept, { locale: 'zh-CN', theme: 'dark' });
  await session(anna.id, 'later');
  expect(await store.sessions.byTokenHash('later')).toMatchObject({ locale: 'zh-CN', theme: 'dark' });
  await store.users.update(anna.id, { isDisabled: true });
  expect(await store.sessions.byTokenHash('kept')).toBeNull();
  expect(await store.users.count()).toBe(1);
});

test('an expired or revoked session is none', async () => {
  const ben = await user('ben');
  await session(ben.id, 'old', new Date(Date.now() - 1));
  expect(await store.sessions.byTokenHash('old')).toBeNull();
  const id = await session(ben.id, 'revoked');
  await store.sessions.revoke(id);
  expect(await store.sessions.byTokenHash('revoked')).toBeNull();
});

test('parallel failed sign-ins all count, and the window ends', async () => {
  await Promise.all(Array.from({ length: 40 }, () => store.signInAttempts.recordFailure('anna', 60_000)));
  expect(await store.signInAttempts.failures('anna', 60_000)).toBe(40);
  expect(await store.signInAttempts.failures('anna', -1000)).toBe(0);
  expect(await store.signInAttempts.recordFailure('anna', -1000)).toEqual({ failures: 1 });
  await store.signInAttempts.clear('anna');
  expect(await store.signInAttempts.failures('anna', 60_000)).toBe(0);
});

test('a console ticket is good once, also when it is tried in parallel, and not after its time', async () => {
  const cleo = await user('cleo');
  const ticket = {
    ticketHash: 'ticket',
    userId: cleo.id,
    sessionId: SessionId.parse(vmId()),
    vmId: vmId(),
    hostId: hostId(),
  };
  await store.consoleTickets.create({ ...ticket, expiresAt: soon() });
  const tries = await Promise.all(Array.from({ length: 10 }, () => store.consoleTickets.consume('ticket')));
  const { ticketHash: _, ...expected } = ticket;
  expect(tries.filter((found) => found !== null)).toEqual([expected]);
  await store.consoleTickets.create({ ...ticket, expiresAt: new Date(Date.now() - 1) });
  expect(await store.consoleTickets.consume('ticket')).toBeNull();
});

test('settings keep any JSON', async () => {
  expect(await store.settings.get('none')).toBeNull();
  for (const value of [1, 'x', null, false, { a: [1, { b: "'" }] }]) {
    await store.settings.set('key', value);
    expect(await store.settings.get('key')).toEqual(value);
  }
});
