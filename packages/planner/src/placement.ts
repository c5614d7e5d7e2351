import { GIB, type HostRecord, type MessageRef, MIB, type PlacementVerdict } from '@vireo/contracts';
import { message } from './plan-parts.ts';
import type { PlanningContext } from './types.ts';
import { bridgeFor, datastoresFor, imageOnHost, type VmNeed } from './vm-need.ts';

/** What a host keeps for itself when a VM is started on it. */
const HOST_RESERVE_MIB = 256;
/** vCPUs per core at which a host counts as full for the score. */
const FULL_VCPU_RATIO = 8;

const gib = (bytes: number) => Math.round((bytes / GIB) * 10) / 10;

function committedOn(host: HostRecord, context: PlanningContext) {
  return context.committed[host.id] ?? { memoryMiB: 0, vcpus: 0, vmCount: 0 };
}

function availableMiB(host: HostRecord, context: PlanningContext): number {
  const total = host.facts?.memoryMiB ?? 0;
  return host.usage?.memoryAvailableMiB ?? Math.max(0, total - committedOn(host, context).memoryMiB);
}

/** Each reason why the host can't take the VM, with its numbers and the smallest change that would admit it. */
function refusals(need: VmNeed, host: HostRecord, context: PlanningContext): MessageRef[] {
  if (host.connection !== 'connected')
    return [message('placement.notConnected', { connection: host.connection })];
  const { facts } = host;
  if (!facts) return [message('placement.factsMissing')];
  const found: MessageRef[] = [];
  if (need.vcpus > facts.cpuCount)
    found.push(message('placement.tooManyVcpus', { needed: need.vcpus, available: facts.cpuCount }));
  const most = facts.memoryMiB - HOST_RESERVE_MIB;
  const free = availableMiB(host, context) - HOST_RESERVE_MIB;
  if (need.memoryMiB > most)
    found.push(message('placement.memoryTooLarge', { needed: need.memoryMiB, available: Math.max(0, most) }));
  else if (need.isStarted && need.memoryMiB > free)
    found.push(
      message('placement.memoryShort', {
        needed: need.memoryMiB,
        available: Math.max(0, free),
        missing: need.memoryMiB - Math.max(0, free),
      }),
    );
  if (!facts.firmware.includes(need.firmware))
    found.push(message('placement.firmwareMissing', { firmware: need.firmware }));
  const bridge = bridgeFor(need, host);
  if (bridge === undefined)
    found.push(message('placement.networkMissing', { network: String(need.network) }));
  else if (need.vlan !== null && bridge !== null && bridge.kind !== 'ovsBridge')
    found.push(message('placement.vlanNeedsOvs', { network: bridge.name, vlan: need.vlan }));
  if (need.image && !imageOnHost(need.image, host.id, context))
    found.push(message('placement.imageMissing', { image: need.image.name }));
  const [datastore] = datastoresFor(need, host.id, context);
  if (need.diskBytes > 0 && !datastore) found.push(message('placement.datastoreMissing'));
  else if (datastore && need.diskNeedsNowBytes > datastore.availableBytes)
    found.push(
      message('placement.datastoreFull', {
        datastore: datastore.name,
        needed: gib(need.diskNeedsNowBytes),
        available: gib(datastore.availableBytes),
        missing: gib(need.diskNeedsNowBytes - datastore.availableBytes),
      }),
    );
  return found;
}

const share = (part: number, whole: number) => (whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0);

/**
 * 0 to 100, higher is better: 60 for the share of memory still free with the VM on it (the smaller of what is available
 * now and what is not configured yet), 30 for the vCPUs per core still below 8, 10 for the datastore's free share.
 */
function scoreOf(need: VmNeed, host: HostRecord, context: PlanningContext): number {
  const memory = host.facts?.memoryMiB ?? 0;
  const committed = committedOn(host, context);
  const left = Math.min(availableMiB(host, context), memory - committed.memoryMiB) - need.memoryMiB;
  const ratio = (committed.vcpus + need.vcpus) / Math.max(1, host.facts?.cpuCount ?? 1);
  const [datastore] = datastoresFor(need, host.id, context);
  const space = datastore
    ? share(datastore.availableBytes - need.diskNeedsNowBytes, datastore.capacityBytes)
    : 0;
  const score = 60 * share(left, memory) + 30 * share(FULL_VCPU_RATIO - ratio, FULL_VCPU_RATIO) + 10 * space;
  return Math.round(score * 10) / 10;
}

/** The verdict on one host. Pure, and the same whatever other hosts there are. */
export function verdictOn(need: VmNeed, host: HostRecord, context: PlanningContext): PlacementVerdict {
  const reasons = refusals(need, host, context);
  const base = { hostId: host.id, hostName: host.name };
  const worded = (refs: MessageRef[]) => refs.map((ref) => ({ key: ref.key, params: { ...ref.params } }));
  if (reasons.length > 0) return { ...base, isAdmitted: false, reasons: worded(reasons) };
  const [datastore] = datastoresFor(need, host.id, context);
  const fits = message('placement.fits', {
    memory: availableMiB(host, context),
    vms: committedOn(host, context).vmCount,
    space: datastore ? gib(datastore.availableBytes) : 0,
  });
  return { ...base, isAdmitted: true, score: scoreOf(need, host, context), reasons: worded([fits]) };
}

/** Verdicts on all hosts, best first; refused ones last. Ties go by name, then id, so that the order never depends on chance. */
export function verdictsOn(need: VmNeed, context: PlanningContext): PlacementVerdict[] {
  return context.hosts
    .map((host) => verdictOn(need, host, context))
    .sort(
      (a, b) =>
        Number(b.isAdmitted) - Number(a.isAdmitted) ||
        (b.score ?? 0) - (a.score ?? 0) ||
        (a.hostName < b.hostName ? -1 : a.hostName > b.hostName ? 1 : 0) ||
        (a.hostId < b.hostId ? -1 : 1),
    );
}

/** Space in MiB that must be free before a disk is made, as the host is asked once more. */
export function spaceNeededMiB(need: VmNeed): number {
  return Math.ceil(need.diskNeedsNowBytes / MIB);
}
