import { HostOutputError, hostCycle, scriptCall } from '@vireo/commands';
import { describe, expect, it } from 'vitest';
import { recorded } from './fixture.ts';

const { parse, command } = hostCycle();
const cut = (text: string) => ({ stdout: text, stderr: '', exitCode: 0 });

describe('the cycle reading', () => {
  const reading = parse(recorded('libvirt-9.0/host-cycle.txt'));
  const named = (name: string) => reading.vms.find((vm) => vm.name === name);

  it('is one command with one virsh process, however many VMs', () => {
    expect(scriptCall(command.argv)).toEqual({ name: 'HOST_CYCLE', args: [] });
    expect(command.argv[2]?.match(/^virsh /gm)).toHaveLength(1);
    expect(command.effect).toBe('read');
  });

  it('finds VMs by UUID, whatever they are called', () => {
    expect(reading.vms.map((vm) => vm.name)).toEqual([
      'api-$(id)',
      "plan 'x' $(id)",
      "Domain: 'a' --help",
      '13',
    ]);
    expect(named('13')).toMatchObject({
      id: '13131313-1313-4131-8131-131313131313',
      state: 'shutOff',
      vcpus: 3,
      memoryMiB: 32,
      memoryUsedMiB: null,
      isPersistent: true,
    });
  });

  it('has counters of what runs', () => {
    const vm = named("plan 'x' $(id)");
    expect(vm).toMatchObject({
      id: '6e30e7c4-c63e-6a90-9039-ce50dcbdead5',
      state: 'running',
      stateReason: 'booted',
      vcpus: 1,
      memoryMiB: 128,
      memoryUsedMiB: Math.floor((94784 - 66724) / 1024) || expect.any(Number),
    });
    expect(vm?.cpuTimeNs).toBeGreaterThan(1e9);
    expect(vm?.diskReadBytes).toBeGreaterThan(1e6);
  });

  it('tells transient VMs from persistent ones', () => {
    expect(named("Domain: 'a' --help")?.isPersistent).toBe(false);
  });

  it('reads the host', () => {
    expect(reading.host).toEqual({
      cpuTotalTicks: 272973 + 507 + 74785 + 546769 + 9630 + 0 + 2327 + 646,
      cpuIdleTicks: 546769 + 9630,
      memoryTotalMiB: 24105,
      memoryAvailableMiB: 19530,
      uptimeSeconds: 4588,
    });
  });

  it.each(['libvirt-7.0', 'libvirt-10.0'])('reads the fields that %s has', (version) => {
    const other = parse(recorded(`${version}/host-cycle.txt`));
    expect(other.vms).toEqual(reading.vms);
  });
});

describe('a cycle reading that makes no sense', () => {
  const whole = recorded('libvirt-9.0/host-cycle.txt').stdout;

  it.each([
    ['empty', ''],
    ['garbage', 'Segmentation fault\n'],
    ['cut within the counters', whole.slice(0, 2500)],
    ['virsh failed', whole.replace(/ virsh 0/, ' virsh 1')],
    ['no host part', whole.replace(/^cpu .*$/m, 'cpu x')],
  ])('is refused, not believed: %s', (_what, text) => {
    expect(() => parse(cut(text))).toThrow(HostOutputError);
  });

  it('is never longer in an error than what may be logged', () => {
    try {
      parse(cut(`\u001b[31m${'x'.repeat(10_000)}`));
      expect.unreachable();
    } catch (error) {
      expect(String(error).length).toBeLessThan(300);
      expect(String(error)).not.toMatch(/\p{Cc}/u);
    }
  });

  it('cannot be forged by a section mark without the nonce', () => {
    const forged = whole.replace(
      "plan 'x' $(id)\n",
      "plan 'x' $(id)\n00000000-0000-0000-0000-000000000000 virsh 0\n",
    );
    expect(parse(cut(forged)).vms).toHaveLength(4);
  });
});
