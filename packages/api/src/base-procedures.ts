import { initTRPC, TRPCError } from '@trpc/server';
import { type Permission, roleHas, VireoError } from '@vireo/contracts';
import type { Actor } from '@vireo/engine';
import type { SessionRecord } from '@vireo/store';
import type { RequestContext } from './context.ts';
import { asVireoError } from './failure.ts';

/** What a procedure guarantees of its caller; the rights test prints it for each. */
export interface ProcedureMeta {
  guard: 'public' | 'sessionHolder' | 'signedIn' | Permission;
}

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter({ shape, error }) {
      const failure = asVireoError(error);
      const { code, params, fields, status } = failure;
      return {
        ...shape,
        message: code,
        data: { code: shape.data.code, httpStatus: status, vireo: { code, params, fields } },
      };
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

const TRPC_CODES: Readonly<Record<number, TRPCError['code']>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  502: 'BAD_GATEWAY',
  503: 'SERVICE_UNAVAILABLE',
  504: 'GATEWAY_TIMEOUT',
};

/** Gives every failure its HTTP status, and reports those that are our own fault. */
const translated = t.procedure.use(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  const failure = asVireoError(result.error);
  if (failure.code === 'internal') ctx.services.reportError(result.error.cause ?? result.error, path);
  throw new TRPCError({
    code: TRPC_CODES[failure.status] ?? 'INTERNAL_SERVER_ERROR',
    message: failure.code,
    cause: failure,
  });
});

/** @throws VireoError `auth.required`. */
export function requireSession(session: SessionRecord | null): SessionRecord {
  if (!session) throw new VireoError('auth.required');
  return session;
}

/** @throws VireoError `auth.required`, or `auth.passwordChangeRequired` while the password must be changed. */
export function requireSettledSession(session: SessionRecord | null): SessionRecord {
  const held = requireSession(session);
  if (held.user.mustChangePassword) throw new VireoError('auth.passwordChangeRequired');
  return held;
}

/** @throws VireoError `auth.forbidden` naming the missing right. */
function requirePermission(session: SessionRecord, permission: Permission): void {
  if (!roleHas(session.user.role, permission)) throw new VireoError('auth.forbidden', { permission });
}

/** The engine's idea of who asks. */
export function actorOf(session: SessionRecord, address: string): Actor {
  const { id, name, role } = session.user;
  return { userId: id, userName: name, role, sessionId: session.id, address };
}

/** Guarantees nothing: anybody may call it. */
export const publicProcedure = translated.meta({ guard: 'public' });

/** Guarantees a session, also one whose user must still change the password. */
export const sessionHolderProcedure = translated
  .meta({ guard: 'sessionHolder' })
  .use(({ ctx, next }) => next({ ctx: { session: requireSession(ctx.session) } }));

/** Guarantees a session whose user has a password of their own. */
export const signedInProcedure = translated.meta({ guard: 'signedIn' }).use(({ ctx, next }) => {
  const session = requireSettledSession(ctx.session);
  return next({ ctx: { session, actor: actorOf(session, ctx.address) } });
});

/** Guarantees that the caller holds `permission`. The handler needs no further check of rights. */
export function permittedProcedure(permission: Permission) {
  return signedInProcedure.meta({ guard: permission }).use(({ ctx, next }) => {
    requirePermission(ctx.session, permission);
    return next();
  });
}
