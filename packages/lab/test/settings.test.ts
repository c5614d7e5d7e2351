import { describe, expect, it } from 'vitest';
import { hostAddress, hostIndex, hostName, labSettings } from '../src/settings.ts';

describe('settings', () => {
  it('have defaults and give hosts their addresses', () => {
    const lab = labSettings({});
    expect(lab).toMatchObject({ dir: '/var/tmp/vireo-lab', fabric: 'vlab', net: '10.99.0' });
    expect(hostAddress('cna03', lab)).toBe('10.99.0.13');
    expect(hostName(12)).toBe('cna12');
  });

  it.each([
    ['VIREO_LAB_DIR', 'relative'],
    ['VIREO_LAB_DIR', `/${'long'.repeat(20)}`],
    ['VIREO_LAB_DIR', '/tmp/$(id)'],
    ['VIREO_LAB_FABRIC', 'too-long-for-a-link'],
    ['VIREO_LAB_NET', '10.99'],
  ])('refuse %s=%s', (name, value) => {
    expect(() => labSettings({ [name]: value })).toThrow(name);
  });

  it.each(['cna00', 'cna65', 'cna1', '--help', '$(id)', ''])('refuse the host name "%s"', (name) => {
    expect(() => hostIndex(name)).toThrow('not the name of a lab host');
  });
});
