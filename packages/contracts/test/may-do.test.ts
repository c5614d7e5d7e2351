import { type MayDoFacts, mayDoNow, OPERATIONS, operationNamed, ROLES } from '@vireo/contracts';
import { describe, expect, it } from 'vitest';

const able: MayDoFacts = { role: 'administrator', connection: 'connected', state: 'shutOff', busy: null };
const reasonOf = (name: Parameters<typeof operationNamed>[0], facts: Partial<MayDoFacts>) => {
  const answer = mayDoNow(operationNamed(name), { ...able, ...facts });
  return answer.isAllowed ? null : answer.reason.key;
};

describe('what may be done now', () => {
  it('goes by role, holder, connection and state, in this order', () => {
    expect(reasonOf('vm.start', {})).toBeNull();
    expect(reasonOf('vm.start', { role: 'readOnly', busy: { operation: 'vm.stop' } })).toBe('mayNot.role');
    expect(reasonOf('vm.start', { busy: { operation: 'vm.stop' }, connection: 'unreachable' })).toBe(
      'mayNot.busy',
    );
    expect(reasonOf('vm.start', { connection: 'unreachable', state: 'running' })).toBe('mayNot.connection');
    expect(reasonOf('vm.start', { state: 'running' })).toBe('mayNot.state');
  });

  it('lets a read-only user do nothing', () => {
    for (const operation of OPERATIONS)
      expect(mayDoNow(operation, { ...able, role: 'readOnly' }).isAllowed).toBe(false);
  });

  it('keeps hosts to administrators', () => {
    for (const role of ROLES)
      expect(mayDoNow(operationNamed('host.remove'), { ...able, role }).isAllowed).toBe(
        role === 'administrator',
      );
  });

  it('refuses what the state does not allow, for each VM operation', () => {
    expect(reasonOf('vm.delete', { state: 'running' })).toBe('mayNot.state');
    expect(reasonOf('vm.resume', { state: 'running' })).toBe('mayNot.state');
    expect(reasonOf('vm.stop', { state: 'shutOff' })).toBe('mayNot.state');
    expect(reasonOf('vm.stop', { state: 'unknown' })).toBe('mayNot.state');
  });
});
