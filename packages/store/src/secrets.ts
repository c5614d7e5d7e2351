import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OPEN_TASK_STATES, SecretId } from '@vireo/contracts';
import { z } from 'zod';
import { type Database, Prisma } from './database.ts';
import type { SecretPurpose, Store } from './types.ts';

const Purpose: z.ZodType<SecretPurpose> = z.enum(['hostPassword', 'hostPrivateKey', 'consoleKey']);
const TAG_BYTES = 16;
/** How long a sealed credential waits for the operation that it was sealed for. */
const OFFER_MS = 60 * 60_000;
/** When one that nothing came of is forgotten. */
const FORGET_MS = 24 * 60 * 60_000;

/** What a sealed text belongs to: a row that was copied or relabelled no longer opens. */
const boundData = (id: string, purpose: string, boundTo: string) =>
  Buffer.from(JSON.stringify([id, purpose, boundTo]));

async function readKey(path: string): Promise<Buffer | null> {
  const stat = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!stat) return null;
  if (!stat.isFile() || (stat.mode & 0o077) !== 0)
    throw new Error(
      `the sealing key ${path} can be read by others: chmod 600 it (and change what it sealed)`,
    );
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64');
  if (key.length !== 32) throw new Error(`the sealing key ${path} is damaged`);
  return key;
}

/** Reads the key, or makes it on first use. Two processes that start at once end up with the same one. */
async function ensureKey(path: string): Promise<Buffer> {
  const known = await readKey(path);
  if (known) return known;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  await chmod(draft, 0o600);
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  const key = await readKey(path);
  if (!key) throw new Error(`the sealing key ${path} could not be made`);
  return key;
}

/** Nothing can name these any more: no host, no open task, and too old to be offered. */
async function forgetAbandoned({ client }: Database): Promise<void> {
  const before = new Date(Date.now() - FORGET_MS);
  await client.$executeRaw`
    DELETE FROM secret s WHERE s.created_at < ${before} AND s.purpose <> 'consoleKey'
      AND NOT EXISTS (SELECT 1 FROM host h WHERE h.secret_id = s.id)
      AND NOT EXISTS (
        SELECT 1 FROM task t, jsonb_each(t.plan->'targets') target
        WHERE t.state IN (${Prisma.join([...OPEN_TASK_STATES])}) AND target.value->>'secretId' = s.id::text)`;
}

/** Secrets at rest: AES-256-GCM under a key file outside the database. */
export function secretQueries(database: Database, keyPath: string): Store['secrets'] {
  const { client } = database;
  let key: Promise<Buffer> | null = null;
  const keyOf = () => {
    key ??= ensureKey(keyPath).catch((error: unknown) => {
      key = null;
      throw error;
    });
    return key;
  };
  return {
    async seal(purpose, boundTo, plaintext) {
      const id = SecretId.parse(randomUUID());
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', await keyOf(), nonce);
      cipher.setAAD(boundData(id, purpose, boundTo));
      const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      await forgetAbandoned(database);
      await client.secret.create({
        data: { id, purpose, boundTo, nonce: new Uint8Array(nonce), sealed: new Uint8Array(sealed) },
      });
      return id;
    },
    async open(id, boundTo) {
      const row = await client.secret.findUnique({ where: { id } });
      if (!row) throw new Error(`there is no secret ${id}`);
      const purpose = Purpose.parse(row.purpose);
      const sealed = Buffer.from(row.sealed);
      const decipher = createDecipheriv('aes-256-gcm', await keyOf(), Buffer.from(row.nonce));
      decipher.setAAD(boundData(id, purpose, boundTo));
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      try {
        const plaintext = Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
        return { purpose, plaintext: plaintext.toString('utf8') };
      } catch {
        throw new Error(
          `the secret ${id} was tampered with, is bound to something else, or the key is another`,
        );
      }
    },
    async purposeOf(id) {
      const row = await client.secret.findUnique({ where: { id }, select: { purpose: true } });
      return row && Purpose.parse(row.purpose);
    },
    async purposeOfOffered(id, boundTo) {
      const [row] = await client.$queryRaw<{ purpose: string }[]>`
        SELECT purpose FROM secret s
        WHERE s.id = ${id}::uuid AND s.bound_to = ${boundTo} AND s.purpose <> 'consoleKey'
          AND s.created_at > ${new Date(Date.now() - OFFER_MS)}
          AND NOT EXISTS (SELECT 1 FROM host h WHERE h.secret_id = s.id)`;
      return row ? Purpose.parse(row.purpose) : null;
    },
    async remove(id) {
      await client.secret.deleteMany({ where: { id } });
    },
  };
}
