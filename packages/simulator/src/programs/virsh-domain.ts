import { parseDomainXml } from '@vireo/commands';
import type { SimHost } from '../model/host.ts';
import type { SimVm } from '../model/vm.ts';
import { busyFor } from './program.ts';
import { type Verb, type VirshCall, VirshError } from './virsh-call.ts';
import { STATE_WORDS } from './virsh-list.ts';

const START_MS = 150;
const NOT_RUNNING = 'Requested operation is not valid: domain is not running';
const REASON_WORDS: Readonly<Record<string, readonly string[]>> = {
  running: ['unknown', 'booted', '', '', '', 'unpaused'],
  paused: ['unknown', 'user'],
  shutOff: ['unknown', 'shutdown', 'destroyed'],
};

function domainOf(host: SimHost, key: string | undefined): SimVm {
  if (key === undefined) throw new VirshError("command '' requires <domain> option");
  const vm = host.find(key);
  if (!vm) throw new VirshError(`failed to get domain '${key}'`);
  return vm;
}

const target = ({ host, words }: VirshCall) => domainOf(host, words[0]);

/** A verb that acts on a running domain; `words` go after its name in virsh's sentence. */
function powerVerb(name: string, words: string, act: (host: SimHost, vm: SimVm) => void): Verb {
  return (call) => {
    const vm = target(call);
    const key = call.words[0];
    if (!vm.isActive) throw new VirshError(`Failed to ${name} domain '${key}'`, NOT_RUNNING);
    act(call.host, vm);
    return call.isQuiet ? '' : `Domain '${key}' ${words}\n`;
  };
}

const start: Verb = async (call) => {
  const vm = target(call);
  if (vm.isActive) throw new VirshError('Domain is already active');
  await busyFor(START_MS, call.invocation.signal);
  if (vm.isActive) throw new VirshError('Domain is already active');
  const obstacle = obstacleTo(call.host, vm);
  if (obstacle) throw new VirshError(`Failed to start domain '${vm.name}'`, obstacle);
  call.host.start(vm);
  return call.isQuiet ? '' : `Domain '${vm.name}' started\n`;
};

/** What QEMU or libvirt would stumble over. */
function obstacleTo(host: SimHost, vm: SimVm): string | null {
  const { disks, nics } = vm.definition.hardware;
  for (const disk of disks) {
    if (disk.path === null) continue;
    if (!host.files.get(disk.path))
      return `Cannot access storage file '${disk.path}' (as uid:64055, gid:64055): No such file or directory`;
    const isTaken = [...host.vms.values()].some(
      (other) =>
        other.isActive &&
        other.current.hardware.disks.some((one) => one.path === disk.path && !one.isReadOnly),
    );
    if (isTaken && !disk.isReadOnly)
      return `internal error: process exited while connecting to monitor: qemu-system-x86_64: Failed to get "write" lock\nIs another process using the image [${disk.path}]?`;
  }
  const bridges = [...host.hardware.ovsBridges, ...host.hardware.linuxBridges];
  const missing = nics.find((nic) => nic.networkKind !== 'other' && !bridges.includes(nic.network ?? ''));
  return missing ? `Cannot get interface MTU on '${missing.network}': No such device` : null;
}

const resume: Verb = (call) => {
  const vm = target(call);
  const key = call.words[0];
  if (!vm.isActive) throw new VirshError(`Failed to resume domain '${key}'`, NOT_RUNNING);
  if (vm.state === 'running')
    throw new VirshError(
      `Failed to resume domain '${key}'`,
      'Requested operation is not valid: domain is already running',
    );
  call.host.resume(vm);
  return call.isQuiet ? '' : `Domain '${key}' resumed\n`;
};

const define: Verb = async ({ host, words, invocation, isQuiet }) => {
  const file = words[0] ?? '';
  if (file !== '/dev/stdin') throw new VirshError(`Failed to open file '${file}': No such file or directory`);
  const xml = await invocation.stdin();
  const { id, name } = defineXml(host, file, xml);
  return isQuiet ? '' : `Domain '${name || id}' defined from ${file}\n`;
};

/** libvirt writes down which machine an alias stood for. */
const MACHINES: Readonly<Record<string, string>> = { q35: 'pc-q35-7.2', pc: 'pc-i440fx-7.2' };
const MACHINE_ALIAS = /(<type [^>]*machine=["'])(q35|pc)(?=["'])/;

function defineXml(host: SimHost, file: string, xml: string): { id: string; name: string } {
  const canonical = xml
    .trim()
    .replace(MACHINE_ALIAS, (_, before: string, alias: string) => before + MACHINES[alias]);
  const refuse = (why: string) => new VirshError(`Failed to define domain from ${file}`, why);
  let parsed: ReturnType<typeof parseDomainXml>;
  try {
    parsed = parseDomainXml(canonical);
  } catch (error) {
    throw refuse(`(domain_definition):1: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { id, name, hardware } = parsed;
  const namesake = [...host.vms.values()].find((vm) => vm.name === name && vm.id !== id);
  if (namesake) throw refuse(`operation failed: domain '${name}' already exists with uuid ${namesake.id}`);
  const known = host.vms.get(id);
  if (known && known.name !== name)
    throw refuse(`operation failed: domain '${known.name}' is already defined with uuid ${id}`);
  host.define(id, { name, hardware, xml: () => canonical });
  return { id, name };
}

const undefine: Verb = (call) => {
  const vm = target(call);
  call.host.undefine(vm);
  return call.isQuiet ? '' : `Domain '${call.words[0]}' has been undefined\n`;
};

const dumpxml: Verb = (call) => {
  const vm = target(call);
  const isLive = vm.isActive && !call.options.has('--inactive');
  return `${isLive ? liveXml(call.host, vm) : vm.definition.xml().trim()}\n`;
};

/** What libvirt fills in while a domain runs: its number, its NICs' devices, where its screen is. */
function liveXml(host: SimHost, vm: SimVm): string {
  let nic = 0;
  const socket = host
    .vncSocketOf(vm)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll("'", '&apos;');
  return vm.current
    .xml()
    .trim()
    .replace(/<domain /, `<domain id='${vm.liveId}' `)
    .replaceAll(/<\/interface>/g, () => `  <target dev='${host.vnetOf(vm, nic++)}'/>\n    </interface>`)
    .replace(/<listen type=["']socket["'][^>]*\/>/, () => `<listen type='socket' socket='${socket}'/>`)
    .replace(/(<graphics type=["']vnc["'] port=)["']-1["']/, `$1'${host.vncPortOf(vm)}'`);
}

const domstate: Verb = (call) => {
  const vm = target(call);
  const reason = call.options.has('--reason') ? ` (${REASON_WORDS[vm.state]?.[vm.reason] ?? 'unknown'})` : '';
  return `${STATE_WORDS[vm.state]}${reason}\n`;
};

const domblkinfo: Verb = (call) => {
  const rows = target(call).current.hardware.disks.map((disk) => {
    const file = call.host.files.get(disk.path ?? '');
    const sizes = file
      ? [file.virtualBytes, file.allocatedBytes, file.allocatedBytes].map(String)
      : ['-', '-', '-'];
    return ` ${[disk.target, ...sizes].join('   ')}\n`;
  });
  return rows.join('');
};

const domdisplay: Verb = (call) => {
  const vm = target(call);
  if (!vm.isActive) throw new VirshError('Domain is not running');
  if (vm.current.hardware.graphics.kind === 'vncSocket') return `vnc+unix://${call.host.vncSocketOf(vm)}\n`;
  return `vnc://127.0.0.1:${call.host.vncPortOf(vm) - 5900}\n`;
};

export const DOMAIN_VERBS: Readonly<Record<string, Verb>> = {
  ...{ start, resume, define, undefine, dumpxml, domstate, domblkinfo, domdisplay },
  shutdown: powerVerb('shutdown', 'is being shutdown', (host, vm) => host.shutdown(vm)),
  destroy: powerVerb('destroy', 'destroyed', (host, vm) => host.destroy(vm)),
  reboot: powerVerb('reboot', 'is being rebooted', (host, vm) => host.reset(vm)),
  reset: powerVerb('reset', 'was reset', (host, vm) => host.reset(vm)),
  suspend: powerVerb('suspend', 'suspended', (host, vm) => host.suspend(vm)),
  domname: (call) => `${target(call).name}\n`,
  domuuid: (call) => `${target(call).id}\n`,
  'snapshot-list': (call) => {
    target(call);
    return '';
  },
};
