import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ApiServices, closeAuditOf, type HttpOptions, openAudit } from '@vireo/api';
import { VireoError } from '@vireo/contracts';
import type { ConsoleOpener } from '@vireo/engine';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Admission, admitToConsole } from './console-admission.ts';
import { asFailure, CONSOLE_CLOSE, type ConsoleEnd, endOfFailure, pipeConsole } from './console-pipe.ts';
import { watchConsole } from './console-watch.ts';

export interface ConsoleGateway {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  /** Closes every console. */
  stop(): void;
}

interface GatewayDeps {
  services: ApiServices;
  opener: ConsoleOpener;
  options: HttpOptions;
  log: Logger;
}

/** Browsers send keys and pointer moves, and at most a pasted text. */
const MAX_FROM_BROWSER_BYTES = 1024 * 1024;

function refuse(socket: Duplex, failure: VireoError): void {
  const body = JSON.stringify({ code: failure.code, status: failure.status });
  socket.end(
    `HTTP/1.1 ${failure.status} ${STATUS_CODES[failure.status]}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** The ticket of a request for a console. @throws VireoError `notFound` for any other path. */
function ticketOf(request: IncomingMessage): string {
  const url = URL.parse(request.url ?? '/', 'http://vrm');
  const ticket = url?.searchParams.get('ticket');
  if (url?.pathname !== '/api/console' || !ticket) throw new VireoError('notFound');
  return ticket;
}

function closeWith(socket: WebSocket, end: ConsoleEnd): void {
  socket.close(CONSOLE_CLOSE[end], end);
}

/** Carries VM screens between browsers and hosts. It decides only who may look; see `console-admission.ts`. */
export function consoleGateway({ services, opener, options, log }: GatewayDeps): ConsoleGateway {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_FROM_BROWSER_BYTES,
  });

  /** One console, from the open socket to its end. The audit entry is opened before the host is asked. */
  async function serve(socket: WebSocket, admission: Admission): Promise<void> {
    const { session, vm, address } = admission;
    const object = { kind: 'vm', id: vm.id, name: vm.name };
    const actor = { userId: session.user.id, userName: session.user.name, address };
    const auditId = await openAudit(services, { operation: 'vm.console', actor, object });
    let screen: Duplex | null = null;
    const unwatch = watchConsole(services.store, socket, admission, (end) => {
      if (end === 'gone') socket.terminate();
      else closeWith(socket, end);
      // A browser that ignores the close must not type on.
      screen?.destroy();
    });
    try {
      screen = await opener.openVnc(vm.id);
      closeWith(socket, await pipeConsole(socket, screen));
      const params = { user: session.user.name, name: vm.name };
      await services.store.events.closeAudit(auditId, 'succeeded');
      await services.store.events.record({
        severity: 'info',
        message: { key: 'events.console.closed', params },
        object,
      });
    } catch (thrown) {
      closeWith(socket, endOfFailure(asFailure(thrown)));
      await closeAuditOf(services, auditId, thrown);
    } finally {
      unwatch();
    }
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    try {
      const admission = await admitToConsole(services, options, request, ticketOf(request));
      server.handleUpgrade(request, socket, head, (webSocket) => {
        webSocket.on('error', (error) => log.debug({ err: error }, 'a console socket failed'));
        serve(webSocket, admission).catch((error: unknown) => {
          log.error({ err: error }, 'a console could not be served');
          webSocket.terminate();
        });
      });
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (failure.code === 'internal') log.error({ err: thrown }, 'a console was not admitted');
      refuse(socket, failure);
    }
  }

  return {
    upgrade,
    stop() {
      for (const socket of server.clients) closeWith(socket, 'stopping');
    },
  };
}
