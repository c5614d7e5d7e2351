import type { SimHost } from '../model/host.ts';
import { countersOf, type SimVm, STATE_CODES } from '../model/vm.ts';
import type { Verb } from './virsh-call.ts';

export const STATE_WORDS = { running: 'running', paused: 'paused', shutOff: 'shut off' } as const;

/** Columns as vshTable writes them. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  isQuiet: boolean,
): string {
  const all = isQuiet ? rows : [head, ...rows];
  const widths = head.map((_, column) => Math.max(0, ...all.map((row) => (row[column] ?? '').length)));
  const lines = all.map((row) =>
    ` ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('   ')}`.trimEnd(),
  );
  if (isQuiet) return lines.map((line) => `${line}\n`).join('');
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width + 3, 0));
  return `${[lines[0], rule, ...lines.slice(1)].join('\n')}\n`;
}

const list: Verb = ({ host, options, isQuiet }) => {
  let vms = host.sorted().filter((vm) => options.has('--all') || vm.isActive);
  if (options.has('--transient')) vms = vms.filter((vm) => !vm.isPersistent);
  if (options.has('--autostart')) vms = [];
  const wantsUuid = options.has('--uuid');
  const wantsName = options.has('--name');
  if (!wantsUuid && !wantsName) {
    const rows = vms.map((vm) => [String(vm.liveId ?? '-'), vm.name, STATE_WORDS[vm.state]]);
    return table(['Id', 'Name', 'State'], rows, isQuiet);
  }
  const cells = (vm: SimVm) => [...(wantsUuid ? [vm.id] : []), ...(wantsName ? [vm.name] : [])];
  return vms.map((vm) => `${cells(vm).join(' ')}\n`).join('');
};

const domstats: Verb = ({ host }) => domainStats(host);

/** `virsh domstats --raw` with the groups that a watcher asks for. */
export function domainStats(host: SimHost): string {
  const now = Date.now();
  return host
    .sorted()
    .map(
      (vm) =>
        `Domain: '${vm.name}'\n${statsOf(host, vm, now)
          .map((line) => `  ${line}\n`)
          .join('')}`,
    )
    .join('\n');
}

function statsOf(host: SimHost, vm: SimVm, now: number): string[] {
  const { hardware } = vm.current;
  const kib = hardware.memoryMiB * 1024;
  const counters = countersOf(vm.id, hardware.vcpus, vm.ranMs(now));
  const head = [
    `state.state=${STATE_CODES[vm.state]}`,
    `state.reason=${vm.reason}`,
    `cpu.time=${counters.cpuNs}`,
    `cpu.user=${Math.floor(counters.cpuNs * 0.7)}`,
    `cpu.system=${Math.floor(counters.cpuNs * 0.3)}`,
    `balloon.current=${kib}`,
    `balloon.maximum=${hardware.maxMemoryMiB * 1024}`,
  ];
  const vcpu = [`vcpu.current=${hardware.vcpus}`, `vcpu.maximum=${hardware.maxVcpus}`];
  const disks = hardware.disks.filter((disk) => disk.path !== null);
  if (!vm.isActive)
    return [
      ...head,
      ...vcpu,
      `block.count=${disks.length}`,
      ...disks.flatMap((_, i) => blockOf(host, vm, i)),
    ];
  const used = Math.floor(kib * counters.usedMemoryShare);
  return [
    ...head,
    'balloon.last-update=0',
    ...(host.hasSystem(vm) ? [`balloon.available=${kib}`, `balloon.usable=${kib - used}`] : []),
    `balloon.rss=${used}`,
    ...vcpu,
    `net.count=${hardware.nics.length}`,
    ...hardware.nics.flatMap((_, i) => [
      `net.${i}.name=${host.vnetOf(vm, i)}`,
      `net.${i}.rx.bytes=${i === 0 ? counters.receiveBytes : 0}`,
      `net.${i}.tx.bytes=${i === 0 ? counters.transmitBytes : 0}`,
    ]),
    `block.count=${disks.length}`,
    ...disks.flatMap((_, i) => [
      ...blockOf(host, vm, i),
      `block.${i}.rd.bytes=${i === 0 ? counters.readBytes : 0}`,
      `block.${i}.wr.bytes=${i === 0 ? counters.writeBytes : 0}`,
    ]),
  ];
}

function blockOf(host: SimHost, vm: SimVm, index: number): string[] {
  const disk = vm.current.hardware.disks.filter((one) => one.path !== null)[index];
  const file = host.files.get(disk?.path ?? '');
  return [
    `block.${index}.name=${disk?.target ?? ''}`,
    `block.${index}.path=${disk?.path ?? ''}`,
    ...(file
      ? [`block.${index}.allocation=${file.allocatedBytes}`, `block.${index}.capacity=${file.virtualBytes}`]
      : []),
  ];
}

export const LIST_VERBS: Readonly<Record<string, Verb>> = { list, domstats };
