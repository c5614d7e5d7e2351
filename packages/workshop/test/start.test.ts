import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), 'vireo-start-'));
const isBuilt = existsSync(join(root, 'apps/portal/.next/BUILD_ID'));
const port = 20_000 + (process.pid % 20_000);

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** Starts all without hosts, asks the portal, presses Ctrl-C. @returns what was printed. */
async function startAndStop(): Promise<{ said: string; exitCode: unknown; children: number[] }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'packages/workshop/src/start.ts'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      VIREO_VRM_PORT: String(port + 1),
      VIREO_DATA_DIR: dataDir,
      VIREO_LAB: 'none',
      VIREO_ADMIN_PASSWORD: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const isUp = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Ctrl-C stops all of it')) resolve();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  });
  const ended = once(child, 'exit');
  await Promise.race([isUp, ended]);
  const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .map(Number);
  const answer = await fetch(`http://localhost:${port}/login`);
  expect(answer.status).toBe(200);
  child.kill('SIGINT');
  const [exitCode] = await ended;
  return { said, exitCode, children };
}

describe.skipIf(!isBuilt || process.platform !== 'linux')('npm start', () => {
  it('tells the first password once, stops all of it at Ctrl-C, and keeps the data', async () => {
    const first = await startAndStop();
    expect(first.said).toMatch(/Sign in as "admin" with the password {2}\S{12,}/);
    expect(first.exitCode).toBe(0);
    expect(first.children.length).toBeGreaterThanOrEqual(3);
    for (const pid of first.children)
      expect(existsSync(`/proc/${pid}`), `process ${pid} is gone`).toBe(false);

    const second = await startAndStop();
    expect(second.said).toContain(`http://localhost:${port}`);
    expect(second.said).not.toContain('Sign in as');
    expect(second.exitCode).toBe(0);
  }, 120_000);
});
