import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';

export type CanRun = { readonly ok: true } | { readonly ok: false; readonly reason: string };

const no = (reason: string): CanRun => ({ ok: false, reason });

/** Whether this machine can run the lab; if not, why, as the end of a sentence. Missing packages don't count. */
export function canRunLab(): CanRun {
  if (process.platform !== 'linux' || process.arch !== 'x64') return no('the lab needs Linux on x86-64');
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  if (!/^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release)) return no('the lab needs Debian or Ubuntu');
  if (process.getuid?.() !== 0) return no('the lab needs root, and this is not root');
  if (!existsSync('/dev/net/tun')) return no('there is no /dev/net/tun, which the lab’s switches need');
  try {
    accessSync('/sys/fs/cgroup', constants.W_OK);
  } catch {
    return no('/sys/fs/cgroup is read-only here, as it is in an unprivileged container');
  }
  const namespaces = ['--net', '--mount', '--uts', '--ipc', '--pid', '--cgroup', '--fork'];
  const tried = spawnSync('unshare', [...namespaces, 'mount', '-t', 'tmpfs', 'none', '/mnt'], {
    encoding: 'utf8',
  });
  if (tried.status !== 0) return no(`namespaces are not allowed here (${tried.stderr?.trim()})`);
  return { ok: true };
}
