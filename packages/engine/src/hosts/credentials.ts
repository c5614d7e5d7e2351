import type { HostTarget } from '@vireo/contracts';
import type { HostEndpoint } from '@vireo/link';
import type { Store } from '@vireo/store';

/** Opens the sealed credential of a target, just before it is used. @throws Error when it is gone or bound to another host. */
export async function endpointOf(target: HostTarget, secrets: Store['secrets']): Promise<HostEndpoint> {
  const { address, port, user, hostKey, secretId } = target;
  const purpose = await secrets.purposeOf(secretId);
  const boundTo = purpose === 'consoleKey' ? 'console' : `${address}:${port}`;
  const secret = await secrets.open(secretId, boundTo);
  const credential: HostEndpoint['credential'] =
    secret.purpose === 'hostPassword'
      ? { kind: 'password', password: secret.plaintext }
      : { kind: 'privateKey', privateKey: secret.plaintext };
  return { address, port, user, hostKey, credential };
}
