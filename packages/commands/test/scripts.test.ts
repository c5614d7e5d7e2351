import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  authorizedKeyAdd,
  diskRemove,
  domainNamePresence,
  fileUsers,
  IMAGE_VERDICTS,
  imageInspect,
  libvirtSettled,
  SCRIPTS,
  scriptCall,
} from '@vireo/commands';
import type { CommandSpec } from '@vireo/contracts';
import { HOSTILE_STRINGS } from '@vireo/contracts/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder = '';
let bin = '';
const at = (name: string) => join(folder, name);

/** Runs a command here, with the stand-ins for virsh and qemu-img first in the path. */
function run(command: CommandSpec, env: Record<string, string> = {}) {
  const [program = '', ...args] = command.argv;
  const done = spawnSync(program, args, {
    encoding: 'utf8',
    input: command.stdin ?? '',
    env: { PATH: `${bin}:${process.env.PATH}`, LC_ALL: 'C', ...env },
  });
  return { stdout: done.stdout, stderr: done.stderr, exitCode: done.status };
}

function standIn(name: string, script: string) {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
}

/** A qcow2 header (https://www.qemu.org/docs/master/interop/qcow2.html), with what an attacker may put into it. */
function qcow2(options: { version?: number; backing?: string; features?: number; size?: bigint } = {}) {
  const header = Buffer.alloc(4096);
  header.write('QFI\u00fb', 0, 'latin1');
  header.writeUInt32BE(options.version ?? 3, 4);
  if (options.backing) {
    header.writeBigUInt64BE(1024n, 8);
    header.writeUInt32BE(Buffer.byteLength(options.backing), 16);
    header.write(options.backing, 1024);
  }
  header.writeUInt32BE(16, 20);
  header.writeBigUInt64BE(options.size ?? 10n * 1024n ** 3n, 24);
  header.writeBigUInt64BE(BigInt(options.features ?? 0), 72);
  return header;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vireo-scripts-'));
  bin = at('bin');
  mkdirSync(bin);
  mkdirSync(at('images'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('fixed scripts', () => {
  it.each(Object.entries(SCRIPTS))('%s is sound POSIX sh', (_name, script) => {
    execFileSync('sh', ['-n', '-c', script]);
  });

  it('are known by identity', () => {
    expect(scriptCall(['sh', '-c', SCRIPTS.FREE_MIB, 'sh', '/x'])).toEqual({
      name: 'FREE_MIB',
      args: ['/x'],
    });
    expect(scriptCall(['sh', '-c', `${SCRIPTS.FREE_MIB} `, 'sh', '/x'])).toBeNull();
    expect(scriptCall(['virsh', 'list'])).toBeNull();
  });

  it('take hostile names as nothing but names', () => {
    standIn('virsh', 'cat "$VIREO_TEST_NAMES"');
    // No line feeds (libvirt refuses them), and only what UTF-8 can say.
    const names = HOSTILE_STRINGS.filter((text) => text !== '' && !/[\n\0]|\p{Surrogate}/u.test(text)).slice(
      0,
      250,
    );
    writeFileSync(at('names'), `${names.filter((_, index) => index % 2 === 0).join('\n')}\n`);
    const taken = new Set(names.filter((_, index) => index % 2 === 0));
    for (const name of names) {
      const answer = run(domainNamePresence(name), { VIREO_TEST_NAMES: at('names') });
      expect([name, answer.stdout.trim()]).toEqual([name, taken.has(name) ? 'taken' : 'free']);
    }
  }, 60_000);
});

describe('image inspection', () => {
  beforeAll(() => standIn('qemu-img', 'echo "$*" >> "$VIREO_TEST_LOG"; echo "{}"'));

  const verdictOn = (name: string, content: Buffer | string, format: 'qcow2' | 'raw' | 'iso' = 'qcow2') => {
    const path = join(folder, 'images', name);
    writeFileSync(path, content);
    writeFileSync(at('log'), '');
    const inspection = imageInspect(path, format, at('images'));
    const verdict = inspection.parse(run(inspection.command, { VIREO_TEST_LOG: at('log') }));
    return { verdict, opened: readFileSync(at('log'), 'utf8') };
  };
  const iso = Buffer.concat([Buffer.alloc(32769), Buffer.from('CD001')]);

  it('passes plain images, with an explicit format', () => {
    expect(verdictOn('a.qcow2', qcow2())).toEqual({
      verdict: 'safe',
      opened: expect.stringContaining('info --output=json -f qcow2'),
    });
    expect(verdictOn('b.qcow2', qcow2({ version: 2 })).verdict).toBe('safe');
    expect(verdictOn('c.img', Buffer.alloc(1024), 'raw').verdict).toBe('safe');
    expect(verdictOn('d.iso', iso, 'iso').verdict).toBe('safe');
  });

  it.each([
    ['a backing file', qcow2({ backing: '/etc/shadow' }), 'qcow2', 'backingFile'],
    ['a json: backing file', qcow2({ backing: 'json:{"driver":"nbd"}' }), 'qcow2', 'backingFile'],
    ['an external data file', qcow2({ features: 4 }), 'qcow2', 'dataFile'],
    ['1 PiB', qcow2({ size: 1024n ** 5n }), 'qcow2', 'tooLarge'],
    ['an unknown version', qcow2({ version: 9 }), 'qcow2', 'unexpectedFormat'],
    ['raw with a qcow2 header', qcow2(), 'raw', 'unexpectedFormat'],
    ['qcow2 without a header', Buffer.alloc(1024), 'qcow2', 'unexpectedFormat'],
    ['a VMDK descriptor', '# Disk DescriptorFile\nRW 100 FLAT "/etc/shadow" 0\n', 'raw', 'unexpectedFormat'],
    ['a VMDK', Buffer.from('KDMV0000'), 'raw', 'unexpectedFormat'],
    ['nothing', '', 'raw', 'unexpectedFormat'],
    ['an ISO that is none', Buffer.alloc(40_000), 'iso', 'unexpectedFormat'],
  ] as const)('refuses %s, and no tool opens it', (_what, content, format, expected) => {
    expect(verdictOn('x', content, format)).toEqual({ verdict: expected, opened: '' });
  });

  it('refuses what is no plain file under the datastore', () => {
    writeFileSync(at('outside.qcow2'), qcow2());
    symlinkSync(at('outside.qcow2'), join(folder, 'images', 'link.qcow2'));
    const ask = (path: string) => {
      const inspection = imageInspect(path, 'qcow2', at('images'));
      return inspection.parse(run(inspection.command, { VIREO_TEST_LOG: at('log') }));
    };
    expect(ask(join(folder, 'images', 'link.qcow2'))).toBe('notRegular');
    expect(ask(at('outside.qcow2'))).toBe('outside');
    expect(ask(join(folder, 'images', 'gone.qcow2'))).toBe('missing');
    expect(ask(at('images'))).toBe('notRegular');
    expect(() => ask(`${at('images')}/../outside.qcow2`)).toThrow('not a path');
  });

  it('says nothing but its verdicts', () => {
    expect(() =>
      imageInspect('/x/y', 'raw', '/x').parse({ stdout: 'fine\n', stderr: '', exitCode: 0 }),
    ).toThrow();
    expect(IMAGE_VERDICTS).toContain('safe');
  });
});

describe('waiting for libvirt', () => {
  const answer = (free: number, queued: number) =>
    `printf 'minWorkers     : 5\\nnWorkers       : 5\\nfreeWorkers    : ${free}\\nprioWorkers    : 5\\njobQueueDepth  : ${queued}\\n\\n'`;

  it('ends once no call is under way or queued', () => {
    writeFileSync(at('asked'), '');
    standIn(
      'virt-admin',
      `case "$2" in virtqemud*) exit 1 ;; esac
echo x >> "$VIREO_TEST_ASKED"
case $(wc -l < "$VIREO_TEST_ASKED") in 1) ${answer(4, 0)} ;; 2) ${answer(5, 1)} ;; *) ${answer(5, 0)} ;; esac`,
    );
    expect(run(libvirtSettled(), { VIREO_TEST_ASKED: at('asked') }).exitCode).toBe(0);
    expect(readFileSync(at('asked'), 'utf8').split('\n')).toHaveLength(4);
  });

  it('does not wait where nobody can be asked', () => {
    standIn('virt-admin', 'exit 1');
    expect(run(libvirtSettled()).exitCode).toBe(0);
  });
});

describe('the removal of disks', () => {
  beforeAll(() => {
    for (const name of ['store', 'store/deep', 'outside']) mkdirSync(at(name));
  });
  const remove = (...names: string[]) =>
    run(diskRemove(names.map((name) => ({ path: at(name), datastorePath: at('store') }))));
  const put = (name: string) => writeFileSync(at(name), 'x');

  it('takes exactly the named files, whatever they are called, and can be repeated', () => {
    const names = ['store/-rf', 'store/$(id) *', 'store/deep/b.qcow2'];
    for (const name of [...names, 'store/kept']) put(name);
    expect(remove(...names, 'store/never-there')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(remove(...names).exitCode).toBe(0);
    expect([...names, 'store/kept'].map((name) => existsSync(at(name)))).toEqual([false, false, false, true]);
  });

  it.each<[string, string, () => unknown]>([
    [
      'leads out of the datastore by a linked folder',
      'store/way-out/shadow',
      () => symlinkSync(at('outside'), at('store/way-out')),
    ],
    ['is a link', 'store/link', () => symlinkSync(at('outside/shadow'), at('store/link'))],
    ['is a dangling link', 'store/dangling', () => symlinkSync(at('nowhere'), at('store/dangling'))],
    ['is a folder', 'store/folder', () => mkdirSync(at('store/folder'))],
    ['is a pipe', 'store/pipe', () => execFileSync('mkfifo', [at('store/pipe')])],
    ['is elsewhere', 'outside/shadow', () => undefined],
  ])('takes nothing at all when one of them %s', (_what, name, make) => {
    put('outside/shadow');
    put('store/own');
    make();
    expect(remove('store/own', name).exitCode).toBe(3);
    expect(existsSync(at('store/own'))).toBe(true);
    expect(readFileSync(at('outside/shadow'), 'utf8')).toBe('x');
  });
});

describe('who uses a file', () => {
  const stopped = '22222222-2222-4222-8222-222222222222';
  const asked = '11111111-1111-4111-8111-111111111111';
  /** virsh that lists two domains; the second has the disk that the test names. */
  const withDisk = (path: string) =>
    standIn(
      'virsh',
      `case "$*" in *"list --all --uuid"*) printf "%s\\n" ${asked} ${stopped} ;; *) printf "@%s@ file   disk   vda   %s\\n" ${stopped} "${path}" ;; esac`,
    );
  const usersOf = (...paths: string[]) => run(fileUsers(asked, paths)).stdout.trim();

  it('is found through a chain of stopped clones, hard links and relative names', () => {
    writeFileSync(at('base.qcow2'), qcow2());
    writeFileSync(at('middle.qcow2'), qcow2({ backing: 'base.qcow2' }));
    writeFileSync(at('top.qcow2'), qcow2({ backing: at('middle.qcow2') }));
    linkSync(at('base.qcow2'), at('alias.qcow2'));
    withDisk(at('top.qcow2'));
    expect(usersOf(at('top.qcow2'))).toBe(stopped);
    expect(usersOf(at('middle.qcow2'))).toBe(stopped);
    expect(usersOf(at('base.qcow2'))).toBe(stopped);
    expect(usersOf(at('alias.qcow2'))).toBe(stopped);
    expect(usersOf(at('outside.qcow2'))).toBe('none');
  });

  it('is assumed where a backing name is no plain path', () => {
    writeFileSync(at('odd.qcow2'), qcow2({ backing: `json:{"file":"${at('base.qcow2')}"}` }));
    withDisk(at('odd.qcow2'));
    expect(usersOf(at('base.qcow2'))).toBe(stopped);
  });

  it('ends where a chain bites its tail', () => {
    writeFileSync(at('loop.qcow2'), qcow2({ backing: at('loop.qcow2') }));
    withDisk(at('loop.qcow2'));
    expect(usersOf(at('base.qcow2'))).toBe('none');
  });

  it('is nobody the VM itself, and no answer when libvirt gives none', () => {
    standIn('virsh', `echo ${asked}`);
    expect(usersOf(at('base.qcow2'))).toBe('none');
    standIn('virsh', 'exit 1');
    expect(run(fileUsers(asked, [at('base.qcow2')])).exitCode).not.toBe(0);
  });
});

describe('the console key on a host', () => {
  it('is one harmless line', () => {
    expect(() => authorizedKeyAdd('root', 'ssh-ed25519 AAAA vireo\ncommand="id" ssh-rsa BBBB')).toThrow();
    expect(() => authorizedKeyAdd('root', 'command="id" ssh-ed25519 AAAA')).toThrow();
    expect(() => authorizedKeyAdd('--help', 'ssh-ed25519 AAAA')).toThrow();
  });
});
