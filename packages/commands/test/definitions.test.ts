import { domainDefinitions, domainGraphics, parseDomainXml } from '@vireo/commands';
import { VmHardware, VmId } from '@vireo/contracts';
import { describe, expect, it } from 'vitest';
import { recorded } from './fixture.ts';

const plan = VmId.parse('6e30e7c4-c63e-6a90-9039-ce50dcbdead5');
const thirteen = VmId.parse('13131313-1313-4131-8131-131313131313');
const gone = VmId.parse('99999999-9999-4999-8999-999999999999');

describe('definitions', () => {
  const found = domainDefinitions([plan, gone, thirteen]).parse(
    recorded('libvirt-9.0/domain-definitions.txt'),
  );

  it('leave out what vanished meanwhile', () => {
    expect(found.map((definition) => definition.id)).toEqual([plan, thirteen]);
  });

  it.each([
    '<!DOCTYPE domain [<!ENTITY x SYSTEM "file:///etc/passwd">]><domain>&x;</domain>',
    '<domain><name>x</name>',
    `<domain><name>x</name><uuid>${thirteen}</uuid></domain>`,
    'garbage \u001b[31m',
    '',
  ])('leave out one that makes no sense, and only that: %j', (xml) => {
    const output = recorded('libvirt-9.0/domain-definitions.txt');
    const nonce = output.stdout.slice(0, output.stdout.indexOf('\n'));
    const end = output.stdout.indexOf(`${nonce} xml ${plan} 0`);
    const stdout = `${nonce}\n${xml}\n${output.stdout.slice(end)}`;
    const rest = domainDefinitions([plan, gone, thirteen]).parse({ ...output, stdout });
    expect(rest.map((definition) => definition.id)).toEqual([thirteen]);
  });

  it('keep numbers within what can be counted', () => {
    const xml = (vcpus: string, unit: string) =>
      `<domain><name>x</name><uuid>${plan}</uuid><memory unit='${unit}'>999999999999999</memory><vcpu current='${vcpus}'>${vcpus}</vcpu></domain>`;
    for (const vcpus of ['4294967295', '999999999999999', '-5'])
      for (const unit of ['b', 'TiB', 'constructor']) {
        const { hardware } = parseDomainXml(xml(vcpus, unit));
        expect(VmHardware.parse(hardware)).toEqual(hardware);
        expect(hardware.vcpus).toBeLessThan(2 ** 31 / 1000);
        expect(hardware.vcpus).toBeGreaterThanOrEqual(0);
      }
  });

  it('tell what the VM is made of', () => {
    expect(found[0]).toMatchObject({
      name: "plan 'x' $(id)",
      hardware: {
        vcpus: 1,
        memoryMiB: 128,
        firmware: 'bios',
        accelerator: 'qemu',
        disks: [
          {
            target: 'vda',
            bus: 'virtio',
            device: 'disk',
            path: '/srv/shared/vms/plan-a.qcow2',
            format: 'qcow2',
            sizeBytes: 95420416,
          },
        ],
        nics: [{ mac: '52:54:00:00:00:01', network: 'vsw0', networkKind: 'ovsBridge', vlan: null }],
        graphics: { kind: 'vncPort', listen: '127.0.0.1', port: null },
        hasGuestAgentChannel: true,
        isAutostart: false,
      },
    });
    expect(found[0]?.xml).toMatch(/^<domain [\s\S]*<\/domain>$/);
  });

  it('know descriptions, empty drives and autostart', () => {
    expect(found[1]).toMatchObject({
      name: '13',
      description: 'a <b> & c',
      hardware: {
        disks: [{ target: 'hda', device: 'cdrom', path: null, isReadOnly: true }],
        isAutostart: true,
      },
    });
  });
});

describe('the screen', () => {
  it('is found in the live XML', () => {
    expect(domainGraphics(plan).parse(recorded('libvirt-9.0/domain-live.xml'))).toMatchObject({
      kind: 'vncPort',
      listen: '127.0.0.1',
      port: expect.any(Number),
    });
  });

  it('may be a socket', () => {
    const xml = `<domain id='3'><devices><graphics type='vnc' socket='/run/x/vnc.sock'><listen type='socket' socket='/run/x/vnc.sock'/></graphics></devices></domain>`;
    expect(domainGraphics(plan).parse({ stdout: xml, stderr: '', exitCode: 0 })).toEqual({
      kind: 'vncSocket',
      path: '/run/x/vnc.sock',
    });
  });

  it.each([
    ["socket='/run/libvirt/libvirt-sock'", { kind: 'vncSocket', path: null }],
    ["port='22' autoport='no' listen='127.0.0.1'", { kind: 'vncPort', listen: '127.0.0.1', port: null }],
  ])('of a VM that is off is nowhere, whatever its definition says: %s', (where, expected) => {
    const xml = `<domain><devices><graphics type='vnc' ${where}/></devices></domain>`;
    expect(domainGraphics(plan).parse({ stdout: xml, stderr: '', exitCode: 0 })).toEqual(expected);
  });

  it('may be missing', () => {
    const xml = `<domain id='3'><devices><graphics type='spice' port='5900'/></devices></domain>`;
    expect(domainGraphics(plan).parse({ stdout: xml, stderr: '', exitCode: 0 })).toEqual({ kind: 'none' });
  });
});
