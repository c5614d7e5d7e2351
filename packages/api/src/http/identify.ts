import { createMiddleware } from 'hono/factory';
import type { ApiServices } from '../context.ts';
import { sessionOfToken } from '../session.ts';
import { clientAddress } from './client-address.ts';
import { credentialsOf } from './credentials.ts';
import type { ApiEnv, HttpOptions } from './environment.ts';

/** Notes where the request comes from. */
export function noteAddress({ trustedProxies }: HttpOptions) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const peer = c.env.incoming?.socket.remoteAddress;
    c.set('address', clientAddress(peer, c.req.header('x-forwarded-for'), trustedProxies));
    await next();
  });
}

/** Looks the session up. An unknown token is nobody: each procedure says itself what it demands. */
export function noteSession({ store }: ApiServices, { publicUrl }: HttpOptions) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const { kind, token } = credentialsOf(c.req.raw.headers, publicUrl);
    c.set('session', kind === 'none' ? null : await sessionOfToken(store, token));
    await next();
  });
}
