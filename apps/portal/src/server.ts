import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import next from 'next';
import { makeControlPlaneProxy } from './server/control-plane-proxy.ts';
import { setSecurityHeaders } from './server/security-headers.ts';

/**
 * The one port: pages by Next, `/api` and `/healthz` by vrm behind a plain proxy.
 * PORT (3000), VIREO_BIND (all addresses), VIREO_VRM_PORT (3001), VIREO_VRM_URL (another place for vrm).
 */
const isDev = process.argv.includes('--dev');
const port = Number(process.env.PORT ?? 3000);
const target = process.env.VIREO_VRM_URL ?? `http://127.0.0.1:${process.env.VIREO_VRM_PORT ?? 3001}`;
const log = (message: string) => console.warn(`portal: ${message}`);

const server = createServer();
// Next ends every upgrade whose path one of its pages matches, and the page of last resort matches all. So it listens
// on a server that never gets a connection, and is handed those upgrades that are its own.
const upgradesOfNext = createServer();
const app = next({
  dev: isDev,
  dir: fileURLToPath(new URL('..', import.meta.url)),
  httpServer: upgradesOfNext,
  port,
  hostname: 'localhost',
});
const proxy = makeControlPlaneProxy(target, log);
await app.prepare();
const page = app.getRequestHandler();

server.on('request', (request, response) => {
  if (proxy.isOurs(request.url)) return proxy.pass(request, response);
  delete request.headers['x-middleware-subrequest'];
  setSecurityHeaders(request, response, { isDev });
  page(request, response).catch((error: unknown) => {
    log(error instanceof Error ? error.message : String(error));
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});
server.on('upgrade', (request, socket, head) => {
  if (proxy.isOurs(request.url)) proxy.passUpgrade(request, socket, head);
  else if (!isDev || !upgradesOfNext.emit('upgrade', request, socket, head)) socket.destroy();
});
// Long reads (the change feed, consoles) must outlive Node's own idea of a request.
server.requestTimeout = 0;
server.keepAliveTimeout = 65_000;
server.listen(port, process.env.VIREO_BIND ?? '0.0.0.0', () => log(`listening on port ${port}`));

const stop = () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// Whoever started us may be killed without a word: then we have another parent.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) stop();
}, 1_000).unref();
