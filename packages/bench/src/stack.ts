import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
const PASSWORD = 'correct-horse-battery-9';

/** A whole console, brought up by the start script for one bench, with a data directory of its own. */
export interface Stack {
  url: string;
  vrmPid: number;
  client: Client;
  stop(): Promise<void>;
}

/** A program that uses the REST API, as anybody's would. */
export class Client {
  readonly url: string;
  readonly token: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  static async signIn(url: string): Promise<Client> {
    const response = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-vireo': '1' },
      body: JSON.stringify({ username: 'admin', password: PASSWORD }),
    });
    if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`);
    const { token } = (await response.json()) as { token: string };
    return new Client(url, token);
  }

  async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${this.token}` },
    });
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', 'x-vireo': '1' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Submits an operation and polls its task until it ended. @returns milliseconds from the request to the end as seen here. */
  async run(path: string, body: unknown): Promise<{ taskId: string; durationMs: number; task: TaskAnswer }> {
    const startedAt = performance.now();
    const { taskId } = await this.post<{ taskId: string }>(path, body);
    for (;;) {
      const task = await this.get<TaskAnswer>(`/tasks/${taskId}`);
      if (['done', 'failed', 'stuck', 'cancelled'].includes(task.state)) {
        if (task.state !== 'done') throw new Error(`${path}: ${task.state} ${JSON.stringify(task.error)}`);
        return { taskId, durationMs: performance.now() - startedAt, task };
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

export interface TaskAnswer {
  state: string;
  error: unknown;
  objectId: string;
  createdAt: string;
  startedAt: string;
  finishedAt: string;
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

async function childNamed(parent: number, part: string): Promise<number> {
  const { readFileSync } = await import('node:fs');
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ');
  const found = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(part));
  if (!found) throw new Error(`no child process ${part}`);
  return Number(found);
}

/** Starts the console on ports of its own and waits until all its hosts are connected. */
export async function startStack(
  hosts: 'lab' | 'simulator',
  port: number,
  extraEnv: Record<string, string> = {},
): Promise<Stack> {
  const dataDir = mkdtempSync(join(tmpdir(), 'vireo-bench-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'packages/workshop/src/start.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: String(port),
      VIREO_VRM_PORT: String(port + 1),
      VIREO_DATA_DIR: dataDir,
      VIREO_ADMIN_PASSWORD: PASSWORD,
      VIREO_LAB: hosts,
      ...extraEnv,
    },
  });
  await untilUp(child);
  const url = `http://localhost:${port}`;
  const client = await Client.signIn(url);
  return {
    url,
    client,
    vrmPid: await childNamed(child.pid ?? 0, 'apps/vrm'),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Polls until `isTrue`. @throws Error naming `what` after `timeoutMs`. */
export async function until(what: string, timeoutMs: number, isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
