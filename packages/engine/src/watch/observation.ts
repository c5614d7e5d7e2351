import type { CycleReading, DomainDefinition, VmReading } from '@vireo/commands';
import type { HostUsage, VmId, VmState, VmUsage } from '@vireo/contracts';
import type { ObservedVm } from '@vireo/store';
import { hostUsage, vmUsage } from './rates.ts';

/** Two readings closer than this say too little: CPU ticks come 100 times a second. */
const SHORTEST_MS = 900;
/** States in which a guest is awake, and has addresses. */
const AWAKE: ReadonlySet<VmState> = new Set(['running', 'blocked', 'shuttingDown']);

/** What a watcher remembers of one host between two readings, and what it makes of them. */
export class Observation {
  #baseline: { at: number; reading: CycleReading } | null = null;
  #latest = new Map<VmId, VmReading>();
  #usages = new Map<VmId, VmUsage>();
  readonly #defined = new Map<VmId, VmReading>();
  readonly #agents = new Set<VmId>();

  /** VMs whose definition has to be read: new, renamed, resized, or never read so far. */
  wanting(reading: CycleReading): VmId[] {
    return reading.vms
      .filter((vm) => {
        const known = this.#defined.get(vm.id);
        if (!known) return true;
        return known.name !== vm.name || known.isPersistent !== vm.isPersistent || known.vcpus !== vm.vcpus;
      })
      .map((vm) => vm.id);
  }

  /** The ids of VMs that bear a name, as of the last reading. */
  named(name: string): VmId[] {
    return [...this.#latest.values()].filter((vm) => vm.name === name).map((vm) => vm.id);
  }

  /** VMs whose guest agent may answer now. */
  withAgent(): VmId[] {
    return [...this.#agents].filter((id) => this.#isAwake(id));
  }

  /** What to store of the guests' addresses: as the VMs were last seen; those that stopped meanwhile have none. */
  addressed(answers: ReadonlyMap<VmId, string[]>): ObservedVm[] {
    const vms: ObservedVm[] = [];
    for (const [id, addresses] of answers) {
      const vm = this.#latest.get(id);
      if (vm && this.#isAwake(id))
        vms.push({ ...observed(vm, this.#usages.get(id) ?? null, undefined), addresses });
    }
    return vms;
  }

  #isAwake(id: VmId): boolean {
    const vm = this.#latest.get(id);
    return vm !== undefined && AWAKE.has(vm.state);
  }

  /** Takes a reading in; says what to store, and whether a VM was seen to start since the reading before. */
  take(
    reading: CycleReading,
    definitions: readonly DomainDefinition[],
    at: number,
  ): { vms: ObservedVm[]; usage: HostUsage | null; hasStarted: boolean } {
    const isFirst = this.#baseline === null;
    const usage = this.#measure(reading, at);
    const hasStarted = !isFirst && reading.vms.some((vm) => AWAKE.has(vm.state) && !this.#isAwake(vm.id));
    const definitionOf = new Map(definitions.map((one) => [one.id, one]));
    this.#latest = new Map(reading.vms.map((vm) => [vm.id, vm]));
    for (const id of this.#defined.keys()) if (!this.#latest.has(id)) this.#forget(id);
    const vms: ObservedVm[] = [];
    for (const vm of reading.vms) {
      const definition = definitionOf.get(vm.id);
      if (definition) this.#define(vm, definition);
      // It came a moment ago and went before its definition was read.
      else if (!this.#defined.has(vm.id)) continue;
      vms.push(observed(vm, this.#usages.get(vm.id) ?? null, definition));
    }
    return { vms, usage, hasStarted };
  }

  #define(vm: VmReading, { hardware }: DomainDefinition): void {
    this.#defined.set(vm.id, vm);
    if (hardware.hasGuestAgentChannel) this.#agents.add(vm.id);
    else this.#agents.delete(vm.id);
  }

  #forget(id: VmId): void {
    this.#defined.delete(id);
    this.#agents.delete(id);
  }

  #measure(reading: CycleReading, at: number): HostUsage | null {
    const before = this.#baseline;
    if (before && at - before.at < SHORTEST_MS) {
      for (const vm of reading.vms) if (vm.state === 'shutOff') this.#usages.delete(vm.id);
      return null;
    }
    this.#baseline = { at, reading };
    this.#usages = new Map();
    if (!before) return null;
    const earlier = new Map(before.reading.vms.map((vm) => [vm.id, vm]));
    for (const vm of reading.vms) {
      const first = earlier.get(vm.id);
      const usage = first ? vmUsage(first, vm, at - before.at) : null;
      if (usage) this.#usages.set(vm.id, usage);
    }
    return hostUsage(before.reading.host, reading.host);
  }
}

function observed(
  vm: VmReading,
  usage: VmUsage | null,
  definition: DomainDefinition | undefined,
): ObservedVm {
  const { id, name, state, stateReason, isPersistent } = vm;
  const base: ObservedVm = { id, name, state, stateReason, isPersistent, usage };
  if (!AWAKE.has(state)) base.addresses = [];
  if (!definition) return base;
  return {
    ...base,
    hardware: definition.hardware,
    description: definition.description,
    definitionXml: definition.xml,
  };
}
