import { VireoError } from '@vireo/contracts';
import { createMiddleware } from 'hono/factory';
import { credentialsOf } from './credentials.ts';
import type { ApiEnv, HttpOptions } from './environment.ts';
import { isOwnOrigin } from './same-origin.ts';

const isJson = (contentType: string | null) => /^application\/json(\s*;|$)/i.test(contentType ?? '');

interface GuardOptions {
  /** Also without a cookie the request must carry our header (tRPC: browsers are its only clients). */
  alwaysOwnHeader: boolean;
}

/**
 * Cross-site requests: what changes something is JSON (never a form's types, so that other sites need a preflight that
 * nobody answers), and with a cookie it also carries our header and comes from our own page. Headers only; runs first.
 * @throws VireoError `request.originRefused`, `request.malformed`.
 */
export function requestGuard({ publicUrl }: HttpOptions, { alwaysOwnHeader }: GuardOptions) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const { headers, method } = c.req.raw;
    const origin = headers.get('origin');
    const isOwn = isOwnOrigin(origin, headers.get('host'), publicUrl);
    const { kind } = credentialsOf(headers, publicUrl);
    if (!['GET', 'POST', 'PATCH', 'DELETE'].includes(method)) throw new VireoError('request.malformed');
    if (origin !== null && !isOwn) throw new VireoError('request.originRefused');
    if (headers.get('sec-fetch-site') === 'cross-site') throw new VireoError('request.originRefused');
    if (method !== 'GET') {
      const hasBody =
        headers.get('content-length') !== '0' &&
        (headers.has('content-length') || headers.has('transfer-encoding'));
      if ((hasBody || kind !== 'bearer') && method !== 'DELETE' && !isJson(headers.get('content-type'))) {
        throw new VireoError('request.malformed');
      }
      const needsOwnPage = kind === 'cookie' || (alwaysOwnHeader && kind === 'none');
      if (needsOwnPage && !isOwn) throw new VireoError('request.originRefused');
      if ((needsOwnPage || alwaysOwnHeader) && headers.get('x-vireo') !== '1') {
        throw new VireoError('request.originRefused');
      }
    }
    await next();
  });
}
