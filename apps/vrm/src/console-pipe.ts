import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { VireoError } from '@vireo/contracts';
import { createWebSocketStream, type WebSocket } from 'ws';

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
 * Carries bytes both ways until one side ends; neither side is read faster than the other takes.
 * @returns who ended it: `closed` the browser, `noScreen` QEMU, `hostUnreachable` the tunnel.
 */
export async function pipeConsole(socket: WebSocket, screen: Duplex): Promise<ConsoleEnd> {
  // The browser may have left while the host was asked; then no event is to come that would end the screen.
  if (socket.readyState !== socket.OPEN) {
    screen.destroy();
    return 'closed';
  }
  const browser = createWebSocketStream(socket, { highWaterMark: BUFFER_BYTES });
  // The pipelines report errors; this one keeps a late error of an abandoned stream from being fatal.
  browser.on('error', () => screen.destroy());
  const fromBrowser = pipeline(browser, screen).then(
    () => 'closed' as const,
    () => (socket.readyState === socket.OPEN ? ('hostUnreachable' as const) : ('closed' as const)),
  );
  // The WebSocket is left open at the end, so that it can be closed with a code.
  const fromScreen = pipeline(screen, browser, { end: false }).then(
    () => 'noScreen' as const,
    () => (socket.readyState === socket.OPEN ? ('hostUnreachable' as const) : ('closed' as const)),
  );
  const end = await Promise.race([fromBrowser, fromScreen]);
  screen.destroy();
  return end;
}

/** @returns the failure as ours; anything unknown is `internal`. */
export function asFailure(thrown: unknown): VireoError {
  return thrown instanceof VireoError ? thrown : new VireoError('internal', {}, { cause: thrown });
}
