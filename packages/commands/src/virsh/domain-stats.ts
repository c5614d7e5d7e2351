import { kibToMiB, type VmId } from '@vireo/contracts';
import type { VmReading } from '../types.ts';
import { domainStateOf, domainStateReasonOf } from './domain-state-code.ts';

/** The counters of one domain in `virsh domstats --raw`: flat `key=value` lines. */
export type RawStats = ReadonlyMap<string, string>;

/** Parts the output of `virsh domstats --raw` by domain name. Names hold anything but a line feed. */
export function domainStatsByName(text: string): Map<string, RawStats> {
  const byName = new Map<string, RawStats>();
  let current: Map<string, string> | null = null;
  for (const line of text.split('\n')) {
    const head = /^Domain: '(.*)'$/.exec(line);
    if (head) {
      current = new Map();
      byName.set(head[1] ?? '', current);
      continue;
    }
    const pair = /^ {2}([a-z][A-Za-z0-9_.-]*)=(.*)$/.exec(line);
    if (current && pair) current.set(pair[1] ?? '', pair[2] ?? '');
  }
  return byName;
}

function count(stats: RawStats, key: string): number {
  const text = stats.get(key) ?? '';
  return /^\d{1,20}$/.test(text) ? Number(text) : 0;
}

/** Sum of one counter over the devices `block.0`, `block.1`, ... or `net.*`. Backing files' own rows don't count twice. */
function sum(stats: RawStats, group: 'block' | 'net', counter: string): number {
  let total = 0;
  for (let index = 0; index < Math.min(count(stats, `${group}.count`), 1024); index += 1)
    total += count(stats, `${group}.${index}.${counter}`);
  return total;
}

function memoryUsedMiB(stats: RawStats): number | null {
  if (!stats.has('balloon.available') || !stats.has('balloon.usable')) return null;
  return kibToMiB(Math.max(0, count(stats, 'balloon.available') - count(stats, 'balloon.usable')));
}

export function vmReadingOf(id: VmId, name: string, isPersistent: boolean, stats: RawStats): VmReading {
  const state = domainStateOf(count(stats, 'state.state'));
  return {
    id,
    name,
    state,
    stateReason: domainStateReasonOf(state, count(stats, 'state.reason')),
    isPersistent,
    vcpus: count(stats, 'vcpu.current') || 1,
    cpuTimeNs: count(stats, 'cpu.time'),
    memoryMiB: kibToMiB(count(stats, 'balloon.current')),
    memoryUsedMiB: memoryUsedMiB(stats),
    diskReadBytes: sum(stats, 'block', 'rd.bytes'),
    diskWriteBytes: sum(stats, 'block', 'wr.bytes'),
    netReceiveBytes: sum(stats, 'net', 'rx.bytes'),
    netTransmitBytes: sum(stats, 'net', 'tx.bytes'),
  };
}
