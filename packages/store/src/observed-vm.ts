import type { HostId, VmId, VmState } from '@vireo/contracts';
import type { NewEvent } from './events.ts';
import type { Seen } from './observe-vms.ts';

/** What the inventory knows of a VM, as far as it is compared with what a host lists. */
export interface KnownVm {
  id: VmId;
  hostId: HostId;
  hostName: string;
  hostListedAt: Date | null;
  name: string;
  observedName: string | null;
  state: VmState | null;
  stateReason: string | null;
  isPersistent: boolean | null;
  addresses: string[];
  description: string | null;
  hardwareHash: string | null;
  definitionHash: string | null;
  observedAt: Date | null;
  intendedAt: Date | null;
  alsoOnId: HostId | null;
  alsoOnAt: Date | null;
  isAlsoOnReported: boolean;
  /** An open task holds it. */
  isHeld: boolean;
}

export interface Verdict {
  isDifferent: boolean;
  unknown: Seen[];
  /** Rows of this host (or that are now on it) to be written. */
  changed: Seen[];
  removed: string[];
  /** Gone from this host, and listed by another one before. */
  movedAway: { id: string; toHostId: HostId }[];
  /** Listed here too, while their place is another host. */
  alsoHere: { id: string; isReported: boolean }[];
  noLongerHere: string[];
  events: NewEvent[];
}

/** So long after a task's end a change may still be its doing. */
const AFTERMATH_MS = 20_000;
const ACTIVE: readonly (VmState | null)[] = ['running', 'blocked', 'paused', 'shuttingDown', 'suspended'];
const isActive = (state: VmState | null) => ACTIVE.includes(state);
/** Running and blocked are one thing to people. */
const wordOf = (state: VmState) => (state === 'blocked' ? 'running' : state);

function differs(seen: Seen, known: KnownVm): boolean {
  return (
    seen.name !== known.observedName ||
    seen.state !== known.state ||
    seen.stateReason !== known.stateReason ||
    seen.isPersistent !== known.isPersistent ||
    (seen.description !== undefined && seen.description !== known.description) ||
    (seen.addresses !== undefined && seen.addresses.join('\n') !== known.addresses.join('\n')) ||
    (seen.hardwareHash !== null && seen.hardwareHash !== known.hardwareHash) ||
    (seen.definitionHash !== null && seen.definitionHash !== known.definitionHash)
  );
}

/** Whether a newer truth is known than this reading. */
function isStale(known: KnownVm, readAt: Date): boolean {
  return (
    (known.observedAt !== null && known.observedAt > readAt) ||
    (known.intendedAt !== null && known.intendedAt > readAt)
  );
}

function event(
  vm: { id: string; name: string },
  severity: NewEvent['severity'],
  key: string,
  params: object,
) {
  return {
    severity,
    message: { key, params: { name: vm.name, ...params } },
    object: { kind: 'vm', id: vm.id, name: vm.name },
  } satisfies NewEvent;
}

/** An event for a change of state that no task explains; null when there is nothing to tell. */
function stateEvent(seen: Seen, known: KnownVm, readAt: Date): NewEvent | null {
  if (known.state === null || known.isHeld || wordOf(seen.state) === wordOf(known.state)) return null;
  if (known.intendedAt !== null && readAt.getTime() - known.intendedAt.getTime() < AFTERMATH_MS) return null;
  if (seen.state === 'crashed') return event(seen, 'error', 'events.vm.crashed', {});
  if (seen.state === 'shutOff') return event(seen, 'warning', 'events.vm.stopped', {});
  if (wordOf(seen.state) === 'running' && !isActive(known.state))
    return event(seen, 'info', 'events.vm.started', {});
  return event(seen, 'info', 'events.vm.stateChanged', { state: seen.state });
}

function definitionEvent(seen: Seen, known: KnownVm, readAt: Date): NewEvent | null {
  const isKnown = known.definitionHash !== null && seen.definitionHash !== null;
  const isAfterTask =
    known.intendedAt !== null && readAt.getTime() - known.intendedAt.getTime() < AFTERMATH_MS;
  // The live XML changes with the state; only the hardware of a VM that stayed in its state tells of a person's hand.
  const isSame = seen.hardwareHash === null || seen.hardwareHash === known.hardwareHash;
  if (!isKnown || isSame || known.isHeld || isAfterTask || seen.state !== known.state) return null;
  return event(seen, 'info', 'events.vm.definitionChanged', {});
}

/** A VM whose place is another host: it moves here if it runs here and not there; else its place stays. */
function judgeElsewhere(verdict: Verdict, hostId: HostId, seen: Seen, known: KnownVm, readAt: Date): void {
  if (known.isHeld) return;
  if (isActive(seen.state) && !isActive(known.state)) {
    verdict.changed.push(seen);
    verdict.events.push({
      ...event(seen, 'info', 'events.vm.moved', {}),
      message: { key: 'events.vm.moved', params: { name: seen.name, host: hostId } },
    });
    return;
  }
  if (known.alsoOnId !== hostId) {
    verdict.alsoHere.push({ id: seen.id, isReported: false });
    return;
  }
  // A migration looks like this for a moment: tell only when the other host has listed it again since.
  const isConfirmed =
    known.alsoOnAt !== null && known.hostListedAt !== null && known.hostListedAt > known.alsoOnAt;
  if (known.isAlsoOnReported || !isConfirmed || isStale(known, readAt)) return;
  verdict.alsoHere.push({ id: seen.id, isReported: true });
  verdict.events.push(
    event(seen, 'error', 'events.vm.ambiguous', { host: known.hostName, otherHost: hostId }),
  );
}

/** Compares a host's listing with what is known. Pure; host ids in events' params are put into names by the caller. */
export function compare(
  hostId: HostId,
  seen: readonly Seen[],
  known: readonly KnownVm[],
  isComplete: boolean,
  readAt: Date,
): Verdict {
  const verdict: Verdict = {
    isDifferent: false,
    unknown: [],
    changed: [],
    removed: [],
    movedAway: [],
    alsoHere: [],
    noLongerHere: [],
    events: [],
  };
  const byId = new Map(known.map((vm) => [vm.id, vm]));
  for (const vm of seen) {
    const row = byId.get(vm.id);
    if (!row) {
      if (vm.hardware) verdict.unknown.push(vm);
    } else if (row.hostId !== hostId) {
      judgeElsewhere(verdict, hostId, vm, row, readAt);
    } else if (!isStale(row, readAt) && differs(vm, row)) {
      verdict.changed.push(vm);
      const told = stateEvent(vm, row, readAt) ?? definitionEvent(vm, row, readAt);
      if (told) verdict.events.push(told);
    }
  }
  if (isComplete) {
    const listed = new Set<string>(seen.map((vm) => vm.id));
    for (const row of known) {
      if (listed.has(row.id) || row.isHeld || isStale(row, readAt)) continue;
      if (row.hostId !== hostId) {
        if (row.alsoOnId === hostId) verdict.noLongerHere.push(row.id);
      } else if (row.alsoOnId !== null) {
        verdict.movedAway.push({ id: row.id, toHostId: row.alsoOnId });
        verdict.events.push(event(row, 'info', 'events.vm.moved', { host: row.alsoOnId }));
      } else {
        verdict.removed.push(row.id);
        verdict.events.push(event(row, 'warning', 'events.vm.removedOutside', { host: row.hostName }));
      }
    }
  }
  verdict.isDifferent =
    verdict.unknown.length +
      verdict.changed.length +
      verdict.removed.length +
      verdict.movedAway.length +
      verdict.alsoHere.length +
      verdict.noLongerHere.length >
    0;
  return verdict;
}
