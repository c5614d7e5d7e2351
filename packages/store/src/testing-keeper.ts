// Keeps the PostgreSQL of the tests: `node --import tsx testing-keeper.ts <socket>`. Whoever connects gets its address as
// one line, and holds the connection as long as it needs the database. Ends 3 s after the last one has gone.
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from './embedded-postgres.ts';

const IDLE_MS = 3000;
const socketPath = process.argv[2];
if (!socketPath) throw new Error('which socket?');

function listen(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(path, () => resolve(true));
  });
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

const folder = await mkdtemp(join(tmpdir(), 'vireo-test-postgres-'));
let url: string | null = null;
const waiting = new Set<(url: string) => void>();
let users = 0;
let idle: NodeJS.Timeout | null = null;
let stop: () => Promise<void> = () => Promise.resolve();

const server = createServer((socket) => {
  users += 1;
  if (idle) clearTimeout(idle);
  const tell = (ready: string) => void socket.write(`${ready}\n`);
  if (url) tell(url);
  else waiting.add(tell);
  socket.on('error', () => socket.destroy());
  socket.resume();
  socket.on('close', () => {
    users -= 1;
    waiting.delete(tell);
    if (users === 0) idle = setTimeout(() => void end(), IDLE_MS);
  });
});

async function end(): Promise<void> {
  server.close();
  await stop();
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
}

if (!(await listen(server, socketPath))) {
  if (await isAnswered(socketPath)) {
    await rm(folder, { recursive: true, force: true });
    process.exit(0);
  }
  // Left behind by a keeper that was killed.
  await rm(socketPath, { force: true });
  if (!(await listen(server, socketPath))) process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end());
idle = setTimeout(() => void end(), 30_000);
const postgres = await startEmbeddedPostgres({ dataDir: folder, isThrowaway: true });
stop = () => postgres.stop();
url = postgres.url.replace(/\/vireo$/, '/postgres');
for (const tell of waiting) tell(url);
waiting.clear();
