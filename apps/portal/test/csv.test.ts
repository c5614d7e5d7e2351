import { describe, expect, it } from 'vitest';
import { csv } from '../src/features/vm/csv.ts';

const cell = (value: string | number) =>
  csv([[value]])
    .slice(1)
    .replace(/\r\n$/, '');

describe('csv', () => {
  it('writes a byte order mark, commas and CRLF', () => {
    expect(
      csv([
        ['名称', 'vCPU'],
        ['web01', 4],
      ]),
    ).toBe('\uFEFF名称,vCPU\r\nweb01,4\r\n');
  });

  it('quotes what would break a row', () => {
    expect(cell('a,b')).toBe('"a,b"');
    expect(cell('say "hi"')).toBe('"say ""hi"""');
    expect(cell('two\nlines')).toBe('"two\nlines"');
  });

  it.each(['=1+1', '+1', '-1', '--help', '@SUM(A1)', '\tx', ' =1+1', '＝1', '=1,2'])(
    'keeps %j from being a formula',
    (text) => {
      expect(cell(text).replace(/^"/, '')).toMatch(/^'/);
    },
  );

  it('leaves numbers and plain names as they are', () => {
    expect(cell(-1.5)).toBe('-1.5');
    expect(cell('web-01')).toBe('web-01');
    expect(cell('$(id)')).toBe('$(id)');
  });
});
