import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { generateOpenSshKey } from '../src/hosts/openssh-key.ts';

it('makes keys that OpenSSH reads, and in which both halves match', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vireo-key-'));
  try {
    for (let round = 0; round < 3; round += 1) {
      const { publicKey, privateKey } = generateOpenSshKey('vireo');
      const file = join(folder, `key${round}`);
      writeFileSync(file, privateKey);
      chmodSync(file, 0o600);
      expect(execFileSync('ssh-keygen', ['-y', '-f', file], { encoding: 'utf8' }).trim()).toBe(publicKey);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
