import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldDiff, lineDiff } from '../src/features/plan/line-diff.ts';

const marks = { same: ' ', added: '+', removed: '-' } as const;
const shown = (before: string | null, after: string | null) =>
  lineDiff(before, after).map((line) => marks[line.kind] + line.text);

describe('line diff', () => {
  it('shows a changed line as removed, then added', () => {
    expect(shown('<a>\n  <b>1</b>\n</a>\n', '<a>\n  <b>2</b>\n</a>\n')).toEqual([
      ' <a>',
      '-  <b>1</b>',
      '+  <b>2</b>',
      ' </a>',
    ]);
  });

  it('shows what is created or removed as a whole', () => {
    expect(shown(null, 'a\nb')).toEqual(['+a', '+b']);
    expect(shown('a\nb', null)).toEqual(['-a', '-b']);
    expect(shown(null, null)).toEqual([]);
  });

  it('numbers the lines of each side', () => {
    expect(lineDiff('a\nb', 'b').map((line) => [line.before, line.after])).toEqual([
      [1, null],
      [2, 1],
    ]);
  });

  it('leads from one text to the other, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before.join('\n'), after.join('\n'));
        expect(lines.filter((line) => line.kind !== 'added').map((line) => line.text)).toEqual(before);
        expect(lines.filter((line) => line.kind !== 'removed').map((line) => line.text)).toEqual(after);
      }),
    );
  });

  it('folds what is far from a change', () => {
    const before = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    const after = before.with(10, 'other');
    const rows = foldDiff(lineDiff(before.join('\n'), after.join('\n')), 2);
    expect(rows.map((row) => row.kind)).toEqual([
      'fold',
      'same',
      'same',
      'removed',
      'added',
      'same',
      'same',
      'fold',
    ]);
    expect(rows[0]).toEqual({ kind: 'fold', lineCount: 8 });
  });
});
