import { HostOutputError } from '@vireo/commands';
import { VireoError, type VmGraphics, type VmId } from '@vireo/contracts';
import type { HostSession } from '@vireo/link';
import type { Store } from '@vireo/store';
import type { HostAccess } from '../hosts/host-access.ts';
import type { ConsoleOpener } from '../types.ts';
import { ask, type HostReads, NoAnswerError } from '../watch/host-reads.ts';
import { requireScreen } from './require-screen.ts';

type TunnelTo = (session: HostSession) => ReturnType<HostSession['tunnelUnix']>;

export interface ConsoleDeps {
  store: Pick<Store, 'vms'>;
  hosts: HostAccess;
  reads: HostReads;
}

/** Opens VM screens over the host's connection. See {@link ConsoleOpener}. */
export function createConsoleOpener({ store, hosts, reads }: ConsoleDeps): ConsoleOpener {
  async function openVnc(vmId: VmId) {
    const vm = await store.vms.byId(vmId);
    if (!vm) throw new VireoError('notFound');
    const session = hosts.sessionOf(vm.hostId);
    const host = hosts.nameOf(vm.hostId) ?? '';
    if (!session) throw unavailable(`the host ${host} is not connected`);
    const tunnelTo = wayTo(await graphicsOf(session, reads, vmId));
    const tunnel = await tunnelTo(session).catch((error: unknown) => {
      // sshd opens tunnels with the rights of the user who signed in, not with those of sudo.
      throw unavailable(
        `the host ${host} refused the way to its screen; the SSH user may lack the rights`,
        error,
      );
    });
    return await requireScreen(tunnel).catch((error: unknown) => {
      throw unavailable(`what answers on the host ${host} is no screen`, error);
    });
  }
  return { openVnc };
}

async function graphicsOf(session: HostSession, reads: HostReads, vmId: VmId): Promise<VmGraphics> {
  try {
    return await ask(session, reads.graphics(vmId));
  } catch (error) {
    if (error instanceof HostOutputError)
      throw unavailable('the host does not know the VM (any more)', error);
    if (error instanceof NoAnswerError) throw unavailable(error.message, error);
    throw error;
  }
}

function wayTo(graphics: VmGraphics): TunnelTo {
  const notRunning = 'the VM is not running';
  switch (graphics.kind) {
    case 'none':
      throw unavailable('the VM has no VNC screen');
    case 'vncSocket': {
      const { path } = graphics;
      if (path === null) throw unavailable(notRunning);
      return (session) => session.tunnelUnix(path);
    }
    case 'vncPort': {
      const { port, listen } = graphics;
      if (port === null || port <= 0) throw unavailable(notRunning);
      const address = loopbackOf(listen);
      if (!address) throw unavailable(`its screen listens on ${listen} instead of the host's loopback`);
      return (session) => session.tunnelTcp(address, port);
    }
  }
}

/** The loopback address behind which a listener is found; null when it listens elsewhere. */
function loopbackOf(listen: string): string | null {
  if (['', 'localhost', '0.0.0.0', '::'].includes(listen)) return '127.0.0.1';
  return listen === '::1' || /^127\.\d+\.\d+\.\d+$/.test(listen) ? listen : null;
}

function unavailable(reason: string, cause?: unknown): VireoError {
  return new VireoError('vm.consoleUnavailable', { reason }, { cause });
}
