import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { managementLinkCut, setManagementLink } from './cables.ts';
import { canRunLab } from './can-run.ts';
import { cgroupProcesses, removeLabCgroups } from './cgroup.ts';
import { fabricDown, fabricExists, fabricUp } from './fabric.ts';
import { ensureGuestImage } from './guest-image.ts';
import { hostArgv, hostKill, hostNames, hostPid, hostReady, hostUp, knownHost } from './host.ts';
import { makeLabKey } from './host-files.ts';
import { LabError } from './lab-error.ts';
import { withLock } from './lock.ts';
import { missingPackages } from './packages.ts';
import { must } from './run.ts';
import {
  hostAddress,
  hostDirectory,
  hostName,
  type LabSettings,
  labSettings,
  MOST_HOSTS,
} from './settings.ts';

/** Says what is going on, a line at a time. */
export type Say = (line: string) => void;
const silent: Say = () => undefined;

/** Says that a directory is a lab's and may be erased. */
const MARKER = 'this-is-a-vireo-lab';

/** Throws LabError with the reason when this machine can't run the lab as it is. */
async function demandLab(): Promise<void> {
  const can = canRunLab();
  if (!can.ok) throw new LabError(`The lab can't run on this machine: ${can.reason}.`);
  const missing = await missingPackages();
  if (missing.length > 0) throw new LabError(`Packages are missing: apt-get install ${missing.join(' ')}`);
}

/**
 * Brings up the fabric and hosts 1 to `count`, all at once; what is up stays as it is. Gives their names. The packages
 * have to be there (ensurePackages). Throws LabError.
 */
export async function labUp(
  count = 3,
  say: Say = silent,
  lab: LabSettings = labSettings(),
): Promise<string[]> {
  if (!Number.isInteger(count) || count < 1 || count > MOST_HOSTS)
    throw new LabError(`A lab has 1 to ${MOST_HOSTS} hosts.`);
  await demandLab();
  const names = Array.from({ length: count }, (_, index) => hostName(index + 1));
  await withLock(lab.dir, async () => {
    await writeFile(join(lab.dir, MARKER), '');
    for (const shared of ['vms', 'images']) await mkdir(join(lab.dir, 'shared', shared), { recursive: true });
    await makeLabKey(lab);
    const image = ensureGuestImage(lab, say);
    const hosts = fabricUp(lab).then(() => allOf(names.map((name) => hostUp(lab, name))));
    await allOf([image, hosts]);
    // A host's libvirt looks at its directories when it starts, which may have been before the image was there.
    if (await image) await allOf(names.map((name) => refreshImages(lab, name)));
  });
  for (const name of names) say(`${name} is up at ${hostAddress(name, lab)}`);
  return names;
}

async function refreshImages(lab: LabSettings, name: string): Promise<void> {
  await must(await hostArgv(lab, name, ['virsh', '-q', 'pool-refresh', 'images']));
}

/** Waits for all to end, also when one fails, so that nothing goes on behind the caller's back. */
async function allOf(works: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(works)) if (result.status === 'rejected') throw result.reason;
}

/**
 * Switches everything off (hosts lose power) and leaves no process, namespace, link, cgroup or mount. Files stay, so
 * that the next labUp finds all definitions and disks; `erase` removes those as well.
 */
export async function labDown(lab: LabSettings = labSettings(), erase = false): Promise<void> {
  if (!existsSync(join(lab.dir, MARKER))) return;
  await withLock(lab.dir, async () => {
    await allOf((await hostNames(lab)).map((name) => hostKill(lab, name)));
    await fabricDown(lab);
    await removeLabCgroups(lab);
  });
  if (erase) await rm(lab.dir, { recursive: true, force: true });
}

export interface LabHostStatus {
  readonly name: string;
  readonly address: string;
  readonly state: 'ready' | 'starting' | 'off';
  /** Whether its management link is cut. */
  readonly isCut: boolean;
  /** Processes on it, QEMU's included. */
  readonly processes: number;
}

export interface LabStatus {
  readonly dir: string;
  readonly fabric: 'up' | 'down';
  readonly hosts: readonly LabHostStatus[];
}

/** What is there and in which state. */
export async function labStatus(lab: LabSettings = labSettings()): Promise<LabStatus> {
  const hosts = (await hostNames(lab)).map(async (name): Promise<LabHostStatus> => {
    const pid = await hostPid(lab, name);
    return {
      name,
      address: hostAddress(name, lab),
      state: pid === null ? 'off' : (await hostReady(pid)) ? 'ready' : 'starting',
      isCut: pid !== null && (await managementLinkCut(lab, name)),
      processes: (await cgroupProcesses(lab, name)).length,
    };
  });
  return { dir: lab.dir, fabric: fabricExists(lab) ? 'up' : 'down', hosts: await Promise.all(hosts) };
}

/** Sudden power loss of a host. */
export async function poweroff(name: string, lab: LabSettings = labSettings()): Promise<void> {
  await knownHost(lab, name);
  await withLock(lab.dir, () => hostKill(lab, name));
}

/** Switches a host on again and waits until it is ready. */
export async function poweron(name: string, lab: LabSettings = labSettings()): Promise<void> {
  await knownHost(lab, name);
  if (!fabricExists(lab)) throw new LabError('The lab is down.');
  await withLock(lab.dir, () => hostUp(lab, name));
}

/** Cuts a host's management link; its machines and their network go on. */
export async function cut(name: string, lab: LabSettings = labSettings()): Promise<void> {
  await demandRunning(name, lab);
  await setManagementLink(lab, name, 'down');
}

/** Mends what cut did. */
export async function uncut(name: string, lab: LabSettings = labSettings()): Promise<void> {
  await demandRunning(name, lab);
  await setManagementLink(lab, name, 'up');
}

async function demandRunning(name: string, lab: LabSettings): Promise<void> {
  await knownHost(lab, name);
  if ((await hostPid(lab, name)) === null) throw new LabError(`${name} is off.`);
}

/** Public key of a host, as `ssh-ed25519 AAAA...`, for pinning. Throws LabError when the host was never up. */
export function labHostKey(name: string, lab: LabSettings = labSettings()): string {
  const path = join(hostDirectory(lab, name), 'etc/ssh/ssh_host_ed25519_key.pub');
  if (!existsSync(path)) throw new LabError(`The lab in ${lab.dir} has no host ${name}.`);
  return readFileSync(path, 'utf8').trim().split(' ').slice(0, 2).join(' ');
}
