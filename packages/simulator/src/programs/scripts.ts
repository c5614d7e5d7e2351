import type { ScriptName } from '@vireo/commands';
import { freeBytesOf, type SimFile } from '../model/files.ts';
import type { SimHost } from '../model/host.ts';
import { factSections, LIBVIRT, QEMU } from './facts.ts';
import { guestInterfaces } from './guest-interfaces.ts';
import { done, failed, type Invocation, type Outcome } from './program.ts';
import { virsh } from './virsh.ts';
import { poolXml } from './virsh-host.ts';
import { domainStats, STATE_WORDS } from './virsh-list.ts';

const MIB = 1024 * 1024;

type Script = (invocation: Invocation) => Outcome | Promise<Outcome>;

const run = (invocation: Invocation, ...args: string[]) => virsh({ ...invocation, args });
const text = async (invocation: Invocation, ...args: string[]) => (await run(invocation, ...args)).stdout;
const vmOf = ({ host, args }: Invocation) => host.vms.get(args[0] ?? '');

/**
 * Our fixed scripts, each by what it prints on a real host. A script that commands gains doesn't compile here until it is
 * imitated.
 */
export const SCRIPT_ANSWERS: Readonly<Record<ScriptName, Script>> = {
  DOMAIN_STATE: (invocation) => {
    const vm = vmOf(invocation);
    return done(`${vm ? STATE_WORDS[vm.state] : 'absent'}\n`);
  },
  DOMAIN_NAME_PRESENCE: ({ host, args }) =>
    done([...host.vms.values()].some((vm) => vm.name === args[0]) ? 'taken\n' : 'free\n'),
  DOMAIN_SNAPSHOTS: async (invocation) => {
    const list = await run(invocation, '-q', 'snapshot-list', invocation.args[0] ?? '', '--name');
    return list.exitCode === 0 ? done('0\n') : { ...list, stdout: '' };
  },
  DOMAIN_DESTROY_IF_ACTIVE: (invocation) => {
    const vm = vmOf(invocation);
    return vm?.isActive ? run(invocation, 'destroy', vm.id) : done();
  },
  DOMAIN_UNDEFINE_IF_PRESENT: (invocation) => {
    const vm = vmOf(invocation);
    if (!vm) return done();
    return vm.isActive ? failed('the domain is active\n', 3) : run(invocation, 'undefine', vm.id);
  },
  // Its libvirt is at nothing when it has answered.
  LIBVIRT_SETTLED: () => done(),
  DOMAIN_DEFINE_IF_ABSENT: (invocation) =>
    vmOf(invocation) ? done() : run(invocation, 'define', '/dev/stdin'),
  DOMAIN_DEFINITIONS: definitions,
  GUEST_INTERFACES: ({ host, args }) => done(guestInterfaces(host, args)),
  HOST_CYCLE: cycle,
  HOST_FACTS: ({ host }) => {
    const nonce = host.nonce();
    const sections = factSections(host).map(([name, section]) => `${section}\n${nonce} ${name} 0\n`);
    return done(`${nonce}\n${sections.join('')}`);
  },
  HOST_STORAGE: ({ host }) => done(storageText(host)),
  HOST_UUID: ({ host }) => done(`${host.hardware.hostUuid}\n`),
  MEMORY_AVAILABLE_MIB: ({ host }) => done(`${Math.floor(host.availableMemoryKib() / 1024)}\n`),
  LIBVIRT_VERSION: () => done(`${LIBVIRT}\n`),
  QEMU_VERSION: () => done(`${QEMU}\n`),
  POOL_COUNT: ({ host }) => done(`${host.files.pools.length}\n`),
  NETWORK_PRESENCE: () => done('missing\n'),
  FIRMWARE_PRESENCE: () => done('available\n'),
  TIME_SYNC: () => done('yes\n'),
  KVM_PROBE: () => done('kvm\n'),
  AUTHORIZED_KEY_ADD: ({ host, args }) => {
    host.authorizedKeys.add(args[1] ?? '');
    return done();
  },
  AUTHORIZED_KEY_REMOVE: ({ host, args }) => {
    host.authorizedKeys.delete(args[1] ?? '');
    return done();
  },
  FREE_MIB: ({ host, args }) => {
    const pool = host.files.pools.find((one) => one.path === args[0]);
    return pool ? done(`${Math.floor(freeBytesOf(pool) / MIB)}\n`) : failed('');
  },
  DISK_REMOVE: ({ host, args }) => {
    const pairs = args.flatMap((root, index) =>
      index % 2 === 0 ? [{ root, path: args[index + 1] ?? '' }] : [],
    );
    const stray = pairs.find(({ root, path }) => !path.startsWith(`${root.replace(/\/$/, '')}/`));
    if (stray) return failed(`not in its datastore: ${stray.path}\n`, 3);
    for (const { path } of pairs) host.files.remove(path);
    return done();
  },
  IMAGE_SAFETY: ({ host, args }) => done(`${verdictOn(host, args)}\n`),
  FILE_USERS: ({ host, args: [except, ...paths] }) => {
    const users = [...host.vms.values()].filter(
      (vm) =>
        vm.id !== except &&
        [vm.definition, vm.current].some(({ hardware }) =>
          hardware.disks.some((disk) => disk.path !== null && paths.includes(disk.path)),
        ),
    );
    return done(
      users.length === 0
        ? 'none\n'
        : users
            .map((vm) => `${vm.id}\n`)
            .sort()
            .join(''),
    );
  },
};

async function definitions(invocation: Invocation): Promise<Outcome> {
  const nonce = invocation.host.nonce();
  let output = `${nonce}\n`;
  for (const id of invocation.args) {
    const xml = await run(invocation, '-q', 'dumpxml', '--inactive', id);
    const blocks = await run(invocation, '-q', 'domblkinfo', id, '--all');
    output += `${xml.stdout}\n${nonce} xml ${id} ${xml.exitCode}\n`;
    output += `${blocks.stdout}\n${nonce} blocks ${id} ${blocks.exitCode}\n`;
  }
  const autostart = await text(invocation, '-q', 'list', '--all', '--autostart', '--uuid');
  return done(`${output}${autostart}\n${nonce} autostart - 0\n`);
}

async function cycle(invocation: Invocation): Promise<Outcome> {
  const { host } = invocation;
  const now = Date.now();
  const nonce = host.nonce();
  const { total, busy } = host.ticks(now);
  const uptime = ((now - host.bootedAtMs) / 1000).toFixed(2);
  const list = await text(invocation, '-q', 'list', '--all', '--uuid', '--name');
  const transient = await text(invocation, '-q', 'list', '--all', '--transient', '--uuid');
  return done(
    [
      `${nonce}\ncpu  ${busy} 0 0 ${total - busy} 0 0 0 0 0 0\n${nonce} stat 0\n`,
      `MemTotal: ${host.hardware.memoryKib}\nMemAvailable: ${host.availableMemoryKib()}\n${nonce} memory 0\n`,
      `${uptime} ${((total - busy) / 100).toFixed(2)}\n${nonce} uptime 0\n`,
      // A quiet virsh ends what it echoes without a line feed.
      `${list}@transient@${transient}@stats@${domainStats(host)}${nonce} virsh 0\n`,
    ].join(''),
  );
}

function verdictOn(host: SimHost, [path = '', format, directory]: readonly string[]): string {
  const file = host.files.get(path);
  if (!file) return 'missing';
  if (!path.startsWith(`${directory}/`)) return 'outside';
  const isExpected = format === 'raw' ? file.format !== 'qcow2' : file.format === format;
  return isExpected ? 'safe' : 'unexpectedFormat';
}

function storageText(host: SimHost): string {
  const nonce = host.nonce();
  let output = `${nonce}\n`;
  for (const pool of host.files.pools) {
    const xml = Buffer.from(poolXml(pool).trimEnd()).toString('base64');
    output += `${nonce} pool active ${freeBytesOf(pool)} ${pool.capacityBytes} ${xml}\n`;
    for (const [path, file] of [...pool.files].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\.part$/.test(name)) continue;
      const blocks = Math.ceil(file.allocatedBytes / 512);
      const iso = file.format === 'iso' ? '4344303031' : '';
      const size = file.format === 'qcow2' ? file.allocatedBytes : file.virtualBytes;
      const encoded = Buffer.from(name).toString('base64');
      output += `${nonce} file ${size} ${blocks} ${headerOf(file)}- ${iso}- ${encoded}\n`;
    }
  }
  return `${output}${nonce} end 0\n`;
}

/** The first 32 bytes of the file, as hexadecimal digits: of qcow2, its magic, version, cluster size and virtual size. */
function headerOf(file: SimFile): string {
  const header = Buffer.alloc(32);
  if (file.format === 'qcow2') {
    header.write('QFI\xfb', 0, 'latin1');
    header.writeUInt32BE(3, 4);
    header.writeUInt32BE(16, 20);
    header.writeBigUInt64BE(BigInt(file.virtualBytes), 24);
  }
  return header.toString('hex');
}
