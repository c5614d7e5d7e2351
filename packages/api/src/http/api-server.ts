import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { type ErrorCode, VireoError } from '@vireo/contracts';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ApiServices } from '../context.ts';
import { asVireoError } from '../failure.ts';
import { restRoutes } from '../rest/rest-routes.ts';
import { appRouter } from '../router.ts';
import { answerProblem, answerTrpcError } from './answer-error.ts';
import { cookieCarrier } from './credentials.ts';
import type { ApiContext, ApiEnv, HttpOptions } from './environment.ts';
import { noteAddress, noteSession } from './identify.ts';
import { requestContext } from './request-context.ts';
import { requestGuard } from './request-guard.ts';
import { callsIn, maxBodyBytes, requestLimits } from './request-limits.ts';
import { securityHeaders } from './security-headers.ts';

const MAX_BATCH = 20;
const TRPC = '/api/trpc';

const isTrpc = (path: string) => path.startsWith(`${TRPC}/`);

/** Refusals that come before the body is read: the connection can't be used again, so the client is told. */
const UNREAD: readonly ErrorCode[] = [
  'input.tooLarge',
  'input.rateLimited',
  'request.malformed',
  'request.originRefused',
];

function answerError(c: ApiContext, failure: VireoError): Response {
  if (c.req.method !== 'GET' && UNREAD.includes(failure.code)) c.header('connection', 'close');
  return isTrpc(c.req.path) ? answerTrpcError(c, failure) : answerProblem(c, failure);
}

/** `a,b,c` is a batch of three. @throws VireoError `input.tooLarge`. */
function requireSmallBatch(path: string): void {
  if (callsIn(path) > MAX_BATCH) throw new VireoError('input.tooLarge', { maxBatch: MAX_BATCH });
}

/** tRPC under /api/trpc, REST under /api/v1. The order of the guards is the cheapest first. */
export function apiServer(services: ApiServices, options: HttpOptions): Hono<ApiEnv> {
  const limits = requestLimits(options);
  const app = new Hono<ApiEnv>();
  app.use(securityHeaders(options), noteAddress(options), limits.beforeSession);
  app.use(`${TRPC}/*`, requestGuard(options, { alwaysOwnHeader: true }));
  app.use('/api/v1/*', requestGuard(options, { alwaysOwnHeader: false }));
  app.use((c, next) =>
    bodyLimit({
      maxSize: maxBodyBytes(c.req.method, c.req.path),
      onError: () => answerError(c, new VireoError('input.tooLarge')),
    })(c, next),
  );
  app.use(noteSession(services, options), limits.afterSession);
  app.on(['GET', 'POST'], `${TRPC}/*`, (c) => {
    requireSmallBatch(c.req.path);
    return fetchRequestHandler({
      endpoint: TRPC,
      req: c.req.raw,
      router: appRouter,
      maxBatchSize: MAX_BATCH,
      createContext: ({ resHeaders }) =>
        requestContext(services, c, cookieCarrier(options.publicUrl, resHeaders)),
    });
  });
  app.route('/api/v1', restRoutes(services));
  app.notFound((c) => answerError(c, new VireoError('notFound')));
  app.onError((error, c) => {
    const failure = asVireoError(error);
    if (failure.code === 'internal') services.reportError(error, `${c.req.method} ${c.req.routePath}`);
    return answerError(c, failure);
  });
  return app;
}
