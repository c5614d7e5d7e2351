import { SecretId } from '@vireo/contracts';
import type { Store } from '@vireo/store';
import { generateOpenSshKey } from './openssh-key.ts';

const SETTING = 'consoleKey';

export interface ConsoleKey {
  /** One line, as in `authorized_keys`. */
  publicKey: string;
  secretId: SecretId;
}

/**
 * The console's own SSH key, installed on hosts that are added with a password. Made once, on first start; the
 * private part is sealed in the store.
 */
export async function ensureConsoleKey(store: Pick<Store, 'settings' | 'secrets'>): Promise<ConsoleKey> {
  const known = parse(await store.settings.get(SETTING));
  if (known) return known;
  const { publicKey, privateKey } = generateOpenSshKey('vireo');
  const secretId = await store.secrets.seal('consoleKey', 'console', privateKey);
  const key: ConsoleKey = { publicKey, secretId };
  await store.settings.set(SETTING, key);
  return key;
}

function parse(setting: unknown): ConsoleKey | null {
  if (typeof setting !== 'object' || setting === null) return null;
  const { publicKey, secretId }: { publicKey?: unknown; secretId?: unknown } = setting;
  const id = SecretId.safeParse(secretId);
  return typeof publicKey === 'string' && id.success ? { publicKey, secretId: id.data } : null;
}
