import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ADMIN_PASSWORD, RestClient } from './rest-client.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A whole console, brought up by the start script for tests or the bench, with a data directory of its own. */
export interface TrialConsole {
  url: string;
  vrmPid: number;
  client: RestClient;
  stop(): Promise<void>;
}

function untilUp(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Vireo is up')) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.on('exit', (code) => reject(new Error(`the console ended (${code}):\n${said}`)));
  });
}

function childNamed(parent: number, part: string): number {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ');
  const found = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(part));
  if (!found) throw new Error(`no child process ${part}`);
  return Number(found);
}

/** Starts the console on ports of its own (`port` and the next one) and waits until it answers. */
export async function startTrialConsole(
  hosts: 'lab' | 'simulator' | 'none',
  port: number,
  extraEnv: Record<string, string> = {},
): Promise<TrialConsole> {
  const dataDir = mkdtempSync(join(tmpdir(), 'vireo-trial-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'packages/workshop/src/start.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: String(port),
      VIREO_VRM_PORT: String(port + 1),
      VIREO_DATA_DIR: dataDir,
      VIREO_ADMIN_PASSWORD: ADMIN_PASSWORD,
      VIREO_LAB: hosts,
      ...extraEnv,
    },
  });
  await untilUp(child);
  const url = `http://localhost:${port}`;
  const client = await RestClient.signIn(url);
  return {
    url,
    client,
    vrmPid: childNamed(child.pid ?? 0, 'apps/vrm'),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
