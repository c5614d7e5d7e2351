import { Role, UserId, type UserView, VireoError } from '@vireo/contracts';
import type { Actor } from '@vireo/engine';
import { z } from 'zod';
import { audited } from './audited.ts';
import type { ApiServices } from './context.ts';
import { requireGoodPassword } from './password-policy.ts';
import { Password } from './session.ts';

const UserName = z
  .string()
  .min(1, 'give a user name')
  .max(64, 'at most 64 characters')
  .regex(/^[A-Za-z0-9][A-Za-z0-9._@-]*$/, 'letters, digits and . _ @ - only');

export const UserCreate = z.strictObject({ name: UserName, password: Password, role: Role });
export type UserCreate = z.infer<typeof UserCreate>;

export const UserUpdate = z.strictObject({
  id: UserId,
  role: Role.optional(),
  isDisabled: z.boolean().optional(),
  /** A new password that the user must change at the next sign-in. */
  password: Password.optional(),
});
export type UserUpdate = z.infer<typeof UserUpdate>;

/** Creates a user, who must change the given password at the first sign-in. @throws VireoError `user.nameTaken`, `auth.passwordWeak`. */
export async function createUser(
  services: ApiServices,
  actor: Actor,
  { name, password, role }: UserCreate,
): Promise<UserView> {
  const act = { operation: 'user.create', actor, object: { kind: 'user', id: '', name } };
  return audited(services, act, async () => {
    requireGoodPassword(password, name, 'password');
    if (await services.store.users.byName(name)) throw new VireoError('user.nameTaken', { name });
    const passwordHash = await services.signIn.pass(() => services.signIn.hash(password));
    return services.store.users.create({ name, passwordHash, role, mustChangePassword: true });
  });
}

/** Nobody takes rights from themselves, and an administrator always remains. */
async function requireHarmless(services: ApiServices, actor: Actor, patch: UserUpdate): Promise<void> {
  const takesAdministration = patch.isDisabled === true || (patch.role && patch.role !== 'administrator');
  if (patch.id === actor.userId && (takesAdministration || patch.password !== undefined)) {
    throw new VireoError('user.isSelf');
  }
  if (!takesAdministration) return;
  const users = await services.store.users.list();
  const remaining = users.filter((u) => u.role === 'administrator' && !u.isDisabled && u.id !== patch.id);
  if (remaining.length === 0) throw new VireoError('user.lastAdministrator');
}

/**
 * Changes a user's role, password or whether they may sign in; ends their sessions.
 * @throws VireoError `notFound`, `user.isSelf`, `user.lastAdministrator`, `auth.passwordWeak`.
 */
export async function updateUser(services: ApiServices, actor: Actor, patch: UserUpdate): Promise<UserView> {
  const user = await services.store.users.byId(patch.id);
  if (!user) throw new VireoError('notFound');
  const act = { operation: 'user.update', actor, object: { kind: 'user', id: user.id, name: user.name } };
  return audited(services, act, async () => {
    await requireHarmless(services, actor, patch);
    const { role, isDisabled, password } = patch;
    if (password !== undefined) requireGoodPassword(password, user.name, 'password');
    return services.store.users.update(user.id, {
      ...(role !== undefined && { role }),
      ...(isDisabled !== undefined && { isDisabled }),
      ...(password !== undefined && {
        passwordHash: await services.signIn.pass(() => services.signIn.hash(password)),
        mustChangePassword: true,
      }),
    });
  });
}
