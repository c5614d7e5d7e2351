import type { HostConnection, HostRecord, MessageRef, VmId } from '@vireo/contracts';
import type { Store } from '@vireo/store';
import type { Stored } from './host-reader.ts';

/** Puts a change of a host's connection into the events. `before` null: nothing was known, so nothing changed. */
export async function recordConnection(
  store: Pick<Store, 'events'>,
  host: HostRecord,
  before: HostConnection | null,
  connection: HostConnection,
  reason: MessageRef | null,
): Promise<void> {
  const isNews = connection !== 'connecting' && connection !== before;
  if (!isNews || (before === null && connection === 'connected')) return;
  const params = {
    name: host.name,
    user: host.target.user,
    detail: String(reason?.params?.detail ?? ''),
    fingerprint: String(reason?.params?.presented ?? ''),
  };
  await store.events.record({
    severity: connection === 'connected' ? 'info' : connection === 'unreachable' ? 'warning' : 'error',
    message: { key: `events.host.${connection}`, params },
    object: { kind: 'host', id: host.id, name: host.name },
  });
}

/** Puts VMs that turned up on the host into the events, unless a task brought them there. */
export async function recordVms(
  store: Pick<Store, 'events' | 'vms'>,
  host: HostRecord,
  stored: Stored,
  isTaskOn: (vmId: VmId) => boolean,
): Promise<void> {
  for (const id of stored.adopted) {
    const vm = isTaskOn(id) ? null : await store.vms.byId(id);
    if (!vm) continue;
    await store.events.record({
      severity: 'info',
      message: { key: 'events.vm.adopted', params: { name: vm.name, host: host.name } },
      object: { kind: 'vm', id, name: vm.name },
    });
  }
}
