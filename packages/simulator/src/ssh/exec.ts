import type { ServerChannel } from 'ssh2';
import type { SimHost } from '../model/host.ts';
import type { FileLocks } from '../programs/locks.ts';
import { busyFor, failed } from '../programs/program.ts';
import { runLine } from '../programs/run.ts';
import type { Fault } from '../types.ts';

export interface ExecContext {
  host: SimHost;
  locks: FileLocks;
  fault: Fault | null;
  /** Breaks the host's connections. */
  drop: () => void;
}

const STDIN_LIMIT = 16 * 1024 * 1024;
const GARBAGE = `\u0000\u001b[31m}{ %s ${'\ufffd'.repeat(20)} <domain><`;

/** Runs one command line and answers on its channel, as far as the host's fault lets it. */
export async function runExec(channel: ServerChannel, line: string, context: ExecContext): Promise<void> {
  const { host, locks, fault, drop } = context;
  const gone = new AbortController();
  channel.on('close', () => gone.abort());
  channel.on('error', () => gone.abort());
  const stdin = inputOf(channel);
  if (fault?.kind === 'slow') await busyFor(fault.ms, gone.signal);
  const write = (text: string) => {
    if (!gone.signal.aborted && fault?.kind !== 'hang') channel.write(text);
  };
  const outcome = await runLine(line, locks, { host, stdin: () => stdin, write, signal: gone.signal }).catch(
    (error: unknown) => failed(`simulator: ${error instanceof Error ? error.message : String(error)}\n`, 126),
  );
  if (fault?.kind === 'dropAfterExec') return drop();
  if (gone.signal.aborted || fault?.kind === 'hang') return;
  channel.stderr.write(outcome.stderr);
  channel.write(fault?.kind === 'garbageOutput' ? GARBAGE : outcome.stdout);
  channel.exit(outcome.exitCode);
  channel.end();
}

/** All that comes in, read at once: a channel whose input nobody reads never closes. */
function inputOf(channel: ServerChannel): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    channel.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= STDIN_LIMIT) chunks.push(chunk);
    });
    const end = () => resolve(Buffer.concat(chunks).toString());
    channel.on('end', end);
    channel.on('close', end);
  });
}
