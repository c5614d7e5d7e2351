import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type ApiServices, apiServer, type HttpOptions, type SignInGate } from '@vireo/api';
import type { Engine } from '@vireo/engine';
import type { Store } from '@vireo/store';
import type { Logger } from 'pino';
import { consoleGateway } from './console-gateway.ts';
import { healthAnswer } from './health.ts';

export interface ServerParts {
  store: Store;
  engine: Engine;
  signIn: SignInGate;
  log: Logger;
  http: HttpOptions;
  listen: { port: number; address: string };
}

export interface RunningServer {
  port: number;
  services: ApiServices;
  /** Answers what is under way for a moment, then closes every connection. */
  stop(): Promise<void>;
}

/** What may still end by itself when we stop: short answers, not streams. */
const FAREWELL_MS = 500;

async function listen(server: Server, { port, address }: ServerParts['listen']): Promise<number> {
  server.listen(port, address);
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server has no TCP port');
  return bound.port;
}

/** HTTP, the change feed and the console gateway on one port. @throws Error when the port is taken. */
export async function startServer({
  store,
  engine,
  signIn,
  log,
  http,
  listen: at,
}: ServerParts): Promise<RunningServer> {
  const services: ApiServices = {
    store,
    submitter: engine,
    signIn,
    reportError: (error, where) => log.error({ err: error, where }, 'a request failed inside'),
  };
  const api = apiServer(services, http);
  const consoles = consoleGateway({ services, opener: engine, options: http, log });

  const answer = getRequestListener(async (request, bindings) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/healthz' && request.method === 'GET') return healthAnswer(store, engine);
    const startedAt = performance.now();
    const response = await api.fetch(request, bindings);
    // The path only: queries hold inputs and tickets.
    log.debug(
      {
        method: request.method,
        path: pathname.slice(0, 300),
        status: response.status,
        ms: Math.round(performance.now() - startedAt),
      },
      'request',
    );
    return response;
  });
  const server = createServer((request, response) => void answer(request, response));
  // Longer than the proxy in front keeps idle connections, so that it never writes into a closing one.
  server.keepAliveTimeout = 65_000;
  server.on('upgrade', (request, socket, head) => void consoles.upgrade(request, socket, head));
  const port = await listen(server, at);

  return {
    port,
    services,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      consoles.stop();
      server.closeIdleConnections();
      const farewell = setTimeout(() => server.closeAllConnections(), FAREWELL_MS);
      await closed;
      clearTimeout(farewell);
    },
  };
}
