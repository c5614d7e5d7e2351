import * as commands from '@vireo/commands';
import { CommandSpec as CommandSchema, type CommandSpec, VmId } from '@vireo/contracts';
import { HOSTILE_STRINGS } from '@vireo/contracts/testing';
import { describe, expect, it } from 'vitest';

const id = VmId.parse('0a1b2c3d-0000-4000-8000-000000000001');

const POWER = {
  start: commands.domainStart,
  shutdown: commands.domainShutdown,
  destroy: commands.domainDestroy,
  reboot: commands.domainReboot,
  reset: commands.domainReset,
  suspend: commands.domainSuspend,
  resume: commands.domainResume,
};

describe('VMs', () => {
  it.each(Object.entries(POWER))('%s names the VM by its UUID', (verb, build) => {
    expect(build(id).argv).toEqual(['virsh', verb, id]);
    expect(build(id).effect).toBe('write');
  });

  it.each(['13', '--help', '$(id)', '', id.toUpperCase(), `${id}\n`, `${id} x`])(
    'are never named by %j',
    (text) => {
      // A caller that got around the type.
      const forged = text as VmId;
      for (const build of [
        ...Object.values(POWER),
        commands.domainUndefine,
        commands.domainDestroyIfActive,
        commands.domainState,
      ])
        expect(() => build(forged)).toThrow();
      expect(() => commands.domainDefinitions([forged])).toThrow();
      expect(() => commands.domainGraphics(forged)).toThrow();
    },
  );

  it('get their XML by standard input', () => {
    const spec = commands.domainDefine('<domain/>');
    expect(spec.argv).toEqual(['virsh', 'define', '--validate', '/dev/stdin']);
    expect(spec.stdin).toBe('<domain/>');
  });
});

describe('files', () => {
  const builders: ((path: string) => CommandSpec)[] = [
    commands.fileExists,
    commands.fileIsFree,
    commands.fileRemove,
    commands.freeSpaceMiB,
    (path) => commands.fileMoveIntoPlace(path, '/srv/x'),
    (path) => commands.imageConvert({ from: '/srv/x', fromFormat: 'raw', to: path }),
    (path) => commands.imageCreate(path, 1024 ** 3),
    (path) => commands.imageResize(path, 1024 ** 3),
    (path) => commands.imageSafety(path, 'qcow2', '/srv'),
    (path) => commands.fileUsers(id, [path]),
  ];

  it('are taken by whole paths only, as one argument', () => {
    for (const text of HOSTILE_STRINGS)
      for (const build of builders) {
        const path = `/srv/vms/${text}`;
        const isPlain =
          !/\p{Cc}/u.test(path) && !path.split('/').some((part) => part === '..' || part === '.');
        if (isPlain) expect(build(path).argv).toContain(path);
        else expect(() => build(path)).toThrow();
      }
  });

  it.each(['x', '', '/', '-rf', './x', '/srv/../etc/x'])('are never %j', (path) => {
    for (const build of builders) expect(() => build(path)).toThrow();
  });
});

describe('disk sizes', () => {
  it.each([0, -1, 1.5, Number.NaN, 1000, 2 ** 60, Number.POSITIVE_INFINITY])('are refused: %s', (size) => {
    expect(() => commands.imageResize('/srv/x', size)).toThrow();
    expect(() => commands.imageCreate('/srv/x', size)).toThrow();
  });

  it('only grow', () => {
    expect(commands.imageResize('/srv/x', 1024 ** 3).argv).not.toContain('--shrink');
  });
});

describe('qemu-img', () => {
  it('always gets formats, and limits that hold on the host', () => {
    const { argv, progress } = commands.imageConvert({ from: '/srv/a', fromFormat: 'raw', to: '/srv/b' });
    expect(argv.slice(0, 6)).toEqual(['timeout', '-k', '5', '14400', 'prlimit', '--as=4294967296']);
    expect(argv.slice(6)).toEqual([
      'qemu-img',
      'convert',
      '-p',
      '-f',
      'raw',
      '-O',
      'qcow2',
      '/srv/a',
      '/srv/b',
    ]);
    expect(progress).toBe('percent');
    expect(commands.imageResize('/srv/x', 1024).argv).toContain('-f');
    expect(commands.imageCreate('/srv/x', 1024).argv).toContain('-f');
  });
});

it('every command is what a Plan can hold', () => {
  const some = [
    commands.hostCycle().command,
    commands.hostFacts().command,
    commands.hostStorage().command,
    commands.domainUndefine(id),
    commands.acceleratorProbe(),
  ];
  for (const spec of some) expect(CommandSchema.parse(spec)).toEqual(spec);
});
