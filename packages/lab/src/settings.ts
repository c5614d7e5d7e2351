import { isAbsolute, join } from 'node:path';
import { LabError } from './lab-error.ts';

/**
 * One lab. Several can live on a machine when directory, fabric and network differ; guests' networks are inside the
 * fabric namespace and need not.
 */
export interface LabSettings {
  /** Everything that the lab keeps. VIREO_LAB_DIR, default /var/tmp/vireo-lab. */
  readonly dir: string;
  /** Name of the network namespace with the switches, of the cgroup, and (plus "0") of the link into it. VIREO_LAB_FABRIC, default vlab. */
  readonly fabric: string;
  /** First three numbers of the management network: hosts are .11 and up, this machine is .254. VIREO_LAB_NET, default 10.99.0. */
  readonly net: string;
  /** First two numbers of the guests' networks: untagged is X.Y.0.0/24, VLAN 10 is X.Y.10.0/24. VIREO_LAB_GUEST_NET, default 10.97. */
  readonly guestNet: string;
  /** Built images and downloaded packages, shared by all labs of the machine. VIREO_LAB_CACHE, default /var/tmp/vireo-lab-cache. */
  readonly cache: string;
}

/** Most hosts that fit into the address plan. */
export const MOST_HOSTS = 64;

/** VLANs that have an address and DHCP on the lab's switch beside the untagged network (0). */
export const GUEST_VLANS = [0, 10, 20] as const;

function setting(
  env: NodeJS.ProcessEnv,
  name: string,
  fallback: string,
  shape: RegExp,
  wanted: string,
): string {
  const value = env[name] ?? fallback;
  if (!shape.test(value)) throw new LabError(`${name} is "${value}", but must be ${wanted}.`);
  return value;
}

/** The lab that the environment names. Throws LabError when a value doesn't fit. */
export function labSettings(env: NodeJS.ProcessEnv = process.env): LabSettings {
  const directory = (name: string, fallback: string, most: number) => {
    // A unix socket's path has at most 107 bytes, and the switch keeps its sockets below this directory.
    const value = setting(
      env,
      name,
      fallback,
      /^[\w./-]+$/,
      'a path of letters, digits, ".", "_", "-" and "/"',
    );
    if (!isAbsolute(value) || value === '/' || value.length > most)
      throw new LabError(
        `${name} is "${value}", but must be an absolute path of at most ${most} characters.`,
      );
    return value.replace(/\/+$/, '');
  };
  return {
    dir: directory('VIREO_LAB_DIR', '/var/tmp/vireo-lab', 64),
    fabric: setting(env, 'VIREO_LAB_FABRIC', 'vlab', /^[a-z][a-z0-9]{0,9}$/, 'up to ten letters and digits'),
    net: setting(
      env,
      'VIREO_LAB_NET',
      '10.99.0',
      /^\d{1,3}(\.\d{1,3}){2}$/,
      'three numbers, such as 10.99.0',
    ),
    guestNet: setting(
      env,
      'VIREO_LAB_GUEST_NET',
      '10.97',
      /^\d{1,3}\.\d{1,3}$/,
      'two numbers, such as 10.97',
    ),
    cache: directory('VIREO_LAB_CACHE', '/var/tmp/vireo-lab-cache', 200),
  };
}

/** `cna01` for 1. */
export function hostName(index: number): string {
  return `cna${String(index).padStart(2, '0')}`;
}

/** 1 for `cna01`. Throws LabError for a name that no lab host can have. */
export function hostIndex(name: string): number {
  const index = Number(/^cna(\d\d)$/.exec(name)?.[1] ?? 0);
  if (index < 1 || index > MOST_HOSTS)
    throw new LabError(`"${name}" is not the name of a lab host; those are cna01, cna02 and so on.`);
  return index;
}

/** Address of a host on the management network; it listens for SSH there on port 22. */
export function hostAddress(name: string, lab: LabSettings = labSettings()): string {
  return `${lab.net}.${10 + hostIndex(name)}`;
}

/** Private key that opens every host of the lab as root and as vireo. */
export function labKeyPath(lab: LabSettings = labSettings()): string {
  return join(lab.dir, 'id');
}

/** Where a host keeps what survives power loss. */
export function hostDirectory(lab: LabSettings, name: string): string {
  return join(lab.dir, 'hosts', name);
}
