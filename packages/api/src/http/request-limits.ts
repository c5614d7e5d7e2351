import { VireoError } from '@vireo/contracts';
import { createMiddleware } from 'hono/factory';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { ApiEnv, HttpOptions } from './environment.ts';

/** @throws VireoError `input.rateLimited` with the seconds to wait. */
async function take(limiter: RateLimiterMemory, key: string, points: number): Promise<void> {
  try {
    await limiter.consume(key, points);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new VireoError('input.rateLimited', { seconds: Math.ceil(refusal.msBeforeNext / 1000) });
  }
}

const perMinute = (points: number) => new RateLimiterMemory({ points, duration: 60 });

/** How many calls one request carries: tRPC batches them in the path, whose `,` may also be written `%2C`. */
export const callsIn = (path: string) => path.split(/,|%2c/i).length;

const isSignIn = (method: string, path: string) =>
  method === 'POST' &&
  (/session\.(signIn|changePassword)/.test(path) || /\/v1\/session(\/password)?$/.test(path));

/** Limits by address before anything is looked up, and by session after. */
export function requestLimits({ limits }: HttpOptions) {
  const byAddress = perMinute(limits.perAddress);
  const bySession = perMinute(limits.perSession);
  const signIns = perMinute(limits.signInsPerAddress);
  return {
    beforeSession: createMiddleware<ApiEnv>(async (c, next) => {
      const address = c.get('address');
      await take(byAddress, address, callsIn(c.req.path));
      if (isSignIn(c.req.method, c.req.path)) await take(signIns, address, callsIn(c.req.path));
      await next();
    }),
    afterSession: createMiddleware<ApiEnv>(async (c, next) => {
      const session = c.get('session');
      if (session) await take(bySession, session.id, callsIn(c.req.path));
      await next();
    }),
  };
}

const MIB = 1024 * 1024;

/** Largest body in bytes: little where nobody is signed in yet. */
export function maxBodyBytes(method: string, path: string): number {
  return isSignIn(method, path) ? 64 * 1024 : MIB;
}
