// `npm test`: makes the checkout ready, runs every test there is, and counts.
// The last line is `N passed, N failed[, N skipped]`, summed from the reports of what ran; a skip prints its reason.
// Set VIREO_TEST_ONLY to a comma list of phases (house, unit, lab, browser, crash) to run a part.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare, seconds } from './prepare.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const reports = mkdtempSync(join(tmpdir(), 'vireo-test-'));
const only = (process.env.VIREO_TEST_ONLY ?? '').split(',').filter(Boolean);
const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

/** Runs a program with its output shown; resolves with its exit code. */
function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

const node = (...args) => [process.execPath, args];
const bin = (name, ...args) => node(join(root, 'node_modules', '.bin', name), ...args);

/** A phase that is one check: it passes or fails by its exit code. */
async function check(name, [command, args]) {
  const code = await run(command, args);
  if (code === 0) total.passed += 1;
  else {
    total.failed += 1;
    failures.push(`${name} (exit ${code})`);
  }
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

async function vitest(name, env = {}, ...filters) {
  const report = join(reports, `${name}.json`);
  const [command, args] = bin(
    'vitest',
    'run',
    '--config',
    'packages/workshop/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  );
  const code = await run(command, args, env);
  const result = readReport(report);
  total.passed += result?.numPassedTests ?? 0;
  total.failed += result?.numFailedTests ?? 0;
  total.skipped += (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0);
  for (const file of result?.testResults ?? []) {
    for (const test of file.assertionResults) {
      if (test.status === 'failed') failures.push(`${name}: ${test.fullName}`);
      if (test.status === 'pending' || test.status === 'skipped')
        console.log(`skipped: ${test.fullName} (needs what this machine lacks; see the test's condition)`);
    }
    if (file.status === 'failed' && file.assertionResults.length === 0) {
      total.failed += 1;
      failures.push(`${name}: ${file.name} did not load: ${file.message}`);
    }
  }
  // A runner that ends badly without a failed test (crash, unhandled error) is a failure too.
  if (
    code !== 0 &&
    !(result?.numFailedTests > 0) &&
    !result?.testResults.some((f) => f.status === 'failed')
  ) {
    total.failed += 1;
    failures.push(`${name}: the runner ended with exit ${code}`);
  }
}

function* playwrightTests(suite) {
  for (const spec of suite.specs ?? [])
    for (const test of spec.tests) yield { title: `${suite.title} > ${spec.title}`, test };
  for (const inner of suite.suites ?? []) yield* playwrightTests(inner);
}

async function playwright(name, env) {
  const report = join(reports, `${name}.json`);
  const [command, args] = bin(
    'playwright',
    'test',
    '--config',
    'e2e/playwright.config.ts',
    '--reporter=list,json',
  );
  const code = await run(command, args, { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report });
  const result = readReport(report);
  let counted = 0;
  for (const suite of result?.suites ?? []) {
    for (const { title, test } of playwrightTests(suite)) {
      counted += 1;
      if (test.status === 'skipped') {
        total.skipped += 1;
        console.log(
          `skipped: ${title} (${test.annotations.find((a) => a.type === 'skip')?.description ?? 'an earlier step of its series failed'})`,
        );
      } else if (test.status === 'expected') total.passed += 1;
      else {
        total.failed += 1;
        failures.push(`${name}: ${title}${test.status === 'flaky' ? ' (flaky)' : ''}`);
      }
    }
  }
  if (counted === 0 || (code !== 0 && result?.stats.unexpected === 0)) {
    total.failed += 1;
    failures.push(`${name}: the runner ended with exit ${code} after ${counted} tests`);
  }
}

async function phase(name, work) {
  if (only.length > 0 && !only.includes(name)) return;
  const startedAt = Date.now();
  console.log(`\n== ${name}`);
  await work();
  console.log(`== ${name} took ${seconds(startedAt)}`);
}

prepare('test');

const lab = await new Promise((resolve) => {
  let said = '';
  const child = spawn(process.execPath, ['--import', 'tsx', 'packages/lab/src/cli.ts', 'check'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.on('data', (chunk) => (said += chunk));
  child.on('exit', (code) => resolve({ ok: code === 0, reason: said.trim() }));
});

await phase('house', async () => {
  await check('formatter and linter', bin('biome', 'check', '.'));
  await check('types', bin('tsc', '--noEmit', '-p', 'packages/workshop/tsconfig.everything.json'));
  await check('types of the portal', bin('tsc', '--noEmit', '-p', 'apps/portal/tsconfig.json'));
});
await phase('unit', () => vitest('unit'));

const labCli = (...args) => run(...node('--import', 'tsx', 'packages/lab/src/cli.ts', ...args));
if (lab.ok) {
  await phase('lab', async () => {
    await check('lab comes up', node('--import', 'tsx', 'packages/lab/src/cli.ts', 'up', '3'));
    await vitest('lab', { VIREO_TEST_LAB: '1' });
  });
} else {
  total.skipped += 1;
  console.log(`skipped: tests on real hosts (${lab.reason})`);
}
await phase('browser', () => playwright('browser', { VIREO_TEST_HOSTS: lab.ok ? 'lab' : 'simulator' }));
if (lab.ok) await labCli('down');

rmSync(reports, { recursive: true, force: true });
if (failures.length > 0) console.log(`\nFailed:\n${failures.map((f) => `  ${f}`).join('\n')}`);
console.log(
  `\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
