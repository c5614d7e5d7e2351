import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cut,
  fabricExec,
  guestExec,
  guestReady,
  hostAddress,
  hostExec,
  labDown,
  labHostKey,
  labKeyPath,
  labSettings,
  labStatus,
  labUp,
  poweroff,
  poweron,
  uncut,
} from '../src/index.ts';
import { until } from '../src/wait.ts';
import { guestXml } from './guest-xml.ts';

/** A lab of its own, so that another one may be up and in use. */
const lab = labSettings({
  VIREO_LAB_DIR: '/var/tmp/vireo-lab-test',
  VIREO_LAB_FABRIC: 'vlabtest',
  VIREO_LAB_NET: '10.95.0',
});

const UUIDS = {
  bios: '5a0e4f7e-6c0d-4a57-9f0e-0b6a3c0f1a01',
  same: '5a0e4f7e-6c0d-4a57-9f0e-0b6a3c0f1a02',
  other: '5a0e4f7e-6c0d-4a57-9f0e-0b6a3c0f1a03',
  uefi: '5a0e4f7e-6c0d-4a57-9f0e-0b6a3c0f1a04',
};

async function onHost(host: string, argv: string[], stdin?: string): Promise<string> {
  const result = await hostExec(host, argv, stdin === undefined ? {} : { stdin }, lab);
  if (result.exitCode !== 0) throw new Error(`${argv.join(' ')} on ${host}: ${result.stderr}`);
  return result.stdout;
}

async function startGuest(host: string, key: keyof typeof UUIDS, vlan?: number): Promise<string> {
  const uuid = UUIDS[key];
  const disk = `/srv/local/vms/${uuid}.qcow2`;
  await onHost(host, ['cp', '/srv/shared/images/vireo-guest.qcow2', disk]);
  const firmware = key === 'uefi' ? { firmware: 'uefi' as const } : {};
  const xml = guestXml({
    uuid,
    name: `test-${key}`,
    disk,
    ...firmware,
    ...(vlan === undefined ? {} : { vlan }),
  });
  await onHost(host, ['virsh', 'define', '/dev/stdin'], xml);
  await onHost(host, ['virsh', 'start', uuid]);
  await until(() => guestReady(host, uuid, lab), `no agent in ${key}`, 40_000, 200);
  return uuid;
}

/** The guest's address by DHCP, asked of the guest itself. */
async function guestAddress(host: string, uuid: string): Promise<string> {
  let address = '';
  await until(
    async () => {
      const shown = await guestExec(host, uuid, 'ip -4 -o addr show eth0', lab);
      address = /inet ([\d.]+)/.exec(shown.stdout)?.[1] ?? '';
      return address !== '';
    },
    'no address',
    20_000,
    200,
  );
  return address;
}

/** Runs ssh to a host with the lab's key; gives what it printed. */
function overSsh(host: string, user: string, command: string) {
  const options = [
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'LogLevel=ERROR',
    'ConnectTimeout=2',
  ];
  const flags = ['-i', labKeyPath(lab), ...options.flatMap((option) => ['-o', option])];
  const target = `${user}@${hostAddress(host, lab)}`;
  return spawnSync('ssh', [...flags, target, command], { encoding: 'utf8' });
}

/** What of the lab is on this machine. */
function traces(): string[] {
  const found = ['ip netns list', 'ip -o link', 'cat /proc/self/mounts', 'ps -eo args']
    .flatMap((command) => execFileSync('sh', ['-c', command], { encoding: 'utf8' }).split('\n'))
    .filter((line) => line.includes(lab.dir) || line.includes(lab.fabric));
  const cgroups = execFileSync('find', ['/sys/fs/cgroup', '-maxdepth', '2', '-name', lab.fabric], {
    encoding: 'utf8',
  });
  return [...found, ...cgroups.split('\n')].filter((line) => line !== '');
}

beforeAll(async () => {
  await labDown(lab, true);
  await labUp(2, undefined, lab);
}, 90_000);

afterAll(() => labDown(lab, true), 60_000);

describe('lab', () => {
  it('has hosts that are ready, with pools, images and a bridge', async () => {
    const status = await labStatus(lab);
    expect(status.hosts.map((host) => [host.name, host.address, host.state])).toEqual([
      ['cna01', '10.95.0.11', 'ready'],
      ['cna02', '10.95.0.12', 'ready'],
    ]);
    for (const { name } of status.hosts) {
      const pools = (await onHost(name, ['virsh', 'pool-list', '--name'])).trim().split(/\s+/);
      expect(pools.sort()).toEqual(['images', 'local', 'shared']);
      expect(await onHost(name, ['virsh', 'vol-list', 'images'])).toMatch(
        /vireo-guest.qcow2.*vireo-tools.iso/s,
      );
      expect(await onHost(name, ['ovs-vsctl', 'list-ports', 'vsw0'])).toBe('eth1\n');
    }
  });

  it('lets root and vireo in over SSH, vireo with sudo', () => {
    expect(overSsh('cna01', 'root', 'hostname').stdout).toBe('cna01\n');
    expect(overSsh('cna02', 'vireo', 'sudo -n virsh -q list --all && id -un').stdout).toBe('vireo\n');
    expect(labHostKey('cna01', lab)).toMatch(/^ssh-ed25519 AAAA\S+$/);
  });

  it('is brought up twice without touching what is up', async () => {
    const pids = () => [1, 2].map((n) => readFileSync(join(lab.dir, `hosts/cna0${n}/init.pid`), 'utf8'));
    const before = pids();
    expect(await labUp(2, undefined, lab)).toEqual(['cna01', 'cna02']);
    expect(pids()).toEqual(before);
  });

  it('cuts and mends a management link', async () => {
    await cut('cna02', lab);
    expect(overSsh('cna02', 'root', 'true').status).toBe(255);
    expect((await labStatus(lab)).hosts[1]?.isCut).toBe(true);
    expect(await onHost('cna02', ['hostname'])).toBe('cna02\n');
    await uncut('cna02', lab);
    expect(overSsh('cna02', 'root', 'hostname').stdout).toBe('cna02\n');
  });
});

describe('guests', () => {
  it('boot from disk, get an address, answer ping from the fabric, and reach those of their VLAN only', async () => {
    const [first, same, other] = await Promise.all([
      startGuest('cna01', 'bios', 10),
      startGuest('cna02', 'same', 10),
      startGuest('cna02', 'other', 20),
    ]);
    const address = await guestAddress('cna01', first);
    expect(address).toMatch(/^10\.97\.10\./);
    expect((await fabricExec(['ping', '-c1', '-W5', address], {}, lab)).exitCode).toBe(0);
    expect(await guestAddress('cna02', same)).toMatch(/^10\.97\.10\./);
    expect((await guestExec('cna02', same, `ping -c1 -W5 ${address}`, lab)).exitCode).toBe(0);
    expect(await guestAddress('cna02', other)).toMatch(/^10\.97\.20\./);
    // From an address of the first one's subnet, so that only the VLAN is in the way.
    await guestExec('cna02', other, 'ip addr add 10.97.10.9/24 dev eth0', lab);
    expect((await guestExec('cna02', other, `ping -c2 -W2 ${address}`, lab)).exitCode).toBe(1);
  }, 60_000);

  it('boot under UEFI with Secure Boot and obey the power button', async () => {
    const uuid = await startGuest('cna01', 'uefi');
    expect(await guestAddress('cna01', uuid)).toMatch(/^10\.97\.0\./);
    await onHost('cna01', ['virsh', 'shutdown', uuid, '--mode', 'acpi']);
    const off = async () => (await onHost('cna01', ['virsh', 'domstate', uuid])).trim() === 'shut off';
    await until(off, 'the guest is still on', 20_000, 200);
  }, 70_000);
});

describe('power', () => {
  it('a host that lost it comes back with its definitions and disks', async () => {
    const key = labHostKey('cna01', lab);
    await poweroff('cna01', lab);
    expect((await labStatus(lab)).hosts[0]).toMatchObject({ state: 'off', processes: 0 });
    await expect(hostExec('cna01', ['true'], {}, lab)).rejects.toThrow('cna01 is off');
    await poweron('cna01', lab);
    const listed = await onHost('cna01', ['virsh', 'list', '--all', '--uuid']);
    expect(listed.trim().split(/\s+/).sort()).toEqual([UUIDS.bios, UUIDS.uefi]);
    expect(await onHost('cna01', ['virsh', 'domstate', UUIDS.bios])).toContain('shut off');
    expect(await onHost('cna01', ['ls', '/srv/local/vms'])).toContain(UUIDS.bios);
    expect(labHostKey('cna01', lab)).toBe(key);
    expect(overSsh('cna01', 'root', 'hostname').stdout).toBe('cna01\n');
  }, 30_000);

  it('down leaves nothing behind', async () => {
    await labDown(lab);
    expect(traces()).toEqual([]);
    expect(existsSync(join(lab.dir, 'hosts/cna01'))).toBe(true);
    await labDown(lab, true);
    expect(existsSync(lab.dir)).toBe(false);
  }, 30_000);
});
