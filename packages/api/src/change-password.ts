import { type SessionView, VireoError } from '@vireo/contracts';
import type { SessionRecord } from '@vireo/store';
import { z } from 'zod';
import { audited } from './audited.ts';
import type { ApiServices } from './context.ts';
import { requireGoodPassword } from './password-policy.ts';
import { Password, provePassword, sessionView } from './session.ts';

export const PasswordChange = z.strictObject({ current: Password, next: Password });
export type PasswordChange = z.infer<typeof PasswordChange>;

/**
 * Changes one's own password; every other session of the user ends.
 * @throws VireoError `auth.badCredentials`, `auth.passwordWeak`, `auth.locked`, `auth.busy`.
 */
export async function changePassword(
  services: ApiServices,
  session: SessionRecord,
  address: string,
  { current, next }: PasswordChange,
): Promise<SessionView> {
  const { id: userId, name: userName } = session.user;
  const act = { operation: 'session.changePassword', actor: { userId, userName, address }, object: null };
  return services.signIn.pass(() =>
    audited(services, act, async () => {
      await provePassword(services, userName, current, address);
      requireGoodPassword(next, userName, 'next');
      if (next === current) {
        const fields = [{ field: 'next', message: 'must differ from the current one' }];
        throw new VireoError('auth.passwordWeak', {}, { fields });
      }
      const user = await services.store.users.update(
        userId,
        { passwordHash: await services.signIn.hash(next), mustChangePassword: false },
        { keepSession: session.id },
      );
      return sessionView({ ...session, user });
    }),
  );
}
