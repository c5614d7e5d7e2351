import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TranscriptEntry } from '@vireo/contracts';
import { describe, expect, it } from 'vitest';
import { elapsedMs } from '../src/features/task/elapsed-ms.ts';
import { taskScript } from '../src/features/task/task-script.ts';

const entry = (argv: string[], stdin: string | null = null) =>
  TranscriptEntry.parse({
    sequence: 1,
    stepId: 'define',
    phase: 'step',
    hostName: 'cna01',
    argv,
    stdin,
    startedAt: '2026-11-21T12:00:00.000Z',
    durationMs: 12,
    exitCode: 0,
    stdout: '',
    stderr: '',
    failure: null,
  });
const words = { title: 'Create "web"\nrm -rf /', note: 'note', entry: () => 'exit 0\nrm x' };

describe('a transcript as a script', () => {
  it('runs the same arguments and input again, through any quoting', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vireo-script-'));
    const ssh = join(folder, 'ssh');
    writeFileSync(ssh, `#!/bin/bash\nshift\nexec bash -c "$*" >>${folder}/out\n`);
    chmodSync(ssh, 0o755);
    const hostile = ["it's", '$(id)', 'a  b', '--help', 'x\ny'];
    const script = taskScript([entry(['printf', '<%s>', ...hostile]), entry(['cat'], '<domain/>\n')], words);
    execFileSync('bash', ['-c', script], { env: { ...process.env, VIREO_SSH: ssh } });
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe(
      `${hostile.map((argument) => `<${argument}>`).join('')}<domain/>\n`,
    );
  });

  it('keeps comments comments', () => {
    const lines = taskScript([entry(['true'])], words).split('\n');
    expect(lines.filter((line) => line.startsWith('rm'))).toEqual([]);
    expect(lines).toContain('# Create "web" rm -rf /');
  });
});

describe('durations', () => {
  it('of what runs grow with the clock', () => {
    const now = Date.parse('2026-11-21T12:00:05Z');
    expect(elapsedMs('2026-11-21T12:00:00Z', null, now)).toBe(5000);
    expect(elapsedMs('2026-11-21T12:00:00Z', '2026-11-21T12:00:01Z', now)).toBe(1000);
    expect(elapsedMs(null, null, now)).toBeNull();
  });
});
