import { describe, expect, it } from 'vitest';
import { termOf, withTerm } from '../src/features/frame/filter-terms.ts';

describe('filter terms', () => {
  it('finds what a field asks for', () => {
    expect(termOf('web state:running host:cna01', 'state')).toBe('running');
    expect(termOf('web', 'state')).toBe('');
  });

  it('replaces one field and keeps the rest, quotes included', () => {
    expect(withTerm('"two words" state:running', 'state', 'shutOff')).toBe('"two words" state:shutOff');
    expect(withTerm('web', 'state', 'running')).toBe('web state:running');
  });

  it('takes a field away', () => {
    expect(withTerm('web state:running', 'state', '')).toBe('web');
  });
});
