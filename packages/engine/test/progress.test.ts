import { expect, it } from 'vitest';
import { progressReader } from '../src/run/progress.ts';

it('reads percentages across chunks and reports at most two a second', () => {
  let now = 0;
  const seen: number[] = [];
  const read = progressReader(
    (percent) => seen.push(percent),
    () => now,
  );
  read('    (0.00/100%)\r    (1.0');
  read('1/100%)\r');
  now = 499;
  read('    (3.02/100%)\r');
  now = 500;
  read('    (4.04/100%)\r    (12.99/100%)\r');
  now = 2000;
  read('    (12.99/100%)\r');
  read('nothing to see');
  read('    (100.00/100%)\r');
  expect(seen).toEqual([0, 12, 100]);
});
