import type { IncomingMessage } from 'node:http';
import {
  type ApiServices,
  clientAddress,
  credentialsOf,
  type HttpOptions,
  hashSecretToken,
  isOwnOrigin,
  sessionOfToken,
} from '@vireo/api';
import { type HostId, roleHas, VireoError, type VmId } from '@vireo/contracts';
import type { SessionRecord } from '@vireo/store';

/** What a ticket and the session that brought it open. */
export interface Admission {
  session: SessionRecord;
  vm: { id: VmId; name: string; hostId: HostId };
  address: string;
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const name of ['authorization', 'cookie']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return headers;
}

/**
 * Decides about a WebSocket before it is one: our own page, a live session with the right to consoles, and a ticket
 * that this very session got for a VM that is still on the same host. The ticket is spent whatever comes of it.
 * @throws VireoError `request.originRefused`, `ticket.invalid`, `auth.required`, `auth.forbidden`.
 */
export async function admitToConsole(
  { store }: ApiServices,
  { publicUrl, trustedProxies }: HttpOptions,
  request: IncomingMessage,
  ticket: string,
): Promise<Admission> {
  if (!isOwnOrigin(request.headers.origin, request.headers.host, publicUrl)) {
    throw new VireoError('request.originRefused');
  }
  const spent = await store.consoleTickets.consume(hashSecretToken(ticket));
  const { kind, token } = credentialsOf(headersOf(request), publicUrl);
  const session = kind === 'none' ? null : await sessionOfToken(store, token);
  if (!session) throw new VireoError('auth.required');
  if (session.user.mustChangePassword) throw new VireoError('auth.passwordChangeRequired');
  if (!roleHas(session.user.role, 'vm.console')) {
    throw new VireoError('auth.forbidden', { permission: 'vm.console' });
  }
  if (!spent || spent.sessionId !== session.id || spent.userId !== session.user.id) {
    throw new VireoError('ticket.invalid');
  }
  const vm = await store.vms.byId(spent.vmId);
  if (!vm || vm.hostId !== spent.hostId) throw new VireoError('ticket.invalid');
  const forwardedFor = request.headers['x-forwarded-for'];
  return {
    session,
    vm: { id: vm.id, name: vm.name, hostId: vm.hostId },
    address: clientAddress(
      request.socket.remoteAddress,
      typeof forwardedFor === 'string' ? forwardedFor : undefined,
      trustedProxies,
    ),
  };
}
