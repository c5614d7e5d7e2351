import { describe, expect, it } from 'vitest';
import { safeReturnPath } from '../src/features/login/go-to-login.ts';

describe('the way back after sign-in', () => {
  it('stays in this portal', () => {
    expect(safeReturnPath('/vms/1?tab=console')).toBe('/vms/1?tab=console');
  });

  it.each([
    null,
    '',
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/login?return=/login',
  ])('refuses %s', (path) => {
    expect(safeReturnPath(path)).toBe('/');
  });
});
