import type { SecretId } from '@vireo/contracts';
import type { Store } from '@vireo/store';

export interface Credential {
  address: string;
  port: number;
  kind: 'password' | 'privateKey';
  /** The secret itself: sealed here, never logged, never given back. */
  value: string;
}

/** Seals a host's credential, bound to the host's address and port. */
export function sealCredential(store: Store, { address, port, kind, value }: Credential): Promise<SecretId> {
  const purpose = kind === 'password' ? 'hostPassword' : 'hostPrivateKey';
  return store.secrets.seal(purpose, `${address}:${port}`, value);
}
