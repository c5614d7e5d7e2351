import { kibToMiB, VmId } from '@vireo/contracts';
import { readingCommand, scriptArgv } from '../command.ts';
import { hostOutputError } from '../host-output-error.ts';
import { HOST_CYCLE } from '../scripts.ts';
import { sectionsOf, sectionText } from '../sections.ts';
import type { CycleReading, ReadCommand, VmReading } from '../types.ts';
import { domainStatsByName, vmReadingOf } from './domain-stats.ts';

const TOOL = 'cycle reading';

function hostReading(statLine: string, memory: string, uptime: string): CycleReading['host'] {
  const ticks = /^cpu +(\d[\d ]*)$/.exec(statLine.trim())?.[1]?.split(' ').map(Number);
  const seconds = /^(\d+(?:\.\d+)?) /.exec(uptime.trim())?.[1];
  if (!ticks || ticks.length < 5 || !seconds)
    throw hostOutputError(TOOL, '/proc makes no sense', statLine || uptime);
  const kib = (key: string) => Number(new RegExp(`^${key}: (\\d+)$`, 'm').exec(memory)?.[1] ?? 0);
  return {
    // guest and guest_nice (fields 9, 10) are contained in user and nice already
    cpuTotalTicks: ticks.slice(0, 8).reduce((total, value) => total + value, 0),
    cpuIdleTicks: (ticks[3] ?? 0) + (ticks[4] ?? 0),
    memoryTotalMiB: kibToMiB(kib('MemTotal')),
    memoryAvailableMiB: kibToMiB(kib('MemAvailable')),
    uptimeSeconds: Math.floor(Number(seconds)),
  };
}

function uuidNameRows(text: string): { id: VmId; name: string }[] {
  const rows: { id: VmId; name: string }[] = [];
  for (const line of text.split('\n')) {
    const row = /^ ?([0-9a-f-]{36}) (.*)$/.exec(line);
    const id = VmId.safeParse(row?.[1]);
    if (row && id.success) rows.push({ id: id.data, name: row[2] ?? '' });
  }
  return rows;
}

function vmReadings(text: string): VmReading[] {
  const [list, rest] = split(text, '@transient@');
  const [transientText, statsText] = split(rest, '@stats@');
  const transient = new Set(transientText.split('\n').map((line) => line.trim()));
  const stats = domainStatsByName(statsText);
  const vms: VmReading[] = [];
  for (const { id, name } of uuidNameRows(list)) {
    // Without counters it came or went between the two commands: the next cycle will tell.
    const own = stats.get(name);
    if (own) vms.push(vmReadingOf(id, name, !transient.has(id), own));
  }
  return vms;
}

/** virsh's `echo` ends without a line feed when quiet, so the mark starts a line that goes on. */
function split(text: string, mark: string): [string, string] {
  const at = text.startsWith(mark) ? 0 : text.indexOf(`\n${mark}`);
  if (at < 0) throw hostOutputError(TOOL, `no ${mark}`, text.slice(-120));
  const begin = at === 0 && text.startsWith(mark) ? 0 : at + 1;
  return [text.slice(0, begin), text.slice(begin + mark.length)];
}

/**
 * Everything a watcher asks of a host per cycle: one round trip, one virsh process, whatever the number of VMs.
 * VMs are listed by UUID; `domstats` knows names only, so both are joined within the one reading.
 */
export function hostCycle(): ReadCommand<CycleReading> {
  return {
    command: readingCommand(scriptArgv(HOST_CYCLE), 15_000),
    parse({ stdout }) {
      const sections = sectionsOf(TOOL, stdout);
      const text = (name: string) => sectionText(TOOL, sections, name);
      return {
        vms: vmReadings(text('virsh')),
        host: hostReading(text('stat'), text('memory'), text('uptime')),
      };
    },
  };
}
