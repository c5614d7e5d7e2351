// Generates the Prisma client into packages/store/generated, unless it was generated from this very schema.
// Plain JavaScript: runs before anything else is ready. Needs no engine binary and no network.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const schemaDir = join(root, 'prisma', 'schema');
const generated = join(root, 'packages', 'store', 'generated');
const stamp = join(generated, '.schema-hash');
const require = createRequire(import.meta.url);
const prismaPackage = require.resolve('prisma/package.json');

function schemaHash() {
  const hash = createHash('sha256').update(readFileSync(prismaPackage));
  for (const name of readdirSync(schemaDir).sort())
    hash.update(`\0${name}\0`).update(readFileSync(join(schemaDir, name)));
  return hash.digest('hex');
}

const hash = schemaHash();
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
  const prisma = join(dirname(prismaPackage), 'build', 'index.js');
  const result = spawnSync(
    process.execPath,
    [prisma, 'generate', '--config', join(root, 'prisma', 'prisma.config.ts')],
    {
      cwd: root,
      encoding: 'utf8',
      // Prisma wants to find a schema engine here although generating never calls it: any program will do.
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    },
  );
  if (result.status !== 0) {
    console.error(result.stdout, result.stderr);
    process.exit(result.status ?? 1);
  }
  writeFileSync(stamp, hash);
}
