import { HostOutputError, hostFacts, hostStorage } from '@vireo/commands';
import { HostFacts } from '@vireo/contracts';
import { describe, expect, it } from 'vitest';
import { recorded } from './fixture.ts';

describe('host facts', () => {
  const whole = recorded('libvirt-9.0/host-facts.txt');
  const facts = hostFacts().parse(whole);

  it('are what contracts promise', () => {
    expect(HostFacts.parse(facts)).toEqual(facts);
    expect(facts).toMatchObject({
      hostname: 'cna02',
      cpuModel: 'AMD EPYC',
      cpuCount: 2,
      memoryMiB: 24105,
      osName: 'Debian GNU/Linux 12 (bookworm)',
      versions: { libvirt: '9.0.0', qemu: '7.2.22', ovs: '3.1.0' },
      accelerator: 'qemu',
      firmware: ['bios', 'uefi', 'uefiSecureBoot'],
      bridges: [{ name: 'vsw0', kind: 'ovsBridge' }],
    });
    expect(facts.nics.map((nic) => nic.name)).toEqual(['eth0', 'eth1', 'eth2', 'vsw0']);
  });

  it('do without Open vSwitch', () => {
    const without = whole.stdout
      .replace(/^\{"data":\[\["vsw0".*$/m, '')
      .replace(/^(\S+) bridges 0$/m, '$1 bridges 127')
      .replace(/^(\S+) ovs 0$/m, '$1 ovs 127');
    const found = hostFacts().parse({ ...whole, stdout: without });
    expect(found.versions.ovs).toBeNull();
    expect(found.bridges).toEqual([]);
  });

  it('say kvm only when the probe said so', () => {
    const kvm = whole.stdout.replace(/^qemu$/m, 'kvm');
    expect(hostFacts().parse({ ...whole, stdout: kvm }).accelerator).toBe('kvm');
  });

  it('are refused when libvirt did not answer', () => {
    const failed = whole.stdout.replace(/^(\S+) capabilities 0$/m, '$1 capabilities 1');
    expect(() => hostFacts().parse({ ...whole, stdout: failed })).toThrow(HostOutputError);
    expect(() => hostFacts().parse({ ...whole, stdout: whole.stdout.slice(0, 9000) })).toThrow(
      HostOutputError,
    );
  });
});

describe('storage', () => {
  const whole = recorded('libvirt-9.0/host-storage.txt');
  const storage = hostStorage().parse(whole);

  it('has the directory pools with their space', () => {
    expect(storage.datastores.map(({ name, path, isActive }) => [name, path, isActive])).toEqual([
      ['images', '/srv/shared/images', true],
      ['local', '/srv/local/vms', true],
      ['shared', '/srv/shared/vms', true],
    ]);
    for (const datastore of storage.datastores)
      expect(datastore.capacityBytes).toBeGreaterThanOrEqual(datastore.availableBytes);
  });

  it('tells images by their headers, and leaves other files alone', () => {
    const inImages = storage.images.filter((image) => image.datastoreName === 'images');
    expect(inImages).toMatchObject([
      { name: 'plan disc.ISO', kind: 'iso', path: '/srv/shared/images/plan disc.ISO', virtualBytes: 32777 },
      { name: 'plan-raw.img', kind: 'disk', format: 'raw', virtualBytes: 1048576 },
      { name: 'vireo-guest.qcow2', kind: 'disk', format: 'qcow2', virtualBytes: 95420416 },
    ]);
  });

  it('is refused when it was cut', () => {
    expect(() => hostStorage().parse({ ...whole, stdout: whole.stdout.slice(0, -50) })).toThrow(
      HostOutputError,
    );
  });
});
