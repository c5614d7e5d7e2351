import { OPERATIONS, SecretId } from '@vireo/contracts';
import { planners, planOperation } from '@vireo/planner';
import { describe, expect, it } from 'vitest';
import { consoleSecret, context, host, hostIdOf, hostKey } from './inventory.ts';
import { expectSound } from './sound-plan.ts';

const secretId = SecretId.parse('12121212-0000-4000-8000-000000000001');
const reach = { address: '10.0.0.9', port: 22, user: 'root', secretId, hostKey };
const add = (credentialKind: 'password' | 'privateKey', change = {}) =>
  planOperation('host.add', { ...reach, name: 'new', ...change }, context({ credentialKind }));

it('there is a planner for each operation and no other', () => {
  expect(Object.keys(planners).sort()).toEqual(OPERATIONS.map((operation) => operation.name).sort());
});

describe('host.probe', () => {
  it('reads the key and sends nothing', () => {
    const plan = planOperation('host.probe', { address: '10.0.0.9', port: 2222 }, context());
    expectSound(plan);
    expect(plan.steps.map((step) => step.action)).toEqual([
      { kind: 'probeHostKey', address: '10.0.0.9', port: 2222 },
    ]);
    expect(plan.targets).toEqual({});
  });
});

describe('host.preflight', () => {
  const plan = planOperation('host.preflight', reach, context());

  it('only reads, and has a remedy for each item', () => {
    expectSound(plan);
    expect(plan.preconditions.length).toBeGreaterThan(10);
    expect(plan.steps.map((step) => step.action.kind)).toEqual(['connect']);
    expect([...plan.onDone, ...plan.onUndone, ...plan.onSubmit]).toEqual([]);
  });

  it('refuses a machine that is in the inventory already, by its UUID', () => {
    const unknown = plan.preconditions.find((one) => one.id === 'host.unknown');
    expect(unknown?.check.expect).toEqual({
      kind: 'stdoutNoneOf',
      values: [host(1).facts?.hostUuid, host(2).facts?.hostUuid],
    });
  });

  it('is refused for an address that is taken', () => {
    expect(() => planOperation('host.preflight', { ...reach, address: '10.0.0.1' }, context())).toThrow(
      'host.addressTaken',
    );
  });
});

describe('host.add', () => {
  it('with a private key keeps it', () => {
    const plan = add('privateKey');
    expectSound(plan);
    expect(plan.steps.map((step) => step.id)).toEqual(['host.connect']);
    expect(plan.onDone).toMatchObject([{ kind: 'host.insert', name: 'new', target: { secretId } }]);
    expect(plan.onUndone).toEqual([{ kind: 'secret.remove', secretId }]);
  });

  it('with a password installs the console key, tries it, and forgets the password however it ends', () => {
    const plan = add('password');
    expectSound(plan);
    expect(plan.steps.map((step) => step.id)).toEqual([
      'host.connect',
      'host.installKey',
      'host.connectWithKey',
    ]);
    expect(plan.steps[1]?.undo).toHaveLength(1);
    const tried = plan.steps[2]?.action;
    expect(tried?.kind === 'connect' && plan.targets[tried.hostId]?.secretId).toBe(consoleSecret);
    expect(plan.onDone).toMatchObject([
      { kind: 'host.insert', target: { secretId: consoleSecret } },
      { kind: 'secret.remove', secretId },
    ]);
    expect(plan.onUndone).toEqual([{ kind: 'secret.remove', secretId }]);
  });

  it('pins the key that was confirmed, and locks the address', () => {
    const plan = add('password');
    for (const target of Object.values(plan.targets)) expect(target.hostKey).toBe(hostKey);
    expect(plan.locks).toContain('host:10.0.0.9:22');
  });

  it('is refused for names and addresses that are taken', () => {
    expect(() => add('password', { name: 'cna01' })).toThrow('host.nameTaken');
    expect(() => add('password', { address: '10.0.0.2' })).toThrow('host.addressTaken');
  });
});

describe('host.rename', () => {
  it('touches nothing but the name', () => {
    const plan = planOperation('host.rename', { id: hostIdOf(1), name: 'x' }, context());
    expectSound(plan);
    expect(plan.steps).toEqual([]);
    expect(plan.onDone).toEqual([{ kind: 'host.rename', hostId: hostIdOf(1), name: 'x' }]);
  });

  it('is refused for a name that is taken by another, not by itself', () => {
    expect(() => planOperation('host.rename', { id: hostIdOf(1), name: 'cna02' }, context())).toThrow(
      'host.nameTaken',
    );
    expect(() => planOperation('host.rename', { id: hostIdOf(1), name: 'cna01' }, context())).not.toThrow();
  });
});

describe('host.trustKey', () => {
  const newKey = `ssh-ed25519 ${'B'.repeat(68)}`;

  it('signs in with the new key pinned before it is kept', () => {
    const plan = planOperation(
      'host.trustKey',
      { id: hostIdOf(1), hostKey: newKey, confirmName: 'cna01' },
      context(),
    );
    expectSound(plan);
    const action = plan.steps[0]?.action;
    expect(action?.kind === 'connect' && plan.targets[action.hostId]).toEqual({
      ...host(1).target,
      hostKey: newKey,
    });
    expect(plan.onDone).toEqual([{ kind: 'host.trustKey', hostId: hostIdOf(1), hostKey: newKey }]);
  });

  it('wants the name typed', () => {
    expect(() =>
      planOperation('host.trustKey', { id: hostIdOf(1), hostKey: newKey, confirmName: 'x' }, context()),
    ).toThrow();
  });
});

describe('host.remove', () => {
  it('forgets the host and its own credential, and runs nothing there', () => {
    const own = { ...host(1), target: { ...host(1).target, secretId } };
    const plan = planOperation(
      'host.remove',
      { id: hostIdOf(1), confirmName: 'cna01' },
      context({ hosts: [own] }),
    );
    expectSound(plan);
    expect(plan.steps).toEqual([]);
    expect(plan.onDone).toEqual([
      { kind: 'host.remove', hostId: hostIdOf(1) },
      { kind: 'secret.remove', secretId },
    ]);
  });

  it('never forgets the key of the console itself', () => {
    const plan = planOperation('host.remove', { id: hostIdOf(1), confirmName: 'cna01' }, context());
    expect(plan.onDone).toEqual([{ kind: 'host.remove', hostId: hostIdOf(1) }]);
  });

  it('wants the name typed', () => {
    expect(() => planOperation('host.remove', { id: hostIdOf(1), confirmName: '' }, context())).toThrow();
  });
});
