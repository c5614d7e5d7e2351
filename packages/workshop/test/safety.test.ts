import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const rows = readFileSync(join(root, 'packages/workshop/SAFETY.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line));

describe('SAFETY.md', () => {
  it.each(rows.map((row) => [row.split('|')[1]?.trim(), row]))(
    'row %s names tests that exist',
    (_number, row) => {
      const files = [...row.matchAll(/`([a-z]+\/test\/[\w.-]+\.test\.ts)`/g)].map((match) => match[1] ?? '');
      expect(files.length).toBeGreaterThan(0);
      for (const file of files)
        expect(existsSync(join(root, 'packages', file)) || existsSync(join(root, 'apps', file)), file).toBe(
          true,
        );
    },
  );
});
