import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plan } from '@vireo/contracts';
import { hostAddress, hostExec, labHostKey, labKeyPath } from '@vireo/lab';
import { startTestDatabase } from '@vireo/store/testing';
import { connectedHosts, guestImage, vmNamed, vmState } from '@vireo/workshop/inventory-waits';
import { ADMIN_PASSWORD, RestClient, until } from '@vireo/workshop/rest-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const HOST = 'cna01';
/** A run that was stopped half way leaves VMs; they must not stand in the way of the next. */
const RUN = randomUUID().slice(0, 4);
const root = fileURLToPath(new URL('../../..', import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), 'vireo-crash-'));
const PHASES = ['before', 'sent', 'after'] as const;
/** The steps of each operation as the planner makes them; the first test compares them with the real Plans. */
const STEPS = {
  'vm.create': ['disk.copy', 'disk.resize', 'disk.place', 'vm.define', 'vm.verify', 'vm.start'],
  'vm.start': ['vm.start'],
  'vm.delete': ['vm.undefine', 'disk.remove'],
} as const;
type Crashed = keyof typeof STEPS;

let database: Awaited<ReturnType<typeof startTestDatabase>>;
let port: number;
let vrm: ChildProcess | null = null;
let client: RestClient;
let hostId: string;
let imageId: string;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function startVrm(crashAt: string | null): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'apps/vrm/test/crashing-vrm.ts')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      VIREO_DATA_DIR: dataDir,
      VIREO_VRM_PORT: String(port),
      VIREO_ADMIN_PASSWORD: ADMIN_PASSWORD,
      VIREO_LOG: 'error',
      ...(crashAt && { VIREO_CRASH_AT: crashAt }),
    },
  });
  vrm = child;
  const url = `http://127.0.0.1:${port}`;
  await until('the VRM', 30_000, () =>
    fetch(`${url}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    ),
  );
  client ??= await RestClient.signIn(url);
}

async function stopVrm(): Promise<void> {
  if (vrm && vrm.exitCode === null && vrm.signalCode === null) {
    const ended = once(vrm, 'exit');
    vrm.kill('SIGKILL');
    await ended;
  }
  vrm = null;
}

/** Submits, waits for the crash, starts again, and waits for the task's end: within 60 s by requirement. */
async function crashAndRecover(
  operation: Crashed,
  step: string,
  phase: string,
  path: string,
  body: unknown,
): Promise<string> {
  await stopVrm();
  await startVrm(`${operation} ${step} ${phase}`);
  await connectedHosts(client, 1);
  const crashed = once(vrm as ChildProcess, 'exit');
  const { taskId } = await client.post<{ taskId: string }>(path, body);
  const [, signal] = await crashed;
  expect(signal, 'the VRM was killed at this step').toBe('SIGKILL');
  await startVrm(null);
  let state = '';
  await until(`the task to end after a crash ${phase} ${step}`, 60_000, async () => {
    state = (await client.get<{ state: string }>(`/tasks/${taskId}`)).state;
    return ['done', 'failed', 'stuck', 'cancelled'].includes(state);
  });
  await connectedHosts(client, 1);
  return state;
}

const onHost = async (argv: string[]) => (await hostExec(HOST, argv)).stdout;

/** What is on the host's datastores, and which VMs it knows. */
async function hostInventory(): Promise<{ files: string[]; vms: string[] }> {
  const files = await onHost(['find', '/srv/local/vms', '/srv/shared/vms', '-type', 'f']);
  const vms = await onHost(['virsh', 'list', '--all', '--uuid']);
  const lines = (text: string) => text.split('\n').filter(Boolean).sort();
  return { files: lines(files), vms: lines(vms) };
}

async function openLocks(): Promise<number> {
  const tasks = await client.get<{ total: number }>('/tasks?limit=1&filter=state:running');
  return tasks.total;
}

async function newVm(name: string): Promise<string> {
  const { task } = await client.run('/vms', {
    name,
    vcpus: 1,
    memoryMiB: 64,
    hostId,
    imageId,
    network: 'none',
    diskGiB: 0.2,
    start: false,
  });
  return task.objectId;
}

async function removeVm(id: string, name: string): Promise<void> {
  if ((await vmState(client, id)) !== 'shutOff') await client.run(`/vms/${id}/stop`, {});
  await client.run(`/vms/${id}/delete`, { confirmName: name, deleteDisks: true });
}

beforeAll(async () => {
  database = await startTestDatabase();
  port = await freePort();
  await startVrm(null);
  await client.run('/hosts', {
    name: HOST,
    address: hostAddress(HOST),
    port: 22,
    user: 'root',
    hostKey: labHostKey(HOST),
    credential: { kind: 'privateKey', value: await readFile(labKeyPath(), 'utf8') },
  });
  hostId = (await connectedHosts(client, 1))[0]?.id ?? '';
  imageId = await guestImage(client, hostId);
}, 120_000);

afterAll(async () => {
  await stopVrm();
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const create = (name: string) => ({
  name,
  vcpus: 1,
  memoryMiB: 64,
  hostId,
  imageId,
  network: 'none',
  diskGiB: 0.2,
  start: true,
});

it('knows every step of the real Plans', async () => {
  const stepsOf = (plan: Plan) => plan.steps.map((step) => step.id);
  const plans = async (path: string, body: unknown) =>
    stepsOf((await client.post<{ plan: Plan }>(`${path}?dryRun=true`, body)).plan);
  const id = await newVm(`crash-${RUN}-plans`);
  expect(await plans('/vms', create(`crash-${RUN}-plans-2`))).toEqual(STEPS['vm.create']);
  expect(await plans(`/vms/${id}/start`, {})).toEqual(STEPS['vm.start']);
  expect(await plans(`/vms/${id}/delete`, { confirmName: `crash-${RUN}-plans`, deleteDisks: true })).toEqual(
    STEPS['vm.delete'],
  );
  await removeVm(id, `crash-${RUN}-plans`);
}, 60_000);

describe.each(PHASES)('killed %s a step, the VRM comes back and', (phase) => {
  it.each(STEPS['vm.create'])(
    'vm.create ends done or undone, nothing left over: %s',
    async (step) => {
      const name = `crash-${RUN}-create-${phase}-${step}`;
      const before = await hostInventory();
      const state = await crashAndRecover('vm.create', step, phase, '/vms', create(name));
      const vm = await vmNamed(client, name);
      const after = await hostInventory();
      if (state === 'done') {
        await until(
          'the row to show it',
          15_000,
          async () => (await vmNamed(client, name))?.state === 'running',
        );
        expect(after.vms).toHaveLength(before.vms.length + 1);
        expect(after.files).toHaveLength(before.files.length + 1);
        await removeVm(vm?.id ?? '', name);
        expect(await hostInventory()).toEqual(before);
      } else {
        expect(state).toBe('failed');
        expect(vm).toBeNull();
        expect(after).toEqual(before);
      }
      expect(await openLocks()).toBe(0);
    },
    180_000,
  );

  it.each(STEPS['vm.start'])(
    'vm.start ends with the VM running once: %s',
    async (step) => {
      const name = `crash-${RUN}-start-${phase}`;
      const id = await newVm(name);
      try {
        const state = await crashAndRecover('vm.start', step, phase, `/vms/${id}/start`, {});
        expect(state).toBe('done');
        expect((await onHost(['virsh', 'domstate', id])).trim()).toBe('running');
        await until('the row to show it', 15_000, async () => (await vmState(client, id)) === 'running');
        expect(await openLocks()).toBe(0);
      } finally {
        await removeVm(id, name);
      }
    },
    180_000,
  );

  it.each(STEPS['vm.delete'])(
    'vm.delete ends with nothing left over: %s',
    async (step) => {
      const name = `crash-${RUN}-delete-${phase}-${step}`;
      const before = await hostInventory();
      const id = await newVm(name);
      const state = await crashAndRecover('vm.delete', step, phase, `/vms/${id}/delete`, {
        confirmName: name,
        deleteDisks: true,
      });
      expect(state).toBe('done');
      expect(await hostInventory()).toEqual(before);
      expect(await vmNamed(client, name)).toBeNull();
      expect(await openLocks()).toBe(0);
    },
    180_000,
  );
});
