import { spawn } from 'node:child_process';
import { access, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plugIn, unplug } from './cables.ts';
import { cgroupProcesses, cgroupVersion, makeCgroups, moveToLeaf, removeCgroups } from './cgroup.ts';
import { fabricExists } from './fabric.ts';
import { writeHostFiles } from './host-files.ts';
import { LabError } from './lab-error.ts';
import { processMark, signal } from './process.ts';
import { COMMAND_ENV, type RunOptions, type RunResult, run } from './run.ts';
import { hostDirectory, hostIndex, type LabSettings, labSettings } from './settings.ts';
import { until } from './wait.ts';

const BOOT = fileURLToPath(new URL('../host/boot.sh', import.meta.url));
const markFile = (lab: LabSettings, name: string) => join(hostDirectory(lab, name), 'init.pid');

/** Names of the hosts that the lab knows, running or not. */
export async function hostNames(lab: LabSettings): Promise<string[]> {
  return (await readdir(join(lab.dir, 'hosts')).catch(() => [])).sort();
}

/** Throws LabError when the lab has no such host. */
export async function knownHost(lab: LabSettings, name: string): Promise<void> {
  hostIndex(name);
  const names = await hostNames(lab);
  if (names.includes(name)) return;
  const which = names.length > 0 ? `It has ${names.join(', ')}` : 'It has none yet: run `up`';
  throw new LabError(`The lab in ${lab.dir} has no host ${name}. ${which}.`);
}

/** Pid, as seen from this machine, of the host's first process; null when the host is off. */
export async function hostPid(lab: LabSettings, name: string): Promise<number | null> {
  const [pid, startedAt] = (await readFile(markFile(lab, name), 'utf8').catch(() => '')).split(' ');
  const mark = pid ? await processMark(Number(pid)) : null;
  return mark && mark.startedAt === startedAt ? mark.pid : null;
}

/** Whether the host has started all its daemons. */
export async function hostReady(pid: number): Promise<boolean> {
  return access(`/proc/${pid}/root/run/lab-ready`).then(
    () => true,
    () => false,
  );
}

/** Switches a host on, unless it is, and waits until it can be used. The fabric has to be up. */
export async function hostUp(lab: LabSettings, name: string): Promise<void> {
  if ((await hostPid(lab, name)) === null) {
    await hostKill(lab, name);
    await writeHostFiles(lab, name);
    await boot(lab, name);
  }
  const ready = async () => {
    const pid = await hostPid(lab, name);
    if (pid === null) throw new LabError(`${name} ended while it started:\n${await bootLog(lab, name)}`);
    return hostReady(pid);
  };
  await until(ready, `${name} is not ready (see ${join(hostDirectory(lab, name), 'boot.log')})`, 60_000);
}

async function boot(lab: LabSettings, name: string): Promise<void> {
  const cgroups = await makeCgroups(lab, name);
  const log = await open(join(hostDirectory(lab, name), 'boot.log'), 'w');
  const starter = spawn(BOOT, [lab.dir, name, String(cgroupVersion()), ...cgroups], {
    cwd: '/',
    env: COMMAND_ENV,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  const failed = new Promise<never>((_, reject) => starter.once('error', reject));
  starter.unref();
  await log.close();
  // Only once the starter is unshare are its children the host; before, they are programs of boot.sh.
  const hostMark = async () => {
    const comm = await readFile(`/proc/${starter.pid}/comm`, 'utf8').catch(() => '');
    if (comm.trim() !== 'unshare') return null;
    const children = await readFile(`/proc/${starter.pid}/task/${starter.pid}/children`, 'utf8').catch(
      () => '',
    );
    const pid = Number(children.trim().split(' ')[0]);
    return pid ? processMark(pid) : null;
  };
  const marks: NonNullable<Awaited<ReturnType<typeof hostMark>>>[] = [];
  const isBorn = async () => {
    const mark = await hostMark();
    if (mark) marks.push(mark);
    return mark !== null;
  };
  const logFile = join(hostDirectory(lab, name), 'boot.log');
  await Promise.race([until(isBorn, `${name} did not start (see ${logFile})`, 10_000), failed]);
  const [mark] = marks;
  if (!mark) throw new LabError(`${name} did not start (see ${logFile})`);
  await writeFile(markFile(lab, name), `${mark.pid} ${mark.startedAt}`);
  await moveToLeaf(lab, name, [starter.pid ?? mark.pid, mark.pid]);
  await plugIn(lab, name, mark.pid);
}

const bootLog = (lab: LabSettings, name: string) =>
  readFile(join(hostDirectory(lab, name), 'boot.log'), 'utf8').catch(() => '');

/** Sudden power loss: everything on the host is gone, what is on its disks stays. Does nothing to a host that is off. */
export async function hostKill(lab: LabSettings, name: string): Promise<void> {
  const pid = await hostPid(lab, name);
  // The kernel ends all processes of a pid namespace with its first one.
  if (pid !== null) signal(pid, 'SIGKILL');
  if (pid !== null) await until(async () => (await processMark(pid)) === null, `${name} does not end`);
  const left = async () => {
    const pids = await cgroupProcesses(lab, name);
    for (const other of pids) signal(other, 'SIGKILL');
    return pids.length === 0;
  };
  await until(left, `Processes of ${name} do not end`);
  await rm(markFile(lab, name), { force: true });
  if (fabricExists(lab)) await unplug(lab, name);
  await removeCgroups(lab, name);
}

/** The whole command that runs `argv` on a host, in all its namespaces, without SSH. Throws LabError when it is off. */
export async function hostArgv(lab: LabSettings, name: string, argv: readonly string[]): Promise<string[]> {
  await knownHost(lab, name);
  const pid = await hostPid(lab, name);
  if (pid === null) throw new LabError(`${name} is off.`);
  const namespaces = ['--mount', '--uts', '--ipc', '--net', '--pid', '--cgroup'];
  return ['nsenter', '--target', String(pid), ...namespaces, '--', ...argv];
}

/** Runs a command as root on a host, without SSH: works while its link is cut. */
export async function hostExec(
  name: string,
  argv: readonly string[],
  options: RunOptions = {},
  lab: LabSettings = labSettings(),
): Promise<RunResult> {
  return run(await hostArgv(lab, name, argv), options);
}
