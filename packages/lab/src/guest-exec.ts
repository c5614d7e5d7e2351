import { setTimeout as pause } from 'node:timers/promises';
import { hostExec } from './host.ts';
import { LabError } from './lab-error.ts';
import type { RunResult } from './run.ts';
import { type LabSettings, labSettings } from './settings.ts';

/** Runs a QEMU guest agent command; gives its `return`. Throws LabError when the agent doesn't answer. */
async function askAgent(host: string, vm: string, request: object, lab: LabSettings): Promise<object> {
  const argv = ['virsh', '-q', 'qemu-agent-command', '--timeout', '10', vm, JSON.stringify(request)];
  const result = await hostExec(host, argv, {}, lab);
  if (result.exitCode !== 0)
    throw new LabError(`The agent in ${vm} does not answer: ${result.stderr.trim()}`);
  const reply: unknown = JSON.parse(result.stdout);
  const value = typeof reply === 'object' && reply !== null && 'return' in reply ? reply.return : null;
  if (typeof value !== 'object' || value === null)
    throw new LabError(`The agent in ${vm} said ${result.stdout}`);
  return value;
}

/** Whether the agent in a guest answers by now. */
export async function guestReady(
  host: string,
  vm: string,
  lab: LabSettings = labSettings(),
): Promise<boolean> {
  return askAgent(host, vm, { execute: 'guest-ping' }, lab).then(
    () => true,
    () => false,
  );
}

/**
 * Runs a shell command in a guest through its agent (QEMU guest agent protocol: guest-exec), waiting up to 60 s for
 * its end. `vm` is a UUID or a name. Throws LabError when the agent doesn't answer.
 */
export async function guestExec(
  host: string,
  vm: string,
  command: string,
  lab: LabSettings = labSettings(),
): Promise<RunResult> {
  const start = {
    execute: 'guest-exec',
    arguments: { path: '/bin/sh', arg: ['-c', command], 'capture-output': true },
  };
  const started = await askAgent(host, vm, start, lab);
  const pid = 'pid' in started ? started.pid : null;
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    const status = await askAgent(host, vm, { execute: 'guest-exec-status', arguments: { pid } }, lab);
    if ('exited' in status && status.exited === true) {
      return {
        exitCode: 'exitcode' in status && typeof status.exitcode === 'number' ? status.exitcode : 255,
        stdout: decoded('out-data' in status ? status['out-data'] : ''),
        stderr: decoded('err-data' in status ? status['err-data'] : ''),
      };
    }
    await pause(100);
  }
  throw new LabError(`\`${command}\` in ${vm} has not ended after 60 s`);
}

function decoded(base64: unknown): string {
  return typeof base64 === 'string' ? Buffer.from(base64, 'base64').toString('utf8') : '';
}
