import { ROLE_PERMISSIONS, type SessionView, type UserView, VireoError } from '@vireo/contracts';
import type { SessionRecord, Store } from '@vireo/store';
import { z } from 'zod';
import { audited } from './audited.ts';
import type { ApiServices } from './context.ts';
import { countFailure, forgive, refuseWhenLocked } from './lock-out.ts';
import { hashSecretToken, newSecretToken } from './secret-token.ts';

const SESSION_MS = 12 * 60 * 60_000;

export const Password = z.string().min(1, 'give a password').max(1024, 'at most 1,024 characters');
export const SignInInput = z.strictObject({
  username: z
    .string()
    .min(1, 'give a user name')
    .max(64, 'at most 64 characters')
    .regex(/^\P{Cc}*$/u, 'no control characters'),
  password: Password,
});
export type SignInInput = z.infer<typeof SignInInput>;

export interface Visitor {
  kind: 'browser' | 'api';
  address: string;
  userAgent: string;
}

/** What the signed-in user gets to see of the session. */
export function sessionView({ user, locale, theme, expiresAt }: SessionRecord): SessionView {
  const { id, name, role, isDisabled, mustChangePassword, createdAt, lastSignInAt } = user;
  return {
    user: { id, name, role, isDisabled, mustChangePassword, createdAt, lastSignInAt },
    permissions: [...ROLE_PERMISSIONS[role]],
    locale,
    theme,
    expiresAt: expiresAt.toISOString(),
  };
}

/** Checks a password with lock-out; runs inside the gate. @throws VireoError `auth.locked`, `auth.badCredentials`. */
export async function provePassword(
  { store, signIn }: ApiServices,
  userName: string,
  password: string,
  address: string,
): Promise<UserView> {
  await refuseWhenLocked(store, userName, address);
  const user = await store.users.byName(userName);
  const isRight = await signIn.verify(user?.passwordHash ?? null, password);
  if (!user || !isRight || user.isDisabled) {
    await countFailure(store, userName, address);
    throw new VireoError('auth.badCredentials');
  }
  await forgive(store, userName);
  return user;
}

/**
 * Signs in.
 * @returns the token, which is nowhere kept in clear, and the session.
 * @throws VireoError `auth.badCredentials` (unknown, wrong, disabled: all the same), `auth.locked`, `auth.busy`.
 */
export async function beginSession(
  services: ApiServices,
  { username, password }: SignInInput,
  visitor: Visitor,
): Promise<{ token: string; session: SessionRecord }> {
  const { store } = services;
  return services.signIn.pass(() =>
    audited(
      services,
      {
        operation: 'session.signIn',
        actor: { userId: null, userName: username, address: visitor.address },
        object: null,
      },
      async () => {
        const user = await provePassword(services, username, password, visitor.address);
        const token = newSecretToken();
        const tokenHash = hashSecretToken(token);
        await store.sessions.create({
          userId: user.id,
          tokenHash,
          kind: visitor.kind,
          address: visitor.address,
          userAgent: visitor.userAgent.slice(0, 300),
          expiresAt: new Date(Date.now() + SESSION_MS),
        });
        await store.users.update(user.id, { lastSignInAt: new Date() });
        return { token, session: await openedSession(store, tokenHash) };
      },
    ),
  );
}

async function openedSession(store: Store, tokenHash: string): Promise<SessionRecord> {
  const session = await store.sessions.byTokenHash(tokenHash);
  if (!session) throw new VireoError('auth.badCredentials');
  return session;
}

/** Looks a token up. null: unknown, expired, revoked or its user is disabled. */
export async function sessionOfToken(store: Store, token: string): Promise<SessionRecord | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  return store.sessions.byTokenHash(hashSecretToken(token));
}

export async function endSession(
  services: ApiServices,
  { id, user }: SessionRecord,
  address: string,
): Promise<void> {
  const actor = { userId: user.id, userName: user.name, address };
  await audited(services, { operation: 'session.signOut', actor, object: null }, () =>
    services.store.sessions.revoke(id),
  );
}
