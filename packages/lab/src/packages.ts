import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { must, run } from './run.ts';

/** Debian packages that the lab is made of, and what each group is for. */
const LAB_PACKAGES: readonly { readonly what: string; readonly names: readonly string[] }[] = [
  {
    what: 'virtual machines on the lab hosts',
    names: [
      'libvirt-daemon-system',
      'libvirt-clients',
      'qemu-system-x86',
      'qemu-utils',
      'ovmf',
      'seabios',
      'ipxe-qemu',
    ],
  },
  { what: 'their networks', names: ['openvswitch-switch', 'iproute2', 'iputils-ping', 'dnsmasq-base'] },
  { what: 'reaching them', names: ['openssh-server', 'openssh-client', 'openssl', 'sudo'] },
  {
    what: 'building the guest image',
    names: [
      ...[
        'syslinux',
        'syslinux-common',
        'mtools',
        'dosfstools',
        'e2fsprogs',
        'busybox-static',
        'cpio',
        'kmod',
        'lz4',
      ],
      ...['fdisk', 'genisoimage'],
    ],
  },
];

/** System-wide services that come with them and must not run beside the lab. */
const SERVICES = [
  ...[
    'libvirtd.service',
    'libvirtd.socket',
    'libvirtd-ro.socket',
    'libvirtd-admin.socket',
    'libvirt-guests.service',
  ],
  ...[
    'virtlogd.service',
    'virtlogd.socket',
    'virtlogd-admin.socket',
    'virtlockd.service',
    'virtlockd.socket',
  ],
  ...['virtlockd-admin.socket', 'openvswitch-switch.service', 'ssh.service', 'ssh.socket'],
];
const OWNERS: Readonly<Record<string, string>> = {
  libvirt: 'libvirt-daemon-system',
  virtl: 'libvirt-daemon-system',
  openv: 'openvswitch-switch',
  ssh: 'openssh-server',
};

const POLICY = '/usr/sbin/policy-rc.d';
const ASIDE = '/usr/sbin/policy-rc.d.vireo-lab';
const DENY =
  '#!/bin/sh\n# Vireo lab: packages are being installed, their services must not start\nexit 101\n';

/** Packages of the list that are not installed. Takes some 20 ms. */
export async function missingPackages(): Promise<string[]> {
  const wanted = LAB_PACKAGES.flatMap((group) => group.names);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own format
  const shown = await run(['dpkg-query', '-W', '-f', '${Package} ${db:Status-Status}\n', ...wanted]);
  const installed = new Set(
    shown.stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return wanted.filter((name) => !installed.has(name));
}

/**
 * Installs what is missing, after saying what and what for, without letting the packages' services start (Debian
 * Policy 9.3.3.1: policy-rc.d). Does nothing when all is there. Throws LabError when apt-get fails.
 */
export async function ensurePackages(say: (line: string) => void = () => undefined): Promise<void> {
  const missing = await missingPackages();
  if (missing.length === 0) return;
  say('The lab needs Debian packages that are not installed; their services will not be started:');
  for (const group of LAB_PACKAGES) {
    const names = group.names.filter((name) => missing.includes(name));
    if (names.length > 0) say(`  for ${group.what}: ${names.join(' ')}`);
  }
  const restore = await denyServices();
  try {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await must(['apt-get', 'update', '-qq'], { env });
    await must(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...missing], { env });
  } finally {
    restore();
  }
  await keepServicesOff(missing);
  say('Installed.');
}

/** Puts a policy in place that forbids starting services; gives the function that puts back what was there. */
async function denyServices(): Promise<() => void> {
  const isOurs = existsSync(POLICY) && readFileSync(POLICY, 'utf8') === DENY; // left by a run that was killed
  if (existsSync(POLICY) && !isOurs) await rename(POLICY, ASIDE);
  await rm(POLICY, { force: true });
  await writeFile(POLICY, DENY);
  await chmod(POLICY, 0o755);
  const stop = () => process.exit(130); // by way of `exit`, so that a Ctrl-C doesn't leave the policy behind
  const restore = () => {
    process.off('exit', restore).off('SIGINT', stop).off('SIGTERM', stop);
    if (existsSync(ASIDE)) renameSync(ASIDE, POLICY);
    else rmSync(POLICY, { force: true });
  };
  process.on('exit', restore).on('SIGINT', stop).on('SIGTERM', stop);
  return restore;
}

/** On systemd the fresh services would start with the next boot; those that were there before stay as they are. */
async function keepServicesOff(fresh: readonly string[]): Promise<void> {
  if (!existsSync('/run/systemd/system')) return;
  const ours = SERVICES.filter((unit) =>
    Object.entries(OWNERS).some(([prefix, owner]) => unit.startsWith(prefix) && fresh.includes(owner)),
  );
  // Not every release has every unit: one at a time, and an unknown one is no failure.
  for (const unit of ours) await run(['systemctl', 'disable', '--now', unit]);
}
