import type { Store } from '@vireo/store';
import { newSecretToken } from './secret-token.ts';
import type { SignInGate } from './sign-in-gate.ts';

/**
 * Creates `admin` when there is no user at all. With a password from the environment (automation) it is kept as it
 * is; otherwise a random one is made that must be changed at the first sign-in.
 * @returns the random password, to be shown once and never logged; null when none was made.
 */
export async function ensureFirstAdministrator(
  store: Store,
  signIn: SignInGate,
  givenPassword: string | undefined,
): Promise<string | null> {
  if ((await store.users.count()) > 0) return null;
  const password = givenPassword || newSecretToken().slice(0, 20);
  const passwordHash = await signIn.pass(() => signIn.hash(password));
  const mustChangePassword = !givenPassword;
  await store.users.create({ name: 'admin', passwordHash, role: 'administrator', mustChangePassword });
  return mustChangePassword ? password : null;
}
