import { createMiddleware } from 'hono/factory';
import type { ApiEnv, HttpOptions } from './environment.ts';

/** API answers are data: never framed, sniffed, cached, or run. */
export function securityHeaders({ publicUrl }: HttpOptions) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    await next();
    const { headers } = c.res;
    headers.set('x-content-type-options', 'nosniff');
    headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    headers.set('x-frame-options', 'DENY');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('cross-origin-resource-policy', 'same-origin');
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
    if (publicUrl?.protocol === 'https:') {
      headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
    }
  });
}
