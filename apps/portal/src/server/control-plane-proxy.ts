import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createProxyServer } from 'http-proxy-3';

/** A day: the change feed and consoles are quiet for long. */
const SILENCE_MS = 24 * 60 * 60 * 1000;

const isOurs = (url: string | undefined) => {
  const path = (url ?? '/').split('?', 1)[0] ?? '/';
  return path === '/healthz' || path === '/api' || path.startsWith('/api/');
};

/** What a client claims about itself as if it were a proxy; only this server may say it. */
const CLAIMS = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
  'x-middleware-subrequest',
];

function stripClaims(request: IncomingMessage): void {
  for (const name of CLAIMS) delete request.headers[name];
}

function sayAway(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(502, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'retry-after': '2',
  });
  response.end(
    JSON.stringify({
      type: 'about:blank',
      title: 'The control plane does not answer.',
      status: 502,
      code: 'unavailable',
    }),
  );
}

/** Passes `/api` and `/healthz` and their upgrades to vrm, as they are: same Host, nothing buffered. */
export function makeControlPlaneProxy(target: string, log: (message: string) => void) {
  const proxy = createProxyServer({
    target,
    xfwd: true,
    ws: true,
    changeOrigin: false,
    proxyTimeout: SILENCE_MS,
    timeout: SILENCE_MS,
  });
  proxy.on('error', (error, request, response) => {
    log(`${request.method ?? 'GET'} ${(request.url ?? '').split('?', 1)[0]}: ${error.message}`);
    if ('writeHead' in response) sayAway(response);
    else response.destroy();
  });
  // A vrm that dies in the middle of an answer leaves it unfinished: the browser must hear of that, or it waits for ever.
  proxy.on('proxyRes', (answer, _request, response) => {
    answer.on('close', () => {
      if (!answer.complete) response.destroy();
    });
  });
  return {
    isOurs,
    pass(request: IncomingMessage, response: ServerResponse): void {
      stripClaims(request);
      proxy.web(request, response);
    },
    passUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      stripClaims(request);
      socket.on('error', () => socket.destroy());
      proxy.ws(request, socket, head);
    },
  };
}
