import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { must } from './run.ts';
import {
  hostAddress,
  hostDirectory,
  hostName,
  type LabSettings,
  labKeyPath,
  MOST_HOSTS,
} from './settings.ts';

/** Password of root and vireo on every lab host, for sign-in by password. The hosts are reached from this machine only. */
export const LAB_PASSWORD = 'vireo-lab';

const DIRECTORIES = [
  ...[
    'root/.ssh',
    'home/vireo/.ssh',
    'log',
    'cache',
    'local/vms',
    'etc/ssh',
    'etc/sudoers.d',
    'etc/openvswitch',
  ],
  ...['etc/libvirt/storage/autostart', 'etc/ovn', 'lib/libvirt', 'lib/openvswitch', 'lib/ovn'],
];

/** Storage pools of a host: `shared` and `images` are the same directory on all of them. */
const POOLS = { local: '/srv/local/vms', shared: '/srv/shared/vms', images: '/srv/shared/images' };

const SSHD_CONFIG = `HostKey /etc/ssh/ssh_host_ed25519_key
PidFile /run/sshd.pid
PermitRootLogin yes
PasswordAuthentication yes
UsePAM no
UseDNS no
MaxStartups 100
MaxSessions 200
Subsystem sftp internal-sftp
`;

/** As Debian's packages set it; polkit, which libvirt asks otherwise, doesn't run here. */
const LIBVIRTD_CONF = `unix_sock_group = "libvirt"
unix_sock_rw_perms = "0770"
auth_unix_ro = "none"
auth_unix_rw = "none"
`;

/**
 * No AppArmor in a namespace; cgroups of the machine set the limits. Owners are not remembered, for after a power cut
 * libvirt takes what it remembered for the mark of another host that uses the disk.
 */
const QEMU_CONF = `vnc_listen = "127.0.0.1"
security_driver = "none"
max_processes = 0
remember_owner = 0
namespaces = []
`;

const SSH_CONFIG = 'StrictHostKeyChecking no\nUserKnownHostsFile /dev/null\nLogLevel ERROR\n';

/** Writes what a host keeps on its "disk". What is there already and may have been changed on the host, stays. */
export async function writeHostFiles(lab: LabSettings, name: string): Promise<void> {
  const own = hostDirectory(lab, name);
  for (const directory of DIRECTORIES) await mkdir(join(own, directory), { recursive: true });
  const keep = async (path: string, content: () => string | Promise<string>, mode = 0o644) => {
    if (!existsSync(join(own, path))) await put(path, await content(), mode);
  };
  const put = async (path: string, content: string, mode = 0o644) => {
    await mkdir(dirname(join(own, path)), { recursive: true });
    await writeFile(join(own, path), content, { mode });
    await chmod(join(own, path), mode);
  };

  await hostKey(own, name);
  await put('etc/ssh/sshd_config', SSHD_CONFIG);
  await put('etc/hostname', `${name}\n`);
  await put('etc/hosts', hostsFile(lab));
  await keep('etc/machine-id', () => `${randomUUID().replaceAll('-', '')}\n`);
  await keep('etc/libvirt/libvirtd.conf', () => `${LIBVIRTD_CONF}host_uuid = "${randomUUID()}"\n`);
  await put('etc/libvirt/qemu.conf', QEMU_CONF);
  for (const [pool, path] of Object.entries(POOLS)) await definePool(own, pool, path);

  const lines = await accountFiles();
  await put('etc/passwd', lines.passwd);
  await put('etc/group', lines.group);
  await put('etc/shadow', lines.shadow, 0o640);
  await put('etc/sudoers.d/vireo', 'vireo ALL=(ALL) NOPASSWD: ALL\n', 0o440);

  const publicKey = (await readFile(`${labKeyPath(lab)}.pub`, 'utf8')).trim();
  for (const home of ['root', 'home/vireo']) {
    const path = join(home, '.ssh/authorized_keys');
    const keys = await readFile(join(own, path), 'utf8').catch(() => '');
    if (!keys.includes(publicKey)) await put(path, `${keys}${publicKey}\n`, 0o600);
    await chmod(join(own, home, '.ssh'), 0o700);
  }
  await must(['chown', '-R', `${VIREO_ID}:${VIREO_ID}`, join(own, 'home/vireo')]);
  // Hosts trust each other, as live migration between libvirts over SSH needs it.
  await chmod(join(own, 'root'), 0o700);
  await keep('root/.ssh/id_ed25519', () => readFile(labKeyPath(lab), 'utf8'), 0o600);
  await keep('root/.ssh/config', () => SSH_CONFIG, 0o600);
}

async function hostKey(own: string, name: string): Promise<void> {
  const path = join(own, 'etc/ssh/ssh_host_ed25519_key');
  if (!existsSync(path)) await must(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', path]);
}

/** Makes the lab's own key, once. */
export async function makeLabKey(lab: LabSettings): Promise<void> {
  const path = labKeyPath(lab);
  if (existsSync(path)) return;
  await rm(`${path}.pub`, { force: true });
  await must(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'vireo-lab', '-f', path]);
}

/** Defines a pool the way libvirt stores it, so that it is there and started when libvirtd is. */
async function definePool(own: string, pool: string, path: string): Promise<void> {
  const file = join(own, 'etc/libvirt/storage', `${pool}.xml`);
  if (existsSync(file)) return;
  const target = `<target><path>${path}</path></target>`;
  await writeFile(
    file,
    `<pool type='dir'><name>${pool}</name><uuid>${randomUUID()}</uuid>${target}</pool>\n`,
  );
  await must(['ln', '-sf', `/etc/libvirt/storage/${pool}.xml`, join(own, 'etc/libvirt/storage/autostart')]);
}

function hostsFile(lab: LabSettings): string {
  const names = Array.from({ length: MOST_HOSTS }, (_, index) => hostName(index + 1));
  return `127.0.0.1 localhost\n${names.map((name) => `${hostAddress(name, lab)} ${name}\n`).join('')}`;
}

const VIREO_ID = 60_900;

/**
 * Accounts of a host: those of this machine's packages (daemons need them), root and vireo with the lab's password.
 * Nobody's real password is taken along.
 */
async function accountFiles(): Promise<{ passwd: string; group: string; shadow: string }> {
  const others = (text: string) => text.split('\n').filter((line) => line !== '' && !/^vireo:/.test(line));
  const passwd = others(await readFile('/etc/passwd', 'utf8'));
  const group = others(await readFile('/etc/group', 'utf8'));
  const hash = (await must(['openssl', 'passwd', '-6', '-stdin'], { stdin: LAB_PASSWORD })).trim();
  const users = [...passwd.map((line) => line.split(':')[0] ?? ''), 'vireo'];
  const password = (user: string) => (user === 'root' || user === 'vireo' ? hash : '*');
  const file = (lines: string[]) => `${lines.join('\n')}\n`;
  return {
    passwd: file([...passwd, `vireo:x:${VIREO_ID}:${VIREO_ID}::/home/vireo:/bin/bash`]),
    group: file([...group, `vireo:x:${VIREO_ID}:`]),
    shadow: file(users.map((user) => `${user}:${password(user)}:19000:0:99999:7:::`)),
  };
}
