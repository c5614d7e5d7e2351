import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOCALES, messages, OPERATIONS } from '@vireo/contracts';
import { describe, expect, it } from 'vitest';

/** The house rules of this repository (see README, "Architecture"), kept by machine. */
const root = fileURLToPath(new URL('../../..', import.meta.url));
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const isCode = (file: string) => /\.(ts|tsx|mjs)$/.test(file) && !file.endsWith('.d.ts');
const isTest = (file: string) => /\/test\/|\.test\.tsx?$|^e2e\//.test(file);
const sources = tracked.filter((file) => isCode(file) && !isTest(file));

/** Which package may import which; contracts may be imported by all. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'packages/contracts': [],
  'packages/commands': [],
  'packages/planner': ['commands'],
  'packages/link': ['commands'],
  'packages/store': [],
  'packages/engine': ['planner', 'commands', 'link', 'store'],
  'packages/api': ['store', 'planner', 'engine'],
  'packages/ui': [],
  'packages/lab': ['commands'],
  'packages/simulator': ['commands'],
  'apps/portal': ['ui', 'api'],
  'apps/vrm': ['api', 'engine', 'store'],
  // what looks after the house may open every door
  'packages/workshop': ['lab', 'simulator', 'store', 'link', 'commands', 'planner', 'engine', 'api', 'vrm'],
  'packages/bench': [
    'workshop',
    'lab',
    'simulator',
    'store',
    'link',
    'commands',
    'planner',
    'engine',
    'api',
    'vrm',
  ],
};

interface Import {
  file: string;
  specifier: string;
  isTypeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const found: Import[] = [];
  for (const match of read(file).matchAll(
    /(?:^|\n)\s*(import|export)\s+(type\s+)?[^'"\n;]*?(?:\{[^}]*\}\s*)?(?:from\s+)?['"]([^'"]+)['"]/g,
  )) {
    found.push({ file, specifier: match[3] ?? '', isTypeOnly: Boolean(match[2]) });
  }
  for (const match of read(file).matchAll(/import\(\s*['"]([^'"]+)['"]\s*\)/g))
    found.push({ file, specifier: match[1] ?? '', isTypeOnly: false });
  return found;
}

const roomOf = (file: string) => file.split('/').slice(0, 2).join('/');
const allImports = sources
  .filter((file) => file in MAY_IMPORT || roomOf(file) in MAY_IMPORT)
  .flatMap(importsOf);
const between = (from: string, to: string) =>
  allImports.filter(
    (i) =>
      roomOf(i.file) === from && (i.specifier === `@vireo/${to}` || i.specifier.startsWith(`@vireo/${to}/`)),
  );

describe('the rooms', () => {
  it('import only what the table allows', () => {
    const wrong = allImports.filter((i) => {
      const target = /^@vireo\/([^/]+)/.exec(i.specifier)?.[1];
      const room = roomOf(i.file);
      if (!target || target === 'contracts' || room.endsWith(`/${target}`)) return false;
      return !MAY_IMPORT[room]?.includes(target);
    });
    expect(wrong).toEqual([]);
  });

  it('never reach into another room by a relative path', () => {
    const wrong = allImports.filter(
      (i) => i.specifier.startsWith('.') && /(^|\/)\.\.\/(\.\.\/)+(packages|apps)\//.test(i.specifier),
    );
    expect(wrong).toEqual([]);
  });

  it('a request never touches a host: api does not import link', () => {
    expect(between('packages/api', 'link')).toEqual([]);
    expect(between('packages/api', 'engine').filter((i) => !i.isTypeOnly)).toEqual([]);
  });

  it('the hands do not know the memory: link does not import store', () => {
    expect(between('packages/link', 'store')).toEqual([]);
  });

  it('the brain has no hands: contracts, commands and planner do no I/O, know no clock and no chance', () => {
    const pure = sources.filter((file) => /^packages\/(contracts|commands|planner)\/src\//.test(file));
    expect(pure.length).toBeGreaterThan(20);
    const wrong = pure.filter((file) =>
      /from 'node:|Math\.random|Date\.now|new Date\(\)|\bprocess\.|\bfetch\(|crypto\./.test(read(file)),
    );
    expect(wrong).toEqual([]);
  });

  it('the portal knows the api by its types only', () => {
    expect(between('apps/portal', 'api').filter((i) => !i.isTypeOnly)).toEqual([]);
  });

  it('host words stay in packages/commands', () => {
    const wrong = sources.filter(
      (file) =>
        /^(apps|packages\/(api|store|ui|contracts\/src))\//.test(file) &&
        /['"`](virsh|ovs-vsctl|qemu-img)['"` ]/.test(read(file)),
    );
    expect(wrong).toEqual([]);
  });
});

describe('operations', () => {
  it.each(OPERATIONS.map((o) => o.name))('%s has words in both languages and a test of its plan', (name) => {
    for (const locale of LOCALES)
      expect(messages[locale][`operations.${name}`], `${locale} operations.${name}`).toBeTruthy();
    const tests = tracked.filter((file) => /^packages\/planner\/test\//.test(file) && isCode(file));
    expect(
      tests.some((file) => read(file).includes(`'${name}'`)),
      `a planner test that names '${name}'`,
    ).toBe(true);
  });
});

describe('the tree', () => {
  it('has no other top-level entries than the agreed ones', () => {
    const agreed = [
      'package.json',
      'package-lock.json',
      'apps',
      'packages',
      'prisma',
      'e2e',
      'docker-compose.yml',
      'turbo.json',
      'README.md',
      'LICENSE',
    ];
    const top = new Set(tracked.map((file) => file.split('/')[0] ?? ''));
    expect([...top].filter((entry) => !entry.startsWith('.') && !agreed.includes(entry))).toEqual([]);
    expect(agreed.filter((entry) => !top.has(entry))).toEqual([]);
  });

  it('keeps files short: none over 300 lines, median under 120', () => {
    const lengths = sources.map((file) => ({ file, lines: read(file).split('\n').length }));
    expect(lengths.filter((l) => l.lines > 300 && !l.file.includes('/messages/'))).toEqual([]);
    const sorted = lengths.map((l) => l.lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(120);
  });

  it('has no drawers for odds and ends', () => {
    expect(
      tracked.filter((file) => /(^|\/)(utils?|helpers?|common|misc|manager)(\/|\.tsx?$)/i.test(file)),
    ).toEqual([]);
  });

  it('has no escape hatches, no notes to self and no dead ends', () => {
    const hatches = new RegExp(
      [
        '\\bas an' + 'y\\b',
        '@ts-(ignore|nocheck)',
        '\\b(TO' + 'DO|FIX' + 'ME|XX' + 'X)\\b',
        'catch *(\\([^)]*\\))? *\\{ *\\}',
        'coming so' + 'on',
      ].join('|'),
    );
    const wrong = tracked.filter(isCode).flatMap((file) =>
      read(file)
        .split('\n')
        .filter((line) => hatches.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no test that is switched off or on alone', () => {
    const off = new RegExp('\\b(it|test|describe)\\.(only|to' + 'do|fix' + 'me)\\(');
    expect(tracked.filter((file) => isCode(file) && isTest(file) && off.test(read(file)))).toEqual([]);
  });

  it('says in each package what it is', () => {
    const rooms = ['apps', 'packages'].flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
    );
    expect(
      rooms.filter(
        (room) => existsSync(join(root, room, 'package.json')) && !existsSync(join(root, room, 'README.md')),
      ),
    ).toEqual([]);
  });

  it('pins every dependency exactly', () => {
    const loose = tracked
      .filter((file) => basename(file) === 'package.json')
      .flatMap((file) => {
        const { dependencies = {}, devDependencies = {} } = JSON.parse(read(file)) as Record<
          string,
          Record<string, string>
        >;
        return Object.entries({ ...dependencies, ...devDependencies })
          .filter(([name, version]) => !name.startsWith('@vireo/') && !/^\d/.test(version))
          .map(([name, version]) => `${file}: ${name} ${version}`);
      });
    expect(loose).toEqual([]);
  });

  it('locks dependencies without naming a registry', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { resolved?: string }> };
    const hosts = new Set(
      Object.values(lock.packages).flatMap((p) =>
        p.resolved?.startsWith('http') ? [new URL(p.resolved).host] : [],
      ),
    );
    expect([...hosts].filter((host) => host !== 'registry.npmjs.org')).toEqual([]);
  });
});
