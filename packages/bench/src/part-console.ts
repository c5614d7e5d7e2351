import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { hostAddress, hostExec, labKeyPath } from '@vireo/lab';
import { createGuest, deleteGuest, type HostRow } from '@vireo/workshop/inventory-waits';
import { until } from '@vireo/workshop/rest-client';
import type { TrialConsole } from '@vireo/workshop/trial-console';
import { BrowserSession } from './browser-session.ts';
import { drainScreen } from './rfb-drain.ts';
import { type Measurement, median } from './statistics.ts';

const DRAIN_MS = 3000;

async function listens(port: number): Promise<boolean> {
  const { connect } = await import('node:net');
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}

/**
 * (c) The same QEMU's screen through our gateway (WebSocket, VRM, SSH) and through websockify over `ssh -L`, by turns:
 * bytes per second of whole screens in raw encoding.
 */
export async function consoleThroughput(
  stack: TrialConsole,
  host: HostRow,
  rounds: number,
): Promise<Measurement[]> {
  if (spawnSync('websockify', ['--help']).error)
    throw new Error('websockify is not installed (Debian package "websockify"): nothing to compare with');
  const id = await createGuest(stack.client, host.id, 'bench-console', { start: true });
  const children: ChildProcess[] = [];
  try {
    const display = (await hostExec(host.name, ['virsh', 'dumpxml', id])).stdout;
    const socketPath = /<listen type='socket' socket='([^']+)'/.exec(display)?.[1];
    if (!socketPath) throw new Error('the VM has no VNC socket');
    const sshPort = 4900 + Math.floor(Math.random() * 50);
    const wsPort = sshPort + 50;
    const ssh = [
      '-N',
      '-i',
      labKeyPath(),
      '-o',
      'StrictHostKeyChecking=no',
      '-o',
      'UserKnownHostsFile=/dev/null',
      '-o',
      'LogLevel=ERROR',
    ];
    children.push(
      spawn('ssh', [...ssh, '-L', `127.0.0.1:${sshPort}:${socketPath}`, `root@${hostAddress(host.name)}`], {
        stdio: 'ignore',
      }),
    );
    children.push(spawn('websockify', [`127.0.0.1:${wsPort}`, `127.0.0.1:${sshPort}`], { stdio: 'ignore' }));
    await until('websockify', 10_000, async () => (await listens(sshPort)) && (await listens(wsPort)));

    const browser = await BrowserSession.signIn(stack.url);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const { path } = await browser.mutate<{ path: string }>('vm.openConsole', { id });
      ours.push(await drainScreen(`${stack.url.replace('http', 'ws')}${path}`, browser.headers, DRAIN_MS));
      theirs.push(await drainScreen(`ws://127.0.0.1:${wsPort}/`, {}, DRAIN_MS));
    }
    const mib = (samples: number[]) => Number((median(samples) / 1048576).toFixed(1));
    return [
      {
        id: 'c',
        what: 'console throughput: our gateway / websockify over ssh -L',
        value: median(ours) / median(theirs),
        unit: 'ratio',
        target: { at: 'least', value: 1 },
        detail: { rounds, oursMiBps: mib(ours), websockifyMiBps: mib(theirs) },
      },
    ];
  } finally {
    for (const child of children) child.kill();
    await deleteGuest(stack.client, id);
  }
}
