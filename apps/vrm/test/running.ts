import { randomUUID } from 'node:crypto';
import { type RequestLimits, SignInGate, USUAL_LIMITS } from '@vireo/api';
import { A_PASSWORD, type FakeEngine, type FakeMemory, fakeEngine, fakeMemory } from '@vireo/api/testing';
import type { Role } from '@vireo/contracts';
import { createLog, startServer } from '../src/index.ts';

export interface Running {
  memory: FakeMemory;
  engine: FakeEngine;
  port: number;
  url: string;
  origin: string;
  logged: () => string;
  addUser(name: string, role: Role, options?: { mustChangePassword?: boolean }): Promise<void>;
  /** The cookie of a new browser session. */
  cookieOf(name: string): Promise<string>;
  /** The bearer token of a new session for programs. */
  tokenOf(name: string): Promise<string>;
  /** A tRPC mutation as the portal sends it, with headers added or taken away. */
  mutate(path: string, input: unknown, headers?: Record<string, string | null>): Promise<Response>;
  rest(method: string, path: string, token: string, body?: unknown): Promise<Response>;
  stop(): Promise<void>;
}

export function withHeaders(base: Record<string, string>, changes: Record<string, string | null>): Headers {
  const headers = new Headers(base);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  return headers;
}

/** The server on a free port, over a fake memory and a fake engine. */
export async function startRunning(
  options: { publicUrl?: string; limits?: Partial<RequestLimits> } = {},
): Promise<Running> {
  const memory = fakeMemory();
  const engine = fakeEngine();
  const signIn = new SignInGate();
  const lines: string[] = [];
  const server = await startServer({
    store: memory.store,
    engine,
    signIn,
    log: createLog('trace', { write: (line) => void lines.push(line) }),
    http: {
      publicUrl: options.publicUrl ? new URL(options.publicUrl) : null,
      trustedProxies: [],
      limits: { ...USUAL_LIMITS, ...options.limits },
    },
    listen: { port: 0, address: '127.0.0.1' },
  });
  const url = `http://127.0.0.1:${server.port}`;
  const passwordHash = signIn.hash(A_PASSWORD);

  const mutate: Running['mutate'] = (path, input, headers = {}) =>
    fetch(`${url}/api/trpc/${path}`, {
      method: 'POST',
      headers: withHeaders({ 'content-type': 'application/json', 'x-vireo': '1', origin: url }, headers),
      body: JSON.stringify(input),
    });

  return {
    memory,
    engine,
    port: server.port,
    url,
    origin: url,
    logged: () => lines.join(''),
    async addUser(name, role, { mustChangePassword = false } = {}) {
      await memory.store.users.create({ name, role, mustChangePassword, passwordHash: await passwordHash });
    },
    async cookieOf(name) {
      const answer = await mutate('session.signIn', { username: name, password: A_PASSWORD });
      const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
      if (!cookie) throw new Error(`${name} was not let in: ${await answer.text()}`);
      return cookie;
    },
    async tokenOf(name) {
      const answer = await fetch(`${url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: name, password: A_PASSWORD }),
      });
      const body = (await answer.json()) as { token?: string };
      if (!body.token) throw new Error(`${name} was not let in: ${JSON.stringify(body)}`);
      return body.token;
    },
    mutate,
    rest: (method, path, token, body) =>
      fetch(`${url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    stop: () => server.stop(),
  };
}

export const randomId = () => randomUUID();
