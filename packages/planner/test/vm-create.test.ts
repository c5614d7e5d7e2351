import { parseDomainXml, scriptCall } from '@vireo/commands';
import { GIB, VireoError, VmCreateInput, VmName } from '@vireo/contracts';
import { HOSTILE_STRINGS } from '@vireo/contracts/testing';
import { planOperation } from '@vireo/planner';
import { describe, expect, it } from 'vitest';
import { context, datastore, host, hostIdOf, image, imageStore } from './inventory.ts';
import { expectSound } from './sound-plan.ts';

const input = (change: Partial<typeof VmCreateInput._zod.input> = {}) =>
  VmCreateInput.parse({ name: 'web 01', vcpus: 1, memoryMiB: 1024, hostId: hostIdOf(1), ...change });
const plan = (change: Parameters<typeof input>[0] = {}, own = context()) =>
  planOperation('vm.create', input(change), own);
const refusal = (change: Parameters<typeof input>[0], own = context()) => {
  try {
    plan(change, own);
  } catch (error) {
    if (error instanceof VireoError) return error;
  }
  throw new Error('not refused');
};
const argvs = (made: ReturnType<typeof plan>) =>
  made.steps.map((step) => (step.action.kind === 'command' ? step.action.command.argv : [step.action.kind]));

describe('vm.create', () => {
  const fromImage = plan({ imageId: image(1).id, diskGiB: 4, start: true });

  it('copies the image beside its place, grows it, moves it, defines and starts', () => {
    expectSound(fromImage);
    expect(fromImage.steps.map((step) => step.id)).toEqual([
      'disk.copy',
      'disk.resize',
      'disk.place',
      'vm.define',
      'vm.verify',
      'vm.start',
    ]);
    const [copy, resize, place] = argvs(fromImage);
    const path = place?.at(-1) ?? '';
    expect(path).toMatch(/^\/srv\/vms\/[0-9a-f-]{36}\.qcow2$/);
    expect(copy?.slice(6)).toEqual([
      'qemu-img',
      'convert',
      '-p',
      '-f',
      'qcow2',
      '-O',
      'qcow2',
      '/srv/images/guest.qcow2',
      `${path}.part`,
    ]);
    expect(resize?.slice(-2)).toEqual([`${path}.part`, String(4 * GIB)]);
    expect(place).toEqual(['mv', '-T', '--', `${path}.part`, path]);
  });

  it('can take every step back, also those that never ran', () => {
    const undone = fromImage.steps.flatMap((step) =>
      step.undo.map(({ command }) => [
        step.id,
        scriptCall(command.argv)?.name ?? command.argv.slice(0, 2).join(' '),
      ]),
    );
    expect(undone).toEqual([
      ['disk.copy', 'rm -f'],
      ['disk.place', 'rm -f'],
      ['vm.define', 'LIBVIRT_SETTLED'],
      ['vm.define', 'DOMAIN_UNDEFINE_IF_PRESENT'],
      ['vm.start', 'LIBVIRT_SETTLED'],
      ['vm.start', 'DOMAIN_DESTROY_IF_ACTIVE'],
    ]);
    expect(fromImage.onFailure).toBe('unwind');
    expect(fromImage.onUndone).toMatchObject([{ kind: 'vm.remove' }]);
  });

  it('tells after a crash, for each step that writes, whether it is done', () => {
    for (const step of fromImage.steps)
      if (step.action.kind === 'command') expect(step.done, step.id).toBeDefined();
  });

  it('never writes to a place that is not its own, and checks first that it is free', () => {
    const path = argvs(fromImage)[2]?.at(-1);
    const free = fromImage.preconditions.find((one) => one.id === 'disk.pathFree');
    expect(free?.check.command.argv).toContain(path);
    expect(fromImage.preconditions.map((one) => one.id)).toEqual([
      'vm.nameFree',
      'vm.uuidFree',
      'image.safe',
      'disk.pathFree',
      'datastore.space',
      'datastore.thin',
      'host.network',
      'host.memory',
    ]);
  });

  it('puts into the XML what goes into the inventory', () => {
    const [inserted] = fromImage.onSubmit;
    if (inserted?.kind !== 'vm.insert') throw new Error('no insert');
    const read = parseDomainXml(fromImage.xml[0]?.after ?? '');
    const withoutSizes = inserted.hardware.disks.map((disk) => ({ ...disk, sizeBytes: null }));
    expect(read).toMatchObject({
      id: inserted.vmId,
      name: 'web 01',
      hardware: { ...inserted.hardware, disks: withoutSizes },
    });
    expect(inserted.hardware.accelerator).toBe('kvm');
  });

  it('makes a blank disk when there is no image', () => {
    const blank = plan();
    expectSound(blank);
    expect(blank.steps.map((step) => step.id)).toEqual([
      'disk.create',
      'disk.place',
      'vm.define',
      'vm.verify',
    ]);
    expect(argvs(blank)[0]?.at(-1)).toBe(String(10 * GIB));
    expect(blank.expected.vms[0]?.state).toBe('shutOff');
  });

  it('puts an ISO into the CD drive and boots it after the empty disk', () => {
    const own = context({
      images: [image(1, { kind: 'iso', name: 'x.iso', path: '/srv/images/x.iso', format: 'raw' })],
    });
    const iso = plan({ imageId: image(1).id, diskGiB: 20 }, own);
    expectSound(iso);
    const read = parseDomainXml(iso.xml[0]?.after ?? '').hardware.disks;
    expect(read).toMatchObject([
      { device: 'disk', bootOrder: 1 },
      { device: 'cdrom', path: '/srv/images/x.iso', isReadOnly: true, bootOrder: 2 },
    ]);
    expect(iso.preconditions.find((one) => one.id === 'image.safe')?.check.command.argv).toContain('iso');
  });

  it('can do without disk and NIC', () => {
    const bare = plan({ diskGiB: 0, network: 'none' });
    expectSound(bare);
    expect(bare.steps.map((step) => step.id)).toEqual(['vm.define', 'vm.verify']);
    expect(parseDomainXml(bare.xml[0]?.after ?? '').hardware).toMatchObject({ disks: [], nics: [] });
  });

  it('falls back to emulation where KVM does not work', () => {
    const facts = host(1).facts;
    const own = context({ hosts: [host(1, { facts: facts && { ...facts, accelerator: 'qemu' } })] });
    expect(parseDomainXml(plan({}, own).xml[0]?.after ?? '').hardware.accelerator).toBe('qemu');
  });

  it('never gives a MAC twice', () => {
    const macs = (own: ReturnType<typeof context>) =>
      parseDomainXml(plan({}, own).xml[0]?.after ?? '').hardware.nics.map((nic) => nic.mac);
    const [first = ''] = macs(context());
    expect(macs(context({ macsInUse: new Set([first]) }))).not.toContain(first);
    expect(() =>
      plan({}, context({ macsInUse: new Set(['52:54:00:00:00:00']), randomBytes: (n) => new Uint8Array(n) })),
    ).toThrow('unavailable');
  });

  it('keeps hostile names out of every argument but the ones that compare names', () => {
    for (const name of HOSTILE_STRINGS.filter((text) => VmName.safeParse(text).success && text.length > 1)) {
      const made = plan({ name });
      const commands = [
        ...made.steps.flatMap((step) => (step.action.kind === 'command' ? [step.action.command] : [])),
        ...made.steps.flatMap((step) => step.undo.map((undo) => undo.command)),
        ...made.preconditions.filter((one) => one.id !== 'vm.nameFree').map((one) => one.check.command),
      ];
      const reference = plan({ name: 'plain' });
      const plain = reference.steps.flatMap((step) =>
        step.action.kind === 'command' ? [step.action.command.argv] : [],
      );
      expect(commands.slice(0, plain.length).map((command) => command.argv)).toEqual(plain);
      expect(parseDomainXml(made.xml[0]?.after ?? '').name).toBe(name);
    }
  });

  it('is the same for the same inventory', () => {
    expect(plan({ imageId: image(1).id })).toEqual(plan({ imageId: image(1).id }));
  });
});

describe('vm.create is refused', () => {
  it.each([
    ['more vCPUs than the host has', { vcpus: 9 }, 'placement.tooManyVcpus'],
    ['more memory than the host has', { memoryMiB: 16384 }, 'placement.memoryTooLarge'],
    ['more memory than is free, to be started', { memoryMiB: 14000, start: true }, 'placement.memoryShort'],
    ['a bridge that is not there', { network: 'br9' }, 'placement.networkMissing'],
    ['a VLAN on a Linux bridge', { network: 'br0', vlan: 7 }, 'placement.vlanNeedsOvs'],
  ] as const)('for %s, with the reason', (_what, change, reason) => {
    const error = refusal(change);
    expect(error.code).toBe('vm.hostRefused');
    expect(error.params).toMatchObject({ host: 'cna01', reason });
    expect(error.fields[0]?.ref?.key).toBe(reason);
  });

  it('for a disk smaller than its image: disks only grow', () => {
    expect(refusal({ imageId: image(1).id, diskGiB: 1 }).fields[0]?.field).toBe('diskGiB');
  });

  it('for a full datastore, before anything is copied', () => {
    const own = context({
      datastores: [datastore(1, { availableBytes: GIB }), { ...imageStore(1), isActive: false }],
    });
    expect(refusal({ imageId: image(1).id }, own).params).toMatchObject({
      reason: 'placement.datastoreFull',
      missing: 1,
    });
  });

  it('for images in formats that can name other files', () => {
    const own = context({ images: [image(1, { format: 'vmdk' })] });
    expect(refusal({ imageId: image(1).id }, own).code).toBe('image.unsafe');
  });

  it.each(['imageId', 'datastoreId', 'hostId'] as const)('for an unknown %s', (field) => {
    expect(refusal({ [field]: '00000000-0000-4000-8000-00000000dead' }).code).toBe('notFound');
  });
});
