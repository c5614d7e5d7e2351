import type { MessageRef, VireoError } from '@vireo/contracts';
import type { Actor } from '@vireo/engine';
import type { ApiServices } from './context.ts';
import { asVireoError } from './failure.ts';

/** What an audit entry is about. */
export interface AuditObject {
  kind: string;
  id: string;
  name: string;
}

export interface AuditedAct {
  /** An operation's name, or one of the API's own acts such as `session.signIn`. */
  operation: string;
  actor: Pick<Actor, 'userName' | 'address'> & { userId: Actor['userId'] | null };
  object: AuditObject | null;
}

function auditMessage({ operation, object, actor }: AuditedAct): MessageRef {
  return { key: 'audit.operation', params: { operation, name: object?.name ?? actor.userName } };
}

/** Opens an audit entry, always before the act. @returns its id. */
export function openAudit({ store }: ApiServices, act: AuditedAct): Promise<string> {
  const { userId, userName, address } = act.actor;
  return store.events.openAudit({
    operation: act.operation,
    actor: { userId, userName, address },
    object: act.object,
    message: auditMessage(act),
  });
}

/** Closes the entry of an act that threw: refused when we said no, failed when we broke. */
export async function closeAuditOf(
  services: ApiServices,
  auditId: string,
  thrown: unknown,
): Promise<VireoError> {
  const failure = asVireoError(thrown);
  const outcome = failure.status >= 500 ? 'failed' : 'refused';
  await services.store.events.closeAudit(auditId, outcome, failure.messageRef);
  return failure;
}

/** Runs an act that ends within the request between the opening and the closing of its audit entry. */
export async function audited<T>(services: ApiServices, act: AuditedAct, run: () => Promise<T>): Promise<T> {
  const auditId = await openAudit(services, act);
  let result: T;
  try {
    result = await run();
  } catch (thrown) {
    await closeAuditOf(services, auditId, thrown);
    throw thrown;
  }
  await services.store.events.closeAudit(auditId, 'succeeded');
  return result;
}
