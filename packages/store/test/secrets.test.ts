import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../src/open-store.ts';
import { startTestDatabase } from '../src/testing.ts';
import type { Store } from '../src/types.ts';

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
