import { ListInput, parseFilter } from '@vireo/contracts';
import { describe, expect, it } from 'vitest';
import { HOSTILE_STRINGS } from './hostile-strings.ts';

describe('filters', () => {
  it('are words and field:value terms', () => {
    expect(parseFilter('web state:running "two words" host:"cna 01"')).toEqual([
      { value: 'web' },
      { field: 'state', value: 'running' },
      { value: 'two words' },
      { field: 'host', value: 'cna 01' },
    ]);
  });

  it.each(HOSTILE_STRINGS.slice(0, 150))('never throw: %j', (text) => {
    expect(Array.isArray(parseFilter(text))).toBe(true);
  });
});

describe('list input', () => {
  it('has limits', () => {
    expect(ListInput.parse({})).toEqual({ filter: '', sort: 'name', limit: 100 });
    expect(ListInput.safeParse({ limit: 501 }).success).toBe(false);
    expect(ListInput.safeParse({ filter: 'x'.repeat(501) }).success).toBe(false);
    expect(ListInput.safeParse({ more: 1 }).success).toBe(false);
  });
});
