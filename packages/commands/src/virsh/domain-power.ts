import { type CommandSpec, VmId } from '@vireo/contracts';
import { scriptArgv, writingCommand } from '../command.ts';
import { DOMAIN_DESTROY_IF_ACTIVE } from '../scripts.ts';

/** `virsh VERB UUID`. The id is checked once more: nothing but a UUID may name a domain. */
function verb(name: string, id: VmId, timeoutMs: number): CommandSpec {
  return writingCommand(['virsh', name, VmId.parse(id)], timeoutMs);
}

export const domainStart = (id: VmId): CommandSpec => verb('start', id, 120_000);
/** Asks the guest: libvirt takes the agent where it answers, else the ACPI button. Returns before the guest is off. */
export const domainShutdown = (id: VmId): CommandSpec => verb('shutdown', id, 30_000);
/** Pulls the plug. Of a transient domain nothing is left. */
export const domainDestroy = (id: VmId): CommandSpec => verb('destroy', id, 60_000);
export const domainReboot = (id: VmId): CommandSpec => verb('reboot', id, 30_000);
export const domainReset = (id: VmId): CommandSpec => verb('reset', id, 30_000);
export const domainSuspend = (id: VmId): CommandSpec => verb('suspend', id, 30_000);
export const domainResume = (id: VmId): CommandSpec => verb('resume', id, 30_000);

/** As an undo: pulls the plug if it runs, else succeeds without doing anything. */
export const domainDestroyIfActive = (id: VmId): CommandSpec =>
  writingCommand(scriptArgv(DOMAIN_DESTROY_IF_ACTIVE, VmId.parse(id)), 60_000);
