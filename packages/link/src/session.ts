import { VireoError } from '@vireo/contracts';
import { type Dialled, dial } from './dial.ts';
import { send } from './exec.ts';
import { ExecSlots } from './exec-slots.ts';
import { openLines } from './lines.ts';
import { LOCK_WAIT_SECONDS, remoteLine } from './quote.ts';
import { tunnelTcp, tunnelUnix } from './tunnel.ts';
import type { ExecResult, HostSession, OpenSession } from './types.ts';

const END_GRACE_MS = 1000;
/** A stream that outlives its connection ends by itself; one that is still followed is simply opened again. */
const STREAM_LIFE_MS = 6 * 3600 * 1000;

/** Opens one SSH connection. The host's key is compared before any credential is offered. */
export const openSession: OpenSession = async (endpoint, options) =>
  sessionOver(await dial(endpoint, options), endpoint);

function sessionOver({ client, socket }: Dialled, endpoint: { address: string; user: string }): HostSession {
  const slots = new ExecSlots();
  let isOpen = true;
  let execs = 0;
  const closed = new Promise<void>((resolve) => {
    client.on('close', () => {
      isOpen = false;
      slots.close();
      resolve();
    });
  });

  const exec: HostSession['exec'] = async (command, options = {}) => {
    const { user } = endpoint;
    const line = remoteLine(command.argv, { user, lock: options.lock, timeoutMs: command.timeoutMs });
    const asked = new Date();
    const release = await slots.take(command.effect, options.signal);
    if (!release) {
      return unsent(command.argv, asked, options.signal?.aborted ? 'cancelled' : 'notSent');
    }
    execs += 1;
    return await send({
      client,
      command,
      line,
      lockWaitMs: options.lock === undefined ? 0 : LOCK_WAIT_SECONDS * 1000,
      signal: options.signal,
      onStdout: options.onStdout,
      onChannelGone: release,
    });
  };

  const needOpen = () => {
    if (!isOpen) throw new VireoError('host.notConnected', { name: endpoint.address });
  };

  return {
    get isOpen() {
      return isOpen;
    },
    get traffic() {
      return { execs, bytesIn: socket.bytesRead, bytesOut: socket.bytesWritten };
    },
    exec,
    lines: (argv, onLine) =>
      openLines(client, remoteLine(argv, { user: endpoint.user, timeoutMs: STREAM_LIFE_MS }), onLine),
    tunnelTcp: async (address, port) => {
      needOpen();
      return await tunnelTcp(client, address, port);
    },
    tunnelUnix: async (path) => {
      needOpen();
      return await tunnelUnix(client, path);
    },
    closed,
    close: () => {
      client.end();
      setTimeout(() => client.destroy(), END_GRACE_MS).unref();
    },
  };
}

function unsent(
  argv: readonly string[],
  startedAt: Date,
  failure: Exclude<ExecResult['failure'], null>,
): ExecResult {
  const durationMs = Date.now() - startedAt.getTime();
  return { argv, startedAt, durationMs, exitCode: null, stdout: '', stderr: '', failure };
}
