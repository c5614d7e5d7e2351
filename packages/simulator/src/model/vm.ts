import type { VmHardware } from '@vireo/contracts';
import { fractionOf } from '../random.ts';

/** What libvirt keeps of a VM: its XML, and what we read from it. */
export interface Definition {
  name: string;
  hardware: VmHardware;
  /** Made when asked: thousands of VMs are never looked at. */
  xml: () => string;
}

/** libvirt's numbers (virDomainState and its reasons). */
export const STATE_CODES = { running: 1, paused: 3, shutOff: 5 } as const;
export type RunState = keyof typeof STATE_CODES;
export const REASON = {
  booted: 1,
  unpaused: 5,
  pausedByUser: 1,
  shutOffUnknown: 0,
  shutDown: 1,
  destroyed: 2,
} as const;

/** One VM of a simulated host. Its counters are pure functions of the time that it has run. */
export class SimVm {
  readonly id: string;
  /** What the next start uses; of a transient VM what it runs with. */
  definition: Definition;
  live: Definition | null = null;
  isPersistent = true;
  state: RunState = 'shutOff';
  reason: number = REASON.shutOffUnknown;
  /** libvirt's number of a running domain. */
  liveId: number | null = null;
  /** While an orderly shutdown is under way. */
  shutdownTimer: NodeJS.Timeout | null = null;
  bootedAtMs = 0;
  #ranMs = 0;
  #runningSinceMs = 0;

  constructor(id: string, definition: Definition) {
    this.id = id;
    this.definition = definition;
  }

  get name(): string {
    return this.definition.name;
  }

  get isActive(): boolean {
    return this.state !== 'shutOff';
  }

  /** What it runs with now, or would run with. */
  get current(): Definition {
    return this.live ?? this.definition;
  }

  boot(nowMs: number, liveId: number): void {
    this.live = this.definition;
    this.liveId = liveId;
    this.#ranMs = 0;
    this.bootedAtMs = nowMs;
    this.#runFrom(nowMs, REASON.booted);
  }

  resume(nowMs: number): void {
    this.#runFrom(nowMs, REASON.unpaused);
  }

  pause(nowMs: number): void {
    this.#ranMs = this.ranMs(nowMs);
    this.state = 'paused';
    this.reason = REASON.pausedByUser;
  }

  stop(nowMs: number, reason: number): void {
    this.#ranMs = this.ranMs(nowMs);
    this.state = 'shutOff';
    this.reason = reason;
    this.liveId = null;
    this.live = null;
    if (this.shutdownTimer) clearTimeout(this.shutdownTimer);
    this.shutdownTimer = null;
  }

  /** Time in which its CPUs ran since it was booted, in milliseconds. */
  ranMs(nowMs: number): number {
    return this.#ranMs + (this.state === 'running' ? nowMs - this.#runningSinceMs : 0);
  }

  #runFrom(nowMs: number, reason: number): void {
    this.state = 'running';
    this.reason = reason;
    this.#runningSinceMs = nowMs;
  }
}

export interface Counters {
  cpuNs: number;
  readBytes: number;
  writeBytes: number;
  receiveBytes: number;
  transmitBytes: number;
  usedMemoryShare: number;
}

/** What a VM has used after it ran for so long: a steady load with a slow wave, grown from zero, never falling. */
export function countersOf(id: string, vcpus: number, ranMs: number): Counters {
  const seconds = ranMs / 1000;
  const base = 0.02 + 0.2 * fractionOf(id, 'cpu') ** 2;
  const load = waved(seconds, base, 40 + 200 * fractionOf(id, 'period'));
  const busyness = fractionOf(id, 'io') ** 2;
  return {
    cpuNs: Math.floor(load * vcpus * 1e9),
    readBytes: Math.floor(30e6 * Math.min(1, seconds / 20) + waved(seconds, 2e5 * busyness, 90)),
    writeBytes: Math.floor(waved(seconds, 4e5 * busyness + 2e3, 70)),
    receiveBytes: Math.floor(waved(seconds, 8e5 * busyness + 300, 50)),
    transmitBytes: Math.floor(waved(seconds, 5e5 * busyness + 120, 60)),
    usedMemoryShare: 0.25 + 0.6 * fractionOf(id, 'memory') * Math.min(1, 0.3 + seconds / 600),
  };
}

/** Integral over time of a rate that swings between a fifth and nine fifths of `rate`. */
function waved(seconds: number, rate: number, periodSeconds: number): number {
  const turn = (2 * Math.PI) / periodSeconds;
  return rate * (seconds + (0.8 / turn) * (1 - Math.cos(turn * seconds)));
}
