import { randomUUID } from 'node:crypto';
import { callTRPCProcedure } from '@trpc/server';
import { OPERATIONS, PERMISSIONS, ROLES, type Role, roleHas } from '@vireo/contracts';
import { describe, expect, it } from 'vitest';
import type { ProcedureMeta } from '../src/base-procedures.ts';
import { asVireoError } from '../src/failure.ts';
import { appRouter } from '../src/router.ts';
import { bench, sessionWith } from './call.ts';

/** tRPC keeps them flat, by their whole path, though its types are nested. */
interface Guarded {
  _def: { type: ProcedureType; meta?: ProcedureMeta };
}
const flat = appRouter._def.procedures as unknown as Record<string, Guarded>;
const procedures = Object.entries(flat).sort(([a], [b]) => a.localeCompare(b));
const callers = ['nobody', ...ROLES] as const;
const sessionOf = (caller: (typeof callers)[number]) => (caller === 'nobody' ? null : sessionWith(caller));

type ProcedureType = 'query' | 'mutation' | 'subscription';

/** Calls with an input that no schema takes: what comes back is a refusal for lack of rights, or one of the input. */
async function isLetIn(
  path: string,
  type: ProcedureType,
  caller: (typeof callers)[number],
): Promise<boolean> {
  const { contextOf, memory } = bench();
  memory.tasks.set('x', { operation: 'vm.start', input: {} });
  try {
    await callTRPCProcedure({
      router: appRouter,
      path,
      getRawInput: async () => ({ '\u0000': 'not an input' }),
      ctx: contextOf(sessionOf(caller)),
      type,
      signal: undefined,
      batchIndex: 0,
    });
    return true;
  } catch (thrown) {
    const { code } = asVireoError(thrown);
    return code !== 'auth.required' && code !== 'auth.forbidden';
  }
}

function inputOf(name: string): Record<string, unknown> {
  const id = randomUUID();
  const hostKey = `ssh-ed25519 ${'A'.repeat(40)}`;
  const reach = { address: '192.0.2.1', user: 'root', secretId: randomUUID(), hostKey };
  const inputs: Record<string, Record<string, unknown>> = {
    'host.probe': { address: '192.0.2.1' },
    'host.preflight': reach,
    'host.add': { ...reach, name: 'h' },
    'host.rename': { id, name: 'h' },
    'host.trustKey': { id, hostKey, confirmName: 'h' },
    'host.remove': { id, confirmName: 'h' },
    'vm.create': { name: 'v', vcpus: 1, memoryMiB: 64 },
    'vm.delete': { id, confirmName: 'v' },
  };
  return inputs[name] ?? { id };
}

async function maySubmit(operation: (typeof OPERATIONS)[number]['name'], role: Role): Promise<boolean> {
  const { contextOf, engine, memory } = bench();
  const call = callTRPCProcedure({
    router: appRouter,
    path: 'operation.submit',
    getRawInput: async () => ({ operation, input: inputOf(operation) }),
    ctx: contextOf(sessionWith(role)),
    type: 'mutation',
    signal: undefined,
    batchIndex: 0,
  });
  const outcome = await call.then(
    () => 'submitted',
    (thrown: unknown) => asVireoError(thrown).code,
  );
  expect(['submitted', 'auth.forbidden']).toContain(outcome);
  expect(engine.submitted.length).toBe(outcome === 'submitted' ? 1 : 0);
  expect(memory.audit).toMatchObject([{ operation, outcome: outcome === 'submitted' ? 'open' : 'refused' }]);
  return outcome === 'submitted';
}

const mark = (isAllowed: boolean) => (isAllowed ? 'yes' : '-').padEnd(14);
const heading = (columns: readonly string[]) => columns.map((c) => c.padEnd(14)).join(' ');

async function printed(): Promise<string> {
  const lines = [
    '# Who may call what. Printed by rights.test.ts from what really happens; a difference fails the test.',
    '',
  ];
  lines.push(`${'procedure'.padEnd(26)} ${'guard'.padEnd(16)} ${heading(callers)}`);
  for (const [path, procedure] of procedures) {
    const marks = await Promise.all(callers.map((caller) => isLetIn(path, procedure._def.type, caller)));
    const guard = procedure._def.meta?.guard ?? 'MISSING';
    lines.push(`${path.padEnd(26)} ${guard.padEnd(16)} ${marks.map(mark).join(' ')}`.trimEnd());
  }
  lines.push('', `${'operation'.padEnd(26)} ${'permission'.padEnd(16)} ${heading(ROLES)}`);
  for (const { name, permission } of OPERATIONS) {
    const marks = await Promise.all(ROLES.map((role) => maySubmit(name, role)));
    lines.push(`${name.padEnd(26)} ${permission.padEnd(16)} ${marks.map(mark).join(' ')}`.trimEnd());
  }
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

describe('rights', () => {
  it('are those of the committed matrix, for every procedure and operation', async () => {
    await expect(await printed()).toMatchFileSnapshot('rights.txt');
  });

  it('name a guard at every procedure', () => {
    const unguarded = procedures.filter(([, procedure]) => !procedure._def.meta?.guard).map(([path]) => path);
    expect(unguarded).toEqual([]);
  });

  it('follow the roles: a guard lets in exactly who holds its permission', async () => {
    for (const [path, procedure] of procedures) {
      const permission = PERMISSIONS.find((p) => p === procedure._def.meta?.guard);
      if (!permission) continue;
      for (const role of ROLES) {
        expect(await isLetIn(path, procedure._def.type, role), `${role} ${path}`).toBe(
          roleHas(role, permission),
        );
      }
    }
  });

  it('are few while the password must be changed', async () => {
    const { as } = bench();
    const caller = as(sessionWith('administrator', { mustChangePassword: true }));
    await expect(caller.vm.list({})).rejects.toMatchObject({ message: 'auth.passwordChangeRequired' });
    await expect(
      caller.operation.submit({ operation: 'vm.create', input: { name: 'v', vcpus: 1, memoryMiB: 64 } }),
    ).rejects.toMatchObject({ message: 'auth.passwordChangeRequired' });
    await expect(caller.session.current()).resolves.toMatchObject({ user: { mustChangePassword: true } });
  });

  it('to retry a task are those of its operation', async () => {
    const { as, memory } = bench();
    const id = randomUUID();
    memory.tasks.set(id, { operation: 'host.add', input: {} });
    await expect(as(sessionWith('operator')).task.retry({ id })).rejects.toMatchObject({
      message: 'auth.forbidden',
    });
    await expect(as(sessionWith('administrator')).task.retry({ id })).resolves.toHaveProperty('taskId');
  });

  it('tell an unknown id from nothing: 404 for whatever id there is not', async () => {
    const caller = bench().as(sessionWith('readOnly'));
    const id = randomUUID();
    for (const call of [
      () => caller.vm.get({ id }),
      () => caller.host.get({ id }),
      () => caller.task.get({ id }),
    ]) {
      await expect(call()).rejects.toMatchObject({ message: 'notFound', code: 'NOT_FOUND' });
    }
  });
});
