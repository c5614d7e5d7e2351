import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canRunLab, ensurePackages, hostAddress, labDown, labHostKey, labKeyPath, labUp } from '@vireo/lab';
import { type Child, startChild } from './children.ts';

/** One host that the VRM adds by itself at its start, unless the inventory has it (see apps/vrm, hosts file). */
export interface FirstHost {
  name: string;
  address: string;
  port: number;
  user: string;
  privateKeyFile: string;
  hostKey: string;
}

export interface FirstHosts {
  kind: 'lab' | 'simulator' | 'none';
  hosts: FirstHost[];
  stop(): Promise<void>;
}

/** Which hosts to begin with: what the user says, else real ones where this machine can run them. */
export function chooseHosts(wanted: string | undefined): { kind: FirstHosts['kind']; reason: string } {
  if (wanted === 'lab' || wanted === 'simulator' || wanted === 'none')
    return { kind: wanted, reason: `VIREO_LAB=${wanted}` };
  if (wanted) throw new Error(`VIREO_LAB is "${wanted}"; it can be lab, simulator or none`);
  const lab = canRunLab();
  return lab.ok
    ? { kind: 'lab', reason: 'this machine can run real test hosts' }
    : { kind: 'simulator', reason: lab.reason };
}

/** Brings the test hosts of this machine up (three, or VIREO_LAB_HOSTS) and says how to reach them. */
async function startLab(): Promise<FirstHosts> {
  const lab = canRunLab();
  if (!lab.ok)
    throw new Error(
      `VIREO_LAB=lab is not possible here: ${lab.reason}. Use VIREO_LAB=simulator or VIREO_LAB=none.`,
    );
  await ensurePackages();
  const names = await labUp(Number(process.env.VIREO_LAB_HOSTS ?? 3));
  const hosts = names.map((name) => ({
    name,
    address: hostAddress(name),
    port: 22,
    user: 'root',
    privateKeyFile: labKeyPath(),
    hostKey: labHostKey(name),
  }));
  return { kind: 'lab', hosts, stop: labDown };
}

/** Starts simulated hosts in a process of their own. */
async function startSimulator(dataDir: string, root: string, logs: string): Promise<FirstHosts> {
  const listFile = join(dataDir, 'simulated-hosts.json');
  let ready: () => void = () => undefined;
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const child: Child = startChild({
    name: 'simulator',
    args: [
      'packages/simulator/src/cli.ts',
      '--hosts',
      process.env.VIREO_SIMULATED_HOSTS ?? '4',
      '--vms-per-host',
      process.env.VIREO_SIMULATED_VMS ?? '25',
      '--list',
      listFile,
    ],
    cwd: root,
    env: {},
    logs,
    onLine: (line) => {
      if (line.startsWith('ready')) ready();
      return true;
    },
  });
  const how = await Promise.race([isReady.then(() => null), child.ended]);
  if (how !== null)
    throw new Error(`the simulator ended while starting (${how}); see ${join(logs, 'simulator.log')}`);
  const hosts = JSON.parse(readFileSync(listFile, 'utf8')) as FirstHost[];
  return { kind: 'simulator', hosts, stop: () => child.stop() };
}

/** Starts the hosts of the chosen kind. */
export async function startHosts(
  kind: FirstHosts['kind'],
  dataDir: string,
  root: string,
  logs: string,
): Promise<FirstHosts> {
  if (kind === 'lab') return startLab();
  if (kind === 'simulator') return startSimulator(dataDir, root, logs);
  return { kind: 'none', hosts: [], stop: () => Promise.resolve() };
}

/** Writes the list that the VRM reads (`VIREO_HOSTS_FILE`). It names key files, never keys. */
export function writeHostsFile(dataDir: string, hosts: FirstHost[], isSimulated: boolean): string {
  const path = join(dataDir, 'first-hosts.json');
  writeFileSync(path, JSON.stringify({ isSimulated, hosts }, null, 2), { mode: 0o600 });
  return path;
}
