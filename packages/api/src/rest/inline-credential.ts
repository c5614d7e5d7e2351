import { HostAddress, type SecretId } from '@vireo/contracts';
import { z } from 'zod';
import type { Caller } from './resources.ts';

/** For programs: the credential itself in place of `secretId`. It is sealed before anything else happens. */
export const InlineCredential = z.strictObject({
  kind: z.enum(['password', 'privateKey']),
  value: z
    .string()
    .min(1)
    .max(64 * 1024),
});

const WithCredential = z.looseObject({
  address: HostAddress,
  port: z.number().int().min(1).max(65535).default(22),
  credential: InlineCredential,
});

/** Operations whose REST body may carry a `credential`. */
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
