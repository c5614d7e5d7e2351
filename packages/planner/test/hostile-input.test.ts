import { execFileSync } from 'node:child_process';
import { parseDomainXml, scriptCall } from '@vireo/commands';
import { type CommandSpec, OPERATIONS, type OperationName, type Plan, VireoError } from '@vireo/contracts';
import { HOSTILE_STRINGS } from '@vireo/contracts/testing';
import { planOperation } from '@vireo/planner';
import { describe, expect, it } from 'vitest';
import { remoteLine } from '../../link/src/quote.ts';
import { wordsOf } from '../../simulator/src/ssh/words.ts';
import { context, host, hostIdOf, hostKey, image, imageStore, vm, vmId } from './inventory.ts';

/** Every field of every operation that holds text, with a harmless value that occurs nowhere else. */
const reach = {
  address: 'harmless.example',
  user: 'harmless_user',
  secretId: '12121212-0000-4000-8000-000000000001',
  hostKey,
};
const onVm = { id: vmId };
const onHost = { id: hostIdOf(1) };
const create = {
  name: 'harmless-name',
  description: 'harmless-description',
  vcpus: 1,
  memoryMiB: 64,
  hostId: hostIdOf(1),
  imageId: image(1).id,
  datastoreId: imageStore(1).id,
  network: 'harmless',
  firmware: 'uefi',
  start: true,
};
const HARMLESS: Record<OperationName, Record<string, unknown>> = {
  'host.probe': { address: reach.address },
  'host.preflight': reach,
  'host.add': { ...reach, name: 'harmless-host' },
  'host.rename': { ...onHost, name: 'harmless-host' },
  'host.trustKey': { ...onHost, hostKey, confirmName: 'harmless-confirm' },
  'host.remove': { ...onHost, confirmName: 'harmless-confirm' },
  'vm.create': create,
  'vm.start': onVm,
  'vm.shutdown': onVm,
  'vm.stop': onVm,
  'vm.reboot': onVm,
  'vm.reset': onVm,
  'vm.suspend': onVm,
  'vm.resume': onVm,
  'vm.delete': { ...onVm, confirmName: 'harmless-confirm', deleteDisks: true },
};
const STATES: Partial<Record<OperationName, 'running' | 'paused'>> = {
  ...{ 'vm.shutdown': 'running', 'vm.stop': 'running', 'vm.reboot': 'running', 'vm.reset': 'running' },
  ...{ 'vm.suspend': 'running', 'vm.resume': 'paused' },
};

/** The Plan, or null when the input is refused. Hosts and VMs are called what is typed to confirm, and have the bridge. */
function planned(name: OperationName, raw: Record<string, unknown>): Plan | null {
  const operation = OPERATIONS.find((one) => one.name === name);
  const input = operation?.input.safeParse(raw);
  if (!input?.success) return null;
  // The engine finds no VM of another id.
  if (operation?.object === 'vm' && raw.id !== HARMLESS[name].id) return null;
  const called = String(raw.confirmName ?? 'a name');
  const hosts = [1, 2].map((n) => {
    const one = host(n, n === 1 ? { name: called } : {});
    if (!one.facts) throw new Error('a host without facts');
    const bridge = { name: String(raw.network), kind: 'ovsBridge' as const };
    return { ...one, facts: { ...one.facts, bridges: [bridge] } };
  });
  const own = context({
    hosts,
    vm: vm({ name: called, state: STATES[name] ?? 'shutOff' }),
    credentialKind: 'password',
  });
  try {
    return planOperation(name, input.data as never, own);
  } catch (error) {
    if (error instanceof VireoError) return null;
    throw error;
  }
}

function commandsOf({ preconditions, steps }: Plan): CommandSpec[] {
  return [
    ...preconditions.map((one) => one.check.command),
    ...steps.flatMap(({ action, undo, done }) => [
      ...(action.kind === 'command' ? [action.command] : []),
      ...(action.kind === 'waitFor' ? [action.check.command] : []),
      ...(done ? [done.command] : []),
      ...undo.map((one) => one.command),
    ]),
  ];
}

/** What a real shell makes of the lines. */
function wordsInShell(lines: readonly string[]): string[][] {
  const script = lines.map((line) => `w ${line}`).join('\n');
  const said = execFileSync('/bin/sh', ['-s'], {
    input: `w() { printf '%s\\0' "$@"; printf '\\001'; }\n${script}\n`,
    encoding: 'utf8',
    env: { PATH: '/nonexistent' },
    maxBuffer: 256 * 1024 * 1024,
  });
  return said
    .split('\u0001')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1));
}

const FIELDS = OPERATIONS.flatMap(({ name }) =>
  Object.entries(HARMLESS[name])
    .filter(([, value]) => typeof value === 'string')
    .map(([field, value]) => ({ name, field, harmless: String(value) })),
);
const PROGRAMS = [
  'virsh',
  'test',
  'ovs-vsctl',
  'mv',
  'rm',
  'timeout',
  'id',
  'ip',
  'flock',
  'prlimit',
  'qemu-img',
];

describe('hostile input', () => {
  it('is tried in every text field that an operation has', () => {
    for (const operation of OPERATIONS) {
      const shape = Object.entries(operation.input.shape);
      const texts = shape.flatMap(([field, schema]) => (schema.safeParse(7).success ? [] : [field]));
      const given = Object.keys(HARMLESS[operation.name]);
      expect(given, operation.name).toEqual(
        expect.arrayContaining(texts.filter((field) => !['start', 'deleteDisks'].includes(field))),
      );
      expect(planned(operation.name, HARMLESS[operation.name]), operation.name).not.toBeNull();
    }
  });

  it.each(FIELDS)(
    'in $name $field is refused, or one word that a host gets as it is',
    ({ name, field, harmless }) => {
      const model = planned(name, HARMLESS[name]);
      if (!model) throw new Error('the harmless input is refused');
      const lines: string[] = [];
      const intended: (readonly string[])[] = [];
      for (const text of HOSTILE_STRINGS) {
        const plan = planned(name, { ...HARMLESS[name], [field]: text });
        if (!plan) continue;
        const commands = commandsOf(plan);
        // The same commands as for harmless text, with that text in its place, as a word of its own.
        expect(commands.map(({ argv }) => argv)).toEqual(
          commandsOf(model).map(({ argv }) => argv.map((word) => (word === harmless ? text : word))),
        );
        for (const { argv, stdin } of commands) {
          expect(scriptCall(argv) ? 'script' : argv[0]).toBeOneOf(['script', ...PROGRAMS]);
          const line = remoteLine(argv, { user: 'vireo', lock: vmId, timeoutMs: 1000 });
          expect(wordsOf(line)?.slice(-argv.length)).toEqual(argv);
          lines.push(line);
          intended.push(argv);
          if (stdin === undefined || name !== 'vm.create') continue;
          const read = parseDomainXml(stdin);
          const bare = parseDomainXml(model.xml[0]?.after ?? '');
          expect(read.name).toBe(field === 'name' ? text : create.name);
          expect(read.description).toBe(field === 'description' ? text : create.description);
          if (field === 'name' || field === 'description') expect(read.hardware).toEqual(bare.hardware);
        }
      }
      const received = wordsInShell(lines);
      expect(received.length).toBe(lines.length);
      received.forEach((words, index) => {
        const argv = intended[index] ?? [];
        expect(words.slice(-argv.length)).toEqual(argv);
      });
    },
  );
});
