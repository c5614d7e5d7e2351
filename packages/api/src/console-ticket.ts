import { VireoError, type VmId } from '@vireo/contracts';
import type { SessionRecord, Store } from '@vireo/store';
import { hashSecretToken, newSecretToken } from './secret-token.ts';

const CONSOLE_TICKET_MS = 30_000;

/** Makes a single-use ticket, bound to user, session, VM and the host that the VM is on now. @throws VireoError `notFound`. */
export async function issueConsoleTicket(
  store: Store,
  session: SessionRecord,
  vmId: VmId,
): Promise<{ path: string; expiresAt: string }> {
  const vm = await store.vms.byId(vmId);
  if (!vm) throw new VireoError('notFound');
  const ticket = newSecretToken();
  const expiresAt = new Date(Date.now() + CONSOLE_TICKET_MS);
  await store.consoleTickets.create({
    ticketHash: hashSecretToken(ticket),
    userId: session.user.id,
    sessionId: session.id,
    vmId,
    hostId: vm.hostId,
    expiresAt,
  });
  return { path: `/api/console?ticket=${ticket}`, expiresAt: expiresAt.toISOString() };
}
