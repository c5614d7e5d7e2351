import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabSettings } from './settings.ts';
import { until } from './wait.ts';

const ROOT = '/sys/fs/cgroup';
/** Version 1 controllers that libvirt and QEMU use, each with a hierarchy of its own. */
const CONTROLLERS = ['cpu', 'cpuacct', 'cpuset', 'memory', 'devices', 'freezer', 'blkio', 'pids'];

/** 2 where the kernel has one hierarchy for all controllers (cgroups(7)), else 1. */
export function cgroupVersion(): 1 | 2 {
  return existsSync(join(ROOT, 'cgroup.controllers')) ? 2 : 1;
}

function hierarchies(): string[] {
  if (cgroupVersion() === 2) return [ROOT];
  return CONTROLLERS.map((controller) => join(ROOT, controller)).filter((at) => existsSync(at));
}

/** Cgroup directories of a host, one per hierarchy. */
function hostCgroups(lab: LabSettings, host: string): string[] {
  return hierarchies().map((at) => join(at, lab.fabric, host));
}

/** Makes a host's cgroups, ready to be joined. */
export async function makeCgroups(lab: LabSettings, host: string): Promise<string[]> {
  for (const at of hierarchies()) {
    for (const path of [join(at, lab.fabric), join(at, lab.fabric, host)]) {
      if (cgroupVersion() === 2) await handDown(join(path, '..'));
      await mkdir(path, { recursive: true });
      // A version 1 cpuset starts without CPUs and can't be joined until it has some.
      if (!at.endsWith('/cpuset')) continue;
      for (const file of ['cpuset.cpus', 'cpuset.mems'])
        await writeFile(join(path, file), await readFile(join(path, '..', file), 'utf8'));
    }
  }
  return hostCgroups(lab, host);
}

/** Lets children of a version 2 cgroup have its controllers, as far as the machine allows it. */
async function handDown(path: string): Promise<void> {
  const controllers = (await readFile(join(path, 'cgroup.controllers'), 'utf8')).trim();
  for (const controller of controllers.split(' ').filter((name) => name !== '')) {
    // One that is refused (busy, real-time processes) is missing on the hosts, which libvirt can live with.
    await writeFile(join(path, 'cgroup.subtree_control'), `+${controller}`).catch(() => undefined);
  }
}

/** Version 2 only: moves a host's first processes to a leaf, since a group that hands out controllers must have none. */
export async function moveToLeaf(lab: LabSettings, host: string, pids: readonly number[]): Promise<void> {
  if (cgroupVersion() !== 2) return;
  const leaf = join(ROOT, lab.fabric, host, 'init');
  await mkdir(leaf, { recursive: true });
  for (const pid of pids) await writeFile(join(leaf, 'cgroup.procs'), String(pid));
}

/** Directories below and including `path`, deepest first. */
async function tree(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const below = entries.filter((entry) => entry.isDirectory()).map((entry) => tree(join(path, entry.name)));
  return [...(await Promise.all(below)).flat(), path];
}

/** Processes of a host, its virtual machines included. */
export async function cgroupProcesses(lab: LabSettings, host: string): Promise<number[]> {
  const [first] = hostCgroups(lab, host).filter((path) =>
    /pids|^\/sys\/fs\/cgroup\/[^/]+\/[^/]+$/.test(path),
  );
  if (!first) return [];
  const lists = (await tree(first)).map((path) =>
    readFile(join(path, 'cgroup.procs'), 'utf8').catch(() => ''),
  );
  const pids = (await Promise.all(lists)).flatMap((list) => list.split('\n').filter((line) => line !== ''));
  return [...new Set(pids.map(Number))];
}

/** Removes a host's cgroups once their processes have gone (the kernel takes a moment to forget them). */
export async function removeCgroups(lab: LabSettings, host: string): Promise<void> {
  for (const path of hostCgroups(lab, host)) {
    await until(
      async () => {
        for (const at of await tree(path)) await rmdir(at).catch(() => undefined);
        return !existsSync(path);
      },
      `The cgroup ${path} still has processes`,
      10_000,
    );
  }
}

/** Removes the lab's own cgroups, after those of its hosts. */
export async function removeLabCgroups(lab: LabSettings): Promise<void> {
  for (const at of hierarchies()) await rmdir(join(at, lab.fabric)).catch(() => undefined);
}
