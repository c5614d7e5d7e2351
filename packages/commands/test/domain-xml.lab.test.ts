import { execFileSync } from 'node:child_process';
import { parseDomainXml, renderDomainXml } from '@vireo/commands';
import { describe, expect, it } from 'vitest';
import { GOLDEN_VMS } from './golden-vms.ts';

/** `ssh` arguments up to the host, e.g. `-i key root@10.98.0.11`; the host needs libvirt and OVMF. */
const SSH = process.env.VIREO_LAB_SSH?.split(' ');

function onHost(line: string, input: string): string {
  return execFileSync('ssh', [...(SSH ?? []), `LC_ALL=C ${line}`], { input, encoding: 'utf8' });
}

describe.skipIf(!SSH)('golden domain XML on a real host', () => {
  it.each(GOLDEN_VMS.filter(({ vm }) => vm.hardware.accelerator === 'qemu'))(
    '"$file" follows the schema of the libvirt there, and what the host holds then is the model',
    ({ vm }) => {
      onHost('virsh -q define --validate /dev/stdin', renderDomainXml(vm));
      try {
        const held = parseDomainXml(onHost(`virsh -q dumpxml --inactive ${vm.id}`, '').trim());
        expect({ name: held.name, description: held.description }).toEqual({
          name: vm.name,
          description: vm.description,
        });
        // libvirt fills in what was left to it: the machine's version and the emulator's CPU model.
        const { machine: _machine, cpuModel: _cpuModel, ...chosen } = vm.hardware;
        expect(held.hardware).toMatchObject(chosen);
      } finally {
        onHost(`virsh -q undefine ${vm.id} --nvram`, '');
      }
    },
  );
});
