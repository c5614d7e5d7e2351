import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startTestDatabase } from '@vireo/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
let database: { url: string; stop: () => Promise<void> };
let folder: string;
beforeAll(async () => {
  database = await startTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'vireo-main-test-'));
});
afterAll(async () => {
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Started {
  child: ChildProcess;
  lines: string[];
  up: Promise<void>;
}

function start(command: string, args: string[]): Started {
  const child = spawn(command, args, {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      VIREO_DATA_DIR: folder,
      VIREO_VRM_PORT: '0',
      VIREO_LOG: 'info',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const up = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (line.includes('vrm is up')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${lines.join('\n')}`)));
  });
  return { child, lines, up };
}

const main = ['--import', 'tsx', 'apps/vrm/src/main.ts'];

describe('the process', () => {
  it('tells the first password once, in a marked line, and stops on SIGTERM', async () => {
    const { child, lines, up } = start(process.execPath, main);
    await up;
    await expect.poll(() => lines.filter((line) => line.startsWith('VIREO_FIRST_PASSWORD '))).toHaveLength(1);
    const password = lines.find((line) => line.startsWith('VIREO_FIRST_PASSWORD '))?.split(' ')[1] ?? '';
    expect(lines.filter((line) => line.includes(password))).toHaveLength(1);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('stops when the process that started it is gone, and has no second first password', async () => {
    const script = `"$0" ${main.join(' ')} & echo "pid $!"; wait`;
    const { child, lines, up } = start('sh', ['-c', script, process.execPath]);
    await up;
    const pid = Number(lines.find((line) => line.startsWith('pid '))?.slice(4));
    expect(lines.some((line) => line.startsWith('VIREO_FIRST_PASSWORD'))).toBe(false);
    child.kill('SIGKILL');
    const isAlive = () => {
      try {
        return process.kill(pid, 0);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
        throw error;
      }
    };
    await expect.poll(isAlive, { timeout: 10_000 }).toBe(false);
  });
});
