import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ADMIN_PASSWORD } from './admin.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Resolves when the start script says that it is up; rejects with its output when it ends before. */
function untilUp(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Vireo is up')) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.on('exit', (code) => reject(new Error(`npm start ended (${code}):\n${said}`)));
  });
}

/** Brings a whole console up with a data directory of its own; takes it down after the last test. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'vireo-e2e-'));
  const port = process.env.VIREO_E2E_PORT ?? '3100';
  const child = spawn(process.execPath, ['--import', 'tsx', 'packages/workshop/src/start.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: port,
      VIREO_VRM_PORT: String(Number(port) + 1),
      VIREO_DATA_DIR: dataDir,
      VIREO_ADMIN_PASSWORD: ADMIN_PASSWORD,
      // On the lab the tests add the hosts themselves, through the wizard.
      VIREO_LAB: process.env.VIREO_TEST_HOSTS === 'lab' ? 'none' : 'simulator',
    },
  });
  await untilUp(child);
  return async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
}
