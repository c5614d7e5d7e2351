import { VireoError } from '@vireo/contracts';
import type { Store } from '@vireo/store';

const LOCK_OUT = { windowMs: 15 * 60_000, perAccount: 5, perAddress: 20 } as const;

const accountKey = (userName: string) => `account:${userName.toLowerCase()}`;
const addressKey = (address: string) => `address:${address}`;

/** @throws VireoError `auth.locked` with the minutes to wait, once an account or an address failed too often. */
export async function refuseWhenLocked(store: Store, userName: string, address: string): Promise<void> {
  const { windowMs, perAccount, perAddress } = LOCK_OUT;
  const [byAccount, byAddress] = await Promise.all([
    store.signInAttempts.failures(accountKey(userName), windowMs),
    store.signInAttempts.failures(addressKey(address), windowMs),
  ]);
  if (byAccount >= perAccount || byAddress >= perAddress) {
    throw new VireoError('auth.locked', { minutes: windowMs / 60_000 });
  }
}

/** Counts one wrong password. */
export async function countFailure(store: Store, userName: string, address: string): Promise<void> {
  await Promise.all([
    store.signInAttempts.recordFailure(accountKey(userName), LOCK_OUT.windowMs),
    store.signInAttempts.recordFailure(addressKey(address), LOCK_OUT.windowMs),
  ]);
}

/** A right password forgives the account's failures; the address keeps its own, or one account would open all others. */
export function forgive(store: Store, userName: string): Promise<void> {
  return store.signInAttempts.clear(accountKey(userName));
}
