import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withSchemaEngine } from './schema-engine.ts';

const prismaDir = fileURLToPath(new URL('../../../prisma/', import.meta.url));
const schemaDir = join(prismaDir, 'schema');
const migrationsDir = join(prismaDir, 'migrations');
const filters = { externalTables: [], externalEnums: [] };

async function schemaFiles(): Promise<{ path: string; content: string }[]> {
  const names = (await readdir(schemaDir)).filter((name) => name.endsWith('.prisma')).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(schemaDir, name);
      return { path, content: await readFile(path, 'utf8') };
    }),
  );
}

/** The folders in prisma/migrations, oldest first, with their SQL. */
export async function migrationFiles(): Promise<{ name: string; sql: string }[]> {
  const entries = await readdir(migrationsDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      sql: await readFile(join(migrationsDir, name, 'migration.sql'), 'utf8'),
    })),
  );
}

async function migrationList() {
  const files = await migrationFiles();
  return {
    baseDir: migrationsDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(migrationsDir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: files.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  };
}

/**
 * Applies the pending migrations with Prisma's own bookkeeping (`_prisma_migrations`), offline.
 * @returns the names of those that were applied now; none when the database is up to date.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const migrationsList = await migrationList();
  return withSchemaEngine(databaseUrl, [], async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters });
    return appliedMigrationNames;
  });
}

/** SQL that turns a migrated database into what the schema says; null: they agree. The database is only read. */
export async function schemaDifference(databaseUrl: string): Promise<string | null> {
  const files = await schemaFiles();
  const models = files.map(({ path, content }): [string, string] => [path, content]);
  return withSchemaEngine(databaseUrl, models, async (engine) => {
    const result = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: prismaDir },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters,
    });
    return result.exitCode === 0 ? null : (result.stdout ?? '');
  });
}

/**
 * Writes a new migration from the difference between a migrated database and the schema, to be read and mended by hand.
 * @returns its folder, or null when there is no difference.
 */
export async function writeMigration(databaseUrl: string, name: string, now: Date): Promise<string | null> {
  const sql = await schemaDifference(databaseUrl);
  if (sql === null) return null;
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(migrationsDir, `${stamp}_${name.replace(/[^a-z0-9]+/g, '_')}`);
  await mkdir(folder);
  await writeFile(join(folder, 'migration.sql'), sql);
  return folder;
}
