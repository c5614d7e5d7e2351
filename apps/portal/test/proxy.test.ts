import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { makeControlPlaneProxy } from '../src/server/control-plane-proxy.ts';

const servers: Server[] = [];

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

async function front(target: string): Promise<number> {
  const proxy = makeControlPlaneProxy(target, () => undefined);
  const server = createServer((incoming, outgoing) => proxy.pass(incoming, outgoing));
  server.on('upgrade', (incoming, socket, head) => proxy.passUpgrade(incoming, socket, head));
  return listen(server);
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe('the proxy in front of the control plane', () => {
  it('knows its own paths only', () => {
    const { isOurs } = makeControlPlaneProxy('http://127.0.0.1:1', () => undefined);
    expect(['/api', '/api/trpc/x?y', '/healthz'].every(isOurs)).toBe(true);
    expect(['/', '/apix', '/healthz/x', '/_next/x?/api/'].some(isOurs)).toBe(false);
  });

  it('keeps Host, says who asks, and believes no claim of the client', async () => {
    let seen: IncomingHttpHeaders = {};
    const back = await listen(
      createServer((incoming, outgoing) => {
        seen = incoming.headers;
        outgoing.end('{}');
      }),
    );
    const port = await front(`http://127.0.0.1:${back}`);
    await fetch(`http://127.0.0.1:${port}/api/x`, {
      headers: {
        'x-forwarded-for': '6.6.6.6',
        'x-forwarded-proto': 'https',
        'x-real-ip': '6.6.6.6',
        forwarded: 'for=6.6.6.6',
        'x-middleware-subrequest': 'middleware',
      },
    });
    expect(seen.host).toBe(`127.0.0.1:${port}`);
    expect(seen['x-forwarded-for']).toMatch(/127\.0\.0\.1$/);
    expect(seen['x-forwarded-proto']).toBe('http');
    expect(JSON.stringify(seen)).not.toContain('6.6.6.6');
    expect(seen['x-middleware-subrequest']).toBeUndefined();
  });

  it('passes events on as they come', async () => {
    const back = await listen(
      createServer((_, outgoing) => {
        outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
        outgoing.write('data: first\n\n');
      }),
    );
    const port = await front(`http://127.0.0.1:${back}`);
    const first = await new Promise<string>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path: '/api/stream' }, (answer) => {
        answer.once('data', (chunk: Buffer) => {
          resolve(chunk.toString());
          asked.destroy();
        });
      });
      asked.on('error', reject);
      asked.end();
    });
    expect(first).toBe('data: first\n\n');
  });

  it('ends an answer when the control plane dies in the middle of it, so that the browser hears of it', async () => {
    const dying = createServer((_, outgoing) => {
      outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
      outgoing.write('data: first\n\n');
    });
    const port = await front(`http://127.0.0.1:${await listen(dying)}`);
    const answer = await fetch(`http://127.0.0.1:${port}/api/stream`);
    const reader = answer.body?.getReader();
    await reader?.read();
    dying.closeAllConnections();
    expect(await reader?.read()).toMatchObject({ done: true });
  });

  it('says so when the control plane is away', async () => {
    const port = await front('http://127.0.0.1:1');
    const answer = await fetch(`http://127.0.0.1:${port}/api/x`);
    expect(answer.status).toBe(502);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 502, code: 'unavailable' });
  });
});
