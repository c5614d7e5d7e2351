import { describe, expect, it } from 'vitest';
import { bulkVerdict } from '../src/features/vm/bulk-verdict.ts';
import { BULK_ACTIONS, mayDoVm, type VmFacts } from '../src/features/vm/vm-actions.ts';

const vm = (facts: Partial<VmFacts> = {}): VmFacts => ({
  state: 'shutOff',
  hostConnection: 'connected',
  busy: null,
  ...facts,
});

describe('bulk actions', () => {
  it('say which VMs are left out and why, the largest group first', () => {
    const running = vm({ state: 'running' });
    const off = vm();
    const lost = vm({ hostConnection: 'unreachable', state: 'unknown' });
    const verdict = bulkVerdict('vm.start', [off, lost, running, running], 'operator');
    expect(verdict.will).toEqual([off]);
    expect(verdict.wont.map(({ reason, vms }) => [reason.key, vms.length])).toEqual([
      ['mayNot.state', 2],
      ['mayNot.connection', 1],
    ]);
  });

  it('do not delete', () => {
    expect(BULK_ACTIONS).not.toContain('vm.delete');
  });

  it('are refused to a viewer, with the right that is missing', () => {
    expect(mayDoVm('vm.start', vm(), 'readOnly')).toEqual({
      isAllowed: false,
      reason: { key: 'mayNot.role', params: { permission: 'vm.power' } },
    });
  });
});
