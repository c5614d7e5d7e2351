import type { CycleReading, DomainDefinition, VmReading } from '@vireo/commands';
import type { HostUsage, VmId, VmUsage } from '@vireo/contracts';
import type { ObservedVm } from '@vireo/store';
import { hostUsage, vmUsage } from './rates.ts';

/** Two readings closer than this say too little: CPU ticks come 100 times a second. */
const SHORTEST_MS = 900;

/** What a watcher remembers of one host between two readings, and what it makes of them. */
export class Observation {
  #baseline: { at: number; reading: CycleReading } | null = null;
  #latest = new Map<VmId, VmReading>();
  #usages = new Map<VmId, VmUsage>();
  readonly #defined = new Map<VmId, VmReading>();

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

  /** Takes a reading in; says what to store. */
  take(
    reading: CycleReading,
    definitions: readonly DomainDefinition[],
    at: number,
  ): { vms: ObservedVm[]; usage: HostUsage | null } {
    const usage = this.#measure(reading, at);
    const definitionOf = new Map(definitions.map((one) => [one.id, one]));
    this.#latest = new Map(reading.vms.map((vm) => [vm.id, vm]));
    for (const id of this.#defined.keys()) if (!this.#latest.has(id)) this.#defined.delete(id);
    const vms: ObservedVm[] = [];
    for (const vm of reading.vms) {
      const definition = definitionOf.get(vm.id);
      if (definition) this.#defined.set(vm.id, vm);
      // It came a moment ago and went before its definition was read.
      else if (!this.#defined.has(vm.id)) continue;
      vms.push(observed(vm, this.#usages.get(vm.id) ?? null, definition));
    }
    return { vms, usage };
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
  if (!definition) return base;
  return {
    ...base,
    hardware: definition.hardware,
    description: definition.description,
    definitionXml: definition.xml,
  };
}
