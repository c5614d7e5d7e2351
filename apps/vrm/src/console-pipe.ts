import type { Duplex } from 'node:stream';
import { VireoError } from '@vireo/contracts';
import type { WebSocket } from 'ws';

/** Why a console ended; the page reads the code. */
export const CONSOLE_CLOSE = {
  closed: 1000,
  stopping: 1001,
  broken: 1011,
  sessionEnded: 4401,
  noScreen: 4404,
  hostUnreachable: 4409,
} as const;
export type ConsoleEnd = keyof typeof CONSOLE_CLOSE;

/** Large enough that one slow browser turn doesn't stop the host's side, small enough for hundreds of consoles. */
const BUFFER_BYTES = 256 * 1024;

/** What a failure to open the screen means to the page. */
export function endOfFailure(failure: VireoError): ConsoleEnd {
  if (failure.code === 'vm.consoleUnavailable') return 'noScreen';
  return failure.code.startsWith('host.') ? 'hostUnreachable' : 'broken';
}

/**
 * Carries bytes both ways until one side ends; neither side is read faster than the other takes. The WebSocket is
 * left open, so that it can be closed with a code (a stream pipeline would cut it without one).
 * @returns who ended it: `closed` the browser, `noScreen` QEMU, `hostUnreachable` the tunnel.
 */
export function pipeConsole(socket: WebSocket, screen: Duplex): Promise<ConsoleEnd> {
  return new Promise((resolve) => {
    const end = (how: ConsoleEnd) => {
      resolve(how);
      screen.destroy();
    };
    screen.on('error', () => end('hostUnreachable'));
    // The browser may have left while the host was asked; then no event is to come that would end the screen.
    if (socket.readyState !== socket.OPEN) return end('closed');
    screen.once('end', () => end('noScreen'));
    screen.once('close', () => end('hostUnreachable'));
    socket.once('close', () => end('closed'));
    screen.on('drain', () => socket.resume());
    socket.on('message', (data) => {
      if (!screen.destroyed && Buffer.isBuffer(data) && !screen.write(data)) socket.pause();
    });
    const goOn = () => {
      if (screen.isPaused() && socket.bufferedAmount < BUFFER_BYTES) screen.resume();
    };
    screen.on('data', (chunk: Buffer) => {
      socket.send(chunk, goOn);
      if (socket.bufferedAmount >= BUFFER_BYTES) screen.pause();
    });
  });
}

/** @returns the failure as ours; anything unknown is `internal`. */
export function asFailure(thrown: unknown): VireoError {
  return thrown instanceof VireoError ? thrown : new VireoError('internal', {}, { cause: thrown });
}
