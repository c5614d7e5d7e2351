import { HostAddress, type SecretId, SshPort } from '@vireo/contracts';
import type { Store } from '@vireo/store';
import { z } from 'zod';

/** A password or private key in clear, on its way to being sealed: never logged, never given back. */
export const Credential = z.strictObject({
  kind: z.enum(['password', 'privateKey']),
  value: z
    .string()
    .min(1)
    .max(64 * 1024, 'at most 64 KiB'),
});

/** A credential and the one place where it may serve. */
export const HostCredential = Credential.extend({ address: HostAddress, port: SshPort });
export type HostCredential = z.infer<typeof HostCredential>;

/** Seals a host's credential, bound to the host's address and port. */
export function sealCredential(
  store: Store,
  { address, port, kind, value }: HostCredential,
): Promise<SecretId> {
  const purpose = kind === 'password' ? 'hostPassword' : 'hostPrivateKey';
  return store.secrets.seal(purpose, `${address}:${port}`, value);
}
