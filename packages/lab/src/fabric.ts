import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { endProcesses, processMark } from './process.ts';
import { must, type RunOptions, type RunResult, run } from './run.ts';
import { GUEST_VLANS, type LabSettings, labSettings } from './settings.ts';

/*
 * The fabric is a network namespace with what stands between hosts in a real room: a management switch (a kernel
 * bridge), and a "physical" data switch "tor" (Open vSwitch in user space, so that the kernel needs no module) with
 * two ports per host, all of them trunks. The fabric itself has an address and DHCP on three of its VLANs.
 */

const SCHEMA = '/usr/share/openvswitch/vswitch.ovsschema';

const netnsPath = (lab: LabSettings) => `/run/netns/${lab.fabric}`;
const torRun = (lab: LabSettings) => join(lab.dir, 'tor', 'run');
const torEnv = (lab: LabSettings) => ({ OVS_RUNDIR: torRun(lab), OVS_DBDIR: join(lab.dir, 'tor') });
/** Name of the link in this machine's own network through which the hosts are reached. */
const uplinkName = (lab: LabSettings) => `${lab.fabric}0`;
/** Name of the fabric's own port on a VLAN of the data switch. */
const guestPort = (vlan: number) => `guests${vlan}`;

/** Whether the fabric's namespace exists. */
export function fabricExists(lab: LabSettings): boolean {
  return existsSync(netnsPath(lab));
}

/** Runs a command in the fabric: between the hosts, with the data switch's ovs-vsctl, and reaching guests. */
export function fabricExec(
  argv: readonly string[],
  options: RunOptions = {},
  lab: LabSettings = labSettings(),
): Promise<RunResult> {
  return run(fabricArgv(lab, argv), { ...options, env: { ...torEnv(lab), ...options.env } });
}

/** The whole command of fabricExec, for callers that run it on their own terminal; needs `torEnv` for ovs-vsctl. */
export function fabricArgv(lab: LabSettings, argv: readonly string[]): string[] {
  const env = Object.entries(torEnv(lab)).map(([name, value]) => `${name}=${value}`);
  return ['nsenter', `--net=${netnsPath(lab)}`, '--', 'env', ...env, ...argv];
}

const inFabric = (lab: LabSettings, argv: readonly string[]) => must(fabricArgv(lab, argv));

/** `ip -batch` takes many commands at once: one process instead of a dozen. */
async function ipBatch(lab: LabSettings, lines: readonly string[]): Promise<void> {
  await must(['ip', '-n', lab.fabric, '-batch', '-'], { stdin: `${lines.join('\n')}\n` });
}

async function daemonRuns(lab: LabSettings, pidFile: string, program: string): Promise<boolean> {
  const pid = Number((await readFile(join(torRun(lab), pidFile), 'utf8').catch(() => '')).trim());
  if (!pid || !(await processMark(pid))) return false;
  return (await readFile(`/proc/${pid}/comm`, 'utf8')).trim() === program;
}

/** Brings up namespace, management bridge, data switch and DHCP, as far as they aren't there. */
export async function fabricUp(lab: LabSettings): Promise<void> {
  if (!fabricExists(lab)) {
    await must(['ip', 'netns', 'add', lab.fabric]);
    await ipBatch(lab, [
      'link set lo up',
      'link add mgmt type bridge',
      `address add ${lab.net}.1/24 dev mgmt`,
      'link set mgmt up',
    ]);
  }
  if (!existsSync(`/sys/class/net/${uplinkName(lab)}`)) {
    const up = uplinkName(lab);
    await must([
      ...['ip', 'link', 'add', up, 'type', 'veth'],
      ...['peer', 'name', 'machine', 'netns', lab.fabric],
    ]);
    await ipBatch(lab, ['link set machine master mgmt up']);
    await must(['ip', 'address', 'add', `${lab.net}.254/24`, 'dev', up]);
    await must(['ip', 'link', 'set', up, 'up']);
  }
  await switchUp(lab);
  await dhcpUp(lab);
}

async function switchUp(lab: LabSettings): Promise<void> {
  const dir = join(lab.dir, 'tor');
  const database = join(dir, 'conf.db');
  await mkdir(torRun(lab), { recursive: true });
  const daemon = ['--detach', '--no-chdir', '--pidfile', '-vconsole:off'];
  if (!(await daemonRuns(lab, 'ovsdb-server.pid', 'ovsdb-server'))) {
    // A switch without memory: its ports are those of the hosts that are up.
    await rm(database, { force: true });
    await must(['ovsdb-tool', 'create', database, SCHEMA]);
    const socket = join(torRun(lab), 'db.sock');
    await inFabric(lab, ['ovsdb-server', database, `--remote=punix:${socket}`, ...daemon]);
    await inFabric(lab, [
      ...['ovs-vsctl', '--no-wait', 'init', '--', 'set', 'Open_vSwitch', '.'],
      // Guests with ordinary virtio offloads get broken TCP on the user space datapath without it.
      'other_config:userspace-tso-enable=true',
    ]);
  }
  if (!(await daemonRuns(lab, 'ovs-vswitchd.pid', 'ovs-vswitchd'))) {
    const log = `--log-file=${join(dir, 'ovs-vswitchd.log')}`;
    await inFabric(lab, ['ovs-vswitchd', `unix:${join(torRun(lab), 'db.sock')}`, log, ...daemon]);
  }
  const ports = GUEST_VLANS.flatMap((vlan) => [
    ...['--', '--may-exist', 'add-port', 'tor', guestPort(vlan), ...(vlan ? [`tag=${vlan}`] : [])],
    ...['--', 'set', 'Interface', guestPort(vlan), 'type=internal'],
  ]);
  await inFabric(lab, [
    ...['ovs-vsctl', '--may-exist', 'add-br', 'tor', '--', 'set', 'bridge', 'tor', 'datapath_type=netdev'],
    ...ports,
  ]);
  await ipBatch(
    lab,
    GUEST_VLANS.flatMap((vlan) => [
      `address replace ${lab.guestNet}.${vlan}.1/24 dev ${guestPort(vlan)}`,
      `link set ${guestPort(vlan)} up`,
    ]),
  );
}

async function dhcpUp(lab: LabSettings): Promise<void> {
  if (await daemonRuns(lab, 'dnsmasq.pid', 'dnsmasq')) return;
  const ranges = GUEST_VLANS.flatMap((vlan) => [
    `--interface=${guestPort(vlan)}`,
    `--dhcp-range=${lab.guestNet}.${vlan}.50,${lab.guestNet}.${vlan}.250,255.255.255.0,1h`,
  ]);
  await inFabric(lab, [
    ...['dnsmasq', '--conf-file=/dev/null', '--user=root', '--port=0', '--bind-interfaces', '--no-ping'],
    ...['--dhcp-authoritative', '--dhcp-option=option:router', '--log-facility=/dev/null'],
    `--pid-file=${join(torRun(lab), 'dnsmasq.pid')}`,
    `--dhcp-leasefile=${join(lab.dir, 'tor', 'leases')}`,
    ...ranges,
  ]);
}

/** Ends everything that runs in the fabric, then removes its links and its namespace. */
export async function fabricDown(lab: LabSettings): Promise<void> {
  if (fabricExists(lab)) {
    const pids = async () => (await must(['ip', 'netns', 'pids', lab.fabric])).split('\n').map(Number);
    await endProcesses(async () => (await pids()).filter((pid) => pid > 0), 'A process in the fabric');
  }
  // Named one by one: a namespace that someone else still looks into would keep them.
  if (existsSync(`/sys/class/net/${uplinkName(lab)}`)) await must(['ip', 'link', 'delete', uplinkName(lab)]);
  if (fabricExists(lab)) {
    for (const link of await fabricLinks(lab)) await run(['ip', '-n', lab.fabric, 'link', 'delete', link]);
    await must(['ip', 'netns', 'delete', lab.fabric]);
  }
  await rm(torRun(lab), { recursive: true, force: true });
}

/** Names of the links in the fabric, but for `lo`. */
async function fabricLinks(lab: LabSettings): Promise<string[]> {
  const shown = await must(['ip', '-n', lab.fabric, '-o', 'link', 'show']);
  return [...shown.matchAll(/^\d+: ([^:@]+)/gm)].map((line) => line[1] ?? '').filter((name) => name !== 'lo');
}
