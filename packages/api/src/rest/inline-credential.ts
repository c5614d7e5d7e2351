import { HostAddress, type SecretId, SshPort } from '@vireo/contracts';
import { z } from 'zod';
import { Credential } from '../seal-credential.ts';
import type { Caller } from './resources.ts';

const WithCredential = z.looseObject({
  address: HostAddress,
  port: SshPort,
  credential: Credential,
});

/** Operations whose REST body may carry, for programs, a `credential` in place of `secretId`; it is sealed before all else. */
export const TAKES_CREDENTIAL: readonly string[] = ['host.preflight', 'host.add'];

/**
 * Seals an inline credential.
 * @returns the body that the operation knows, and the id of the secret that was made for it (null: none was given).
 */
export async function sealInlineCredential(
  call: Caller,
  operation: string,
  body: Record<string, unknown>,
): Promise<{ input: Record<string, unknown>; sealed: SecretId | null }> {
  if (!TAKES_CREDENTIAL.includes(operation) || body.credential === undefined) {
    return { input: body, sealed: null };
  }
  const { credential, address, port } = WithCredential.parse(body);
  const { secretId } = await call.host.sealCredential({ address, port, ...credential });
  const { credential: _removed, ...rest } = body;
  return { input: { ...rest, secretId }, sealed: secretId };
}
