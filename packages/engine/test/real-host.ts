import { readFile } from 'node:fs/promises';
import {
  type HostId,
  HostId as HostIdSchema,
  type OperationInput,
  type OperationName,
  operationNamed,
  SessionId,
  type TaskId,
  type TaskView,
  type VmId,
} from '@vireo/contracts';
import { testHost } from '@vireo/lab';
import { openSession, probeHostKey } from '@vireo/link';
import type { Store } from '@vireo/store';
import { openTestStore } from '@vireo/store/testing';
import { pino } from 'pino';
import { expect, vi } from 'vitest';
import { createEngine, type EngineOptions } from '../src/create-engine.ts';
import type { Actor, Engine } from '../src/types.ts';

const { address: ADDRESS, keyFile: KEY_FILE } = testHost();

/** An engine over a fresh store, and the means to use it as the API would. */
export async function engineOnTestStore(more: Partial<EngineOptions> = {}) {
  const { store, stop } = await openTestStore();
  const log = pino({ level: process.env.VIREO_LOG ?? 'silent' });
  const engine = createEngine({ store, log, worker: crypto.randomUUID(), ...more });
  const user = await store.users.create({
    name: 'tester',
    passwordHash: 'x',
    role: 'administrator',
    mustChangePassword: false,
  });
  const actor: Actor = {
    userId: user.id,
    userName: user.name,
    role: 'administrator',
    sessionId: SessionId.parse(crypto.randomUUID()),
    address: '127.0.0.1',
  };
  await engine.start();
  return {
    store,
    engine,
    actor,
    log,
    stop: async () => {
      await engine.stop();
      await stop();
    },
  };
}
export type Rig = Awaited<ReturnType<typeof engineOnTestStore>>;

async function auditFor(store: Store, actor: Actor, operation: string): Promise<string> {
  return await store.events.openAudit({
    operation,
    actor: { userId: actor.userId, userName: actor.userName, address: actor.address },
    object: null,
    message: { key: 'audit.operation', params: { operation, name: '' } },
  });
}

export async function submit<Name extends OperationName>(
  { store, engine, actor }: { store: Store; engine: Engine; actor: Actor },
  operation: Name,
  input: unknown,
): Promise<TaskId> {
  const auditId = await auditFor(store, actor, operation);
  const parsed: unknown = operationNamed(operation).input.parse(input);
  const result = await engine.submit(actor, operation, parsed as OperationInput<Name>, {
    dryRun: false,
    auditId,
  });
  if (result.kind !== 'submitted') throw new Error('not submitted');
  return result.taskId;
}

export async function taskEnd(store: Store, taskId: TaskId, timeoutMs = 60_000): Promise<TaskView> {
  return await vi.waitFor(
    async () => {
      const view = await store.tasks.view(taskId);
      if (!view?.finishedAt) throw new Error(`task is ${view?.state}: ${JSON.stringify(view?.error)}`);
      return view;
    },
    { timeout: timeoutMs, interval: 20 },
  );
}

/** Adds the development host by the operation itself. */
export async function addLabHost(rig: Rig): Promise<HostId> {
  const hostKey = await probeHostKey(ADDRESS, 22, 5000);
  const privateKey = await readFile(KEY_FILE, 'utf8');
  const secretId = await rig.store.secrets.seal('hostPrivateKey', `${ADDRESS}:22`, privateKey);
  const name = 'lab-host';
  const taskId = await submit(rig, 'host.add', {
    name,
    address: ADDRESS,
    port: 22,
    user: 'root',
    secretId,
    hostKey,
  });
  const task = await taskEnd(rig.store, taskId);
  expect(task, JSON.stringify(task.checks)).toMatchObject({ state: 'done' });
  return await vi.waitFor(
    async () => {
      const host = (await rig.store.hosts.all()).find((one) => one.name === name);
      expect(host).toMatchObject({ connection: 'connected' });
      expect(host?.facts).not.toBeNull();
      expect((await rig.store.storage.images()).length).toBeGreaterThan(0);
      return HostIdSchema.parse(host?.id);
    },
    { timeout: 30_000, interval: 50 },
  );
}

/** A session of the test's own, to do and see things on the host without the engine. */
export async function ownSession() {
  const hostKey = await probeHostKey(ADDRESS, 22, 5000);
  const privateKey = await readFile(KEY_FILE, 'utf8');
  const session = await openSession({
    address: ADDRESS,
    port: 22,
    user: 'root',
    hostKey,
    credential: { kind: 'privateKey', privateKey },
  });
  const run = async (argv: string[], stdin?: string) => {
    const result = await session.exec({
      argv,
      timeoutMs: 30_000,
      effect: 'write',
      ...(stdin === undefined ? {} : { stdin }),
    });
    return { ...result, text: result.stdout.trim() };
  };
  return { run, close: () => session.close() };
}

export async function vmState(store: Store, id: VmId): Promise<string> {
  return (await store.vms.view(id))?.state ?? 'absent';
}
