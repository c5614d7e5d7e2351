import { execFileSync } from 'node:child_process';
import { parseDomainXml, renderDomainXml } from '@vireo/commands';
import { testHost } from '@vireo/lab';
import { describe, expect, it } from 'vitest';
import { GOLDEN_VMS } from './golden-vms.ts';

const { address, keyFile } = testHost();
const SSH = ['-i', keyFile, '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-q'];

function onHost(line: string, input: string): string {
  const argv = [...SSH, `root@${address}`, `LC_ALL=C ${line}`];
  return execFileSync('ssh', argv, { input, encoding: 'utf8' });
}

describe('golden domain XML on a real host', () => {
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
