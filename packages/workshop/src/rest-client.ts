import { setTimeout as sleep } from 'node:timers/promises';

/** Password of "admin" in consoles that tests and the bench bring up (VIREO_ADMIN_PASSWORD). */
export const ADMIN_PASSWORD = 'correct-horse-battery-9';

/** A program that uses the REST API, as anybody's would. */
export class RestClient {
  readonly url: string;
  readonly token: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  static async signIn(url: string, username = 'admin', password = ADMIN_PASSWORD): Promise<RestClient> {
    const response = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-vireo': '1' },
      body: JSON.stringify({ username, password }),
    });
    if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`);
    const { token } = (await response.json()) as { token: string };
    return new RestClient(url, token);
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

  /**
   * Submits an operation and polls its task until it ended, seldom enough not to take the VRM's time from the task.
   * @returns milliseconds from the request to the end that the VRM noted (one machine, one clock).
   */
  async run(path: string, body: unknown): Promise<{ taskId: string; durationMs: number; task: TaskAnswer }> {
    const askedAt = Date.now();
    const { taskId } = await this.post<{ taskId: string }>(path, body);
    for (;;) {
      await sleep(100);
      const task = await this.get<TaskAnswer>(`/tasks/${taskId}`);
      if (['done', 'failed', 'stuck', 'cancelled'].includes(task.state)) {
        if (task.state !== 'done') throw new Error(`${path}: ${task.state} ${JSON.stringify(task.error)}`);
        return { taskId, durationMs: Date.parse(task.finishedAt) - askedAt, task };
      }
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

/** Polls until `isTrue`. @throws Error naming `what` after `timeoutMs`. */
export async function until(
  what: string,
  timeoutMs: number,
  isTrue: () => Promise<boolean> | boolean,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
    await sleep(100);
  }
}
