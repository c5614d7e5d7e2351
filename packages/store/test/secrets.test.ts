import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../src/open-store.ts';
import { startTestDatabase } from '../src/testing.ts';
import type { Store } from '../src/types.ts';
import { addHost, change } from './fixtures.ts';

const CANARY = 'canary-7f3a password';
let store: Store;
let url: string;
let folder: string;
let keyPath: string;
let stop: () => Promise<void>;
const open = () => openStore({ databaseUrl: url, sealKeyPath: keyPath });
beforeAll(async () => {
  const database = await startTestDatabase();
  ({ url, stop } = database);
  folder = await mkdtemp(join(tmpdir(), 'vireo-secrets-'));
  keyPath = join(folder, 'keys', 'seal.key');
  store = await open();
});
afterAll(async () => {
  await store.close();
  await stop();
  await rm(folder, { recursive: true });
});

async function sql(text: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text, values);
  } finally {
    await client.end();
  }
}

test('what is sealed opens again, and is nowhere in the clear', async () => {
  const id = await store.secrets.seal('hostPassword', '10.0.0.1:22', CANARY);
  expect(await store.secrets.open(id, '10.0.0.1:22')).toEqual({ purpose: 'hostPassword', plaintext: CANARY });
  expect(await store.secrets.purposeOf(id)).toBe('hostPassword');
  expect((await stat(keyPath)).mode & 0o777).toBe(0o600);
  const { rows } = await sql('select secret::text as line, sealed from secret');
  for (const row of rows) {
    expect(row.line).not.toContain('canary');
    expect(row.sealed.includes(Buffer.from('canary'))).toBe(false);
  }
  await store.secrets.remove(id);
  await expect(store.secrets.open(id, '10.0.0.1:22')).rejects.toThrow('no secret');
  expect(await store.secrets.purposeOf(id)).toBeNull();
});

test('a secret that is bound to something else, copied, relabelled or changed does not open', async () => {
  const id = await store.secrets.seal('hostPrivateKey', 'a:22', CANARY);
  const other = await store.secrets.seal('hostPrivateKey', 'a:22', 'other');
  await expect(store.secrets.open(id, 'b:22')).rejects.toThrow('bound to something else');
  await sql(
    'update secret set nonce = s.nonce, sealed = s.sealed from secret s where secret.id = $1 and s.id = $2',
    [other, id],
  );
  await expect(store.secrets.open(other, 'a:22')).rejects.toThrow('tampered');
  await sql("update secret set purpose = 'hostPassword' where id = $1", [id]);
  await expect(store.secrets.open(id, 'a:22')).rejects.toThrow('tampered');
  await sql(
    "update secret set purpose = 'hostPrivateKey', sealed = set_byte(sealed, 0, get_byte(sealed, 0) # 1) where id = $1",
    [id],
  );
  await expect(store.secrets.open(id, 'a:22')).rejects.toThrow('tampered');
});

test('stores that start at once share one key, and a key that others can read is refused', async () => {
  keyPath = join(folder, 'together', 'seal.key');
  const stores = await Promise.all([open(), open(), open()]);
  const ids = await Promise.all(stores.map((one) => one.secrets.seal('consoleKey', 'console', CANARY)));
  for (const one of stores)
    for (const id of ids) expect((await one.secrets.open(id, 'console')).plaintext).toBe(CANARY);
  await chmod(keyPath, 0o640);
  const late = await open();
  await expect(late.secrets.seal('consoleKey', 'console', 'x')).rejects.toThrow('read by others');
  await Promise.all([...stores, late].map((one) => one.close()));
});

test('a sealed credential is offered for its own place only, once, and for an hour', async () => {
  const place = 'offered.example:22';
  const seal = (purpose: 'hostPassword' | 'consoleKey' = 'hostPassword') =>
    store.secrets.seal(purpose, place, CANARY);
  const id = await seal();
  expect(await store.secrets.purposeOfOffered(id, place)).toBe('hostPassword');
  expect(await store.secrets.purposeOfOffered(id, 'offered.example:2222')).toBeNull();
  expect(await store.secrets.purposeOfOffered(id, 'attacker.example:22')).toBeNull();
  expect(await store.secrets.purposeOfOffered(await seal('consoleKey'), place)).toBeNull();
  await sql("update secret set created_at = now() - interval '61 minutes' where id = $1", [id]);
  expect(await store.secrets.purposeOfOffered(id, place)).toBeNull();
  const used = (await store.hosts.byId(await addHost(store, 'keeper')))?.target;
  if (!used) throw new Error('no host');
  await sql('update secret set bound_to = $2 where id = $1', [used.secretId, place]);
  expect(await store.secrets.purposeOfOffered(used.secretId, place)).toBeNull();
});

test('no Plan can make the memory forget what a host signs in with, or the console key', async () => {
  const hostSecret = (await store.hosts.byId(await addHost(store, 'robbed')))?.target.secretId;
  const consoleKey = await store.secrets.seal('consoleKey', 'console', CANARY);
  const pending = await store.secrets.seal('hostPassword', 'x:22', CANARY);
  if (!hostSecret) throw new Error('no host');
  const forget = [hostSecret, consoleKey, pending].map(
    (secretId) => ({ kind: 'secret.remove', secretId }) as const,
  );
  await change(store, ...forget);
  expect(await store.secrets.purposeOf(hostSecret)).toBe('hostPassword');
  expect(await store.secrets.purposeOf(consoleKey)).toBe('consoleKey');
  expect(await store.secrets.purposeOf(pending)).toBeNull();
});

test('a credential that nothing came of is forgotten after a day', async () => {
  const left = await store.secrets.seal('hostPassword', 'left:22', CANARY);
  const used = (await store.hosts.byId(await addHost(store, 'user')))?.target.secretId;
  await sql("update secret set created_at = now() - interval '25 hours'");
  await store.secrets.seal('hostPassword', 'next:22', CANARY);
  expect(await store.secrets.purposeOf(left)).toBeNull();
  expect(used && (await store.secrets.purposeOf(used))).toBe('hostPassword');
});
