import { addVm } from '@vireo/api/testing';
import { OPERATIONS } from '@vireo/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, randomId, startRunning } from './running.ts';

let running: Running;
let admin: string;
let viewer: string;
beforeAll(async () => {
  running = await startRunning();
  await running.addUser('ada', 'administrator');
  await running.addUser('victor', 'readOnly');
  admin = await running.tokenOf('ada');
  viewer = await running.tokenOf('victor');
});
afterAll(() => running.stop());

const json = async (answer: Response) => (await answer.json()) as Record<string, unknown>;

describe('lists', () => {
  it.each(['hosts', 'vms', 'tasks', 'events', 'images', 'datastores'])(
    'GET /%s gives a page',
    async (noun) => {
      const answer = await running.rest('GET', `/${noun}?limit=5&filter=x&sort=-name`, viewer);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ items: [], nextCursor: null, total: 0 });
    },
  );

  it('refuse what they do not know, with the field', async () => {
    const answer = await running.rest('GET', '/vms?limit=1000&colour=red', viewer);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    const problem = await json(answer);
    expect(problem).toMatchObject({
      type: 'urn:vireo:problem:input.invalid',
      status: 400,
      code: 'input.invalid',
    });
    expect((problem.errors as { field: string }[]).map((e) => e.field).sort()).toEqual(['colour', 'limit']);
  });

  it('are closed to those who are not signed in, whatever the token', async () => {
    for (const token of ['', 'x', 'a'.repeat(43), 'a'.repeat(5000)]) {
      expect((await running.rest('GET', '/vms', token)).status).toBe(401);
    }
  });
});

describe('one object', () => {
  it('is 404 for an unknown id, the same as for what is no id at all', async () => {
    const unknown = await (await running.rest('GET', `/vms/${randomId()}`, viewer)).text();
    for (const id of ['13', '..%2F..%2Fetc', '%00', 'x'.repeat(300), randomId()]) {
      const answer = await running.rest('GET', `/vms/${id}`, viewer);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toBe(unknown);
    }
  });
});

describe('operations', () => {
  it('answer 202 with the task and where it is', async () => {
    const answer = await running.rest('POST', '/vms', admin, {
      name: 'web01',
      vcpus: 1,
      memoryMiB: 256,
      start: true,
    });
    expect(answer.status).toBe(202);
    const { taskId } = await json(answer);
    expect(answer.headers.get('location')).toBe(`/api/v1/tasks/${taskId}`);
    expect(running.engine.submitted.at(-1)).toMatchObject({
      operation: 'vm.create',
      input: { name: 'web01', vcpus: 1, memoryMiB: 256, start: true, firmware: 'bios' },
      actor: { userName: 'ada' },
    });
  });

  it('take the id from the path, and no body at all', async () => {
    const vm = addVm(running.memory);
    for (const act of ['start', 'shutdown', 'stop', 'reboot', 'reset', 'suspend', 'resume']) {
      const answer = await fetch(`${running.url}/api/v1/vms/${vm.id}/${act}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${admin}` },
      });
      expect(answer.status, act).toBe(202);
      expect(running.engine.submitted.at(-1)).toMatchObject({ operation: `vm.${act}`, input: { id: vm.id } });
    }
    const body = { confirmName: vm.name, deleteDisks: true };
    expect((await running.rest('POST', `/vms/${vm.id}/delete`, admin, body)).status).toBe(202);
    expect(running.engine.submitted.at(-1)?.input).toEqual({ id: vm.id, ...body });
    const other = { id: randomId(), ...body };
    expect((await running.rest('POST', `/vms/${vm.id}/delete`, admin, other)).status).toBe(400);
  });

  it('only plan when asked to', async () => {
    const before = running.engine.submitted.length;
    const body = { name: 'web02', vcpus: 1, memoryMiB: 256 };
    const answer = await running.rest('POST', '/vms?dryRun=true', admin, body);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ plan: { operation: 'vm.create' } });
    expect((await running.rest('POST', '/vms?dryrun=true', admin, body)).status).toBe(400);
    expect(running.engine.submitted.length).toBe(before);
  });

  it('refuse who lacks the right, and write that down', async () => {
    const answer = await running.rest('POST', `/vms/${randomId()}/start`, viewer, {});
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'auth.forbidden', params: { permission: 'vm.power' } });
    expect(running.memory.audit.at(-1)).toEqual({
      operation: 'vm.start',
      userName: 'victor',
      outcome: 'refused',
    });
    const plan = await running.rest('POST', `/vms/${randomId()}/start?dryRun=true`, viewer, {});
    expect(plan.status).toBe(403);
  });

  it('name the fields at fault, in the language that is asked for', async () => {
    const body = { name: 'a/b', vcpus: 0, memoryMiB: '1e3', shell: '$(id)' };
    const answer = await running.rest('POST', '/vms', admin, body);
    expect(answer.status).toBe(400);
    const problem = await json(answer);
    const fields = (problem.errors as { field: string }[]).map((e) => e.field);
    expect(fields.sort()).toEqual(['memoryMiB', 'name', 'shell', 'vcpus']);
    const chinese = await fetch(`${running.url}/api/v1/vms`, {
      headers: { 'accept-language': 'zh-CN,zh;q=0.9' },
    });
    expect((await json(chinese)).detail).toMatch(/\p{Script=Han}/u);
  });

  it.each(['[]', '"x"', '{', 'null', '12'])('refuse a body that is no object: %s', async (body) => {
    const answer = await fetch(`${running.url}/api/v1/vms`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(400);
  });

  it('seal a credential that comes along, and forget it when nothing comes of it', async () => {
    const hostKey = `ssh-ed25519 ${'A'.repeat(40)}`;
    const body = {
      name: 'h',
      address: '192.0.2.1',
      hostKey,
      credential: { kind: 'password', value: 'c4nary-inline' },
    };
    expect((await running.rest('POST', '/hosts', admin, body)).status).toBe(202);
    const [secretId] = [...running.memory.secrets.keys()];
    expect(running.engine.submitted.at(-1)?.input).toMatchObject({ secretId });
    expect(JSON.stringify(running.engine.submitted)).not.toContain('c4nary-inline');
    expect((await running.rest('POST', '/hosts?dryRun=true', admin, body)).status).toBe(200);
    const refused = await running.rest('POST', '/hosts', admin, { ...body, name: 'a/b' });
    expect(refused.status).toBe(400);
    expect(await refused.text()).not.toContain('c4nary-inline');
    expect([...running.memory.secrets.keys()]).toEqual([secretId]);
    expect((await running.rest('POST', '/hosts', viewer, body)).status).toBe(403);
    expect(running.memory.secrets.size).toBe(1);
    expect(running.logged()).not.toContain('c4nary-inline');
  });

  it('on tasks: cancel and retry', async () => {
    const id = randomId();
    running.memory.tasks.set(id, { operation: 'vm.start', input: {} });
    expect((await running.rest('POST', `/tasks/${id}/cancel`, admin)).status).toBe(202);
    const retried = await running.rest('POST', `/tasks/${id}/retry`, admin);
    expect(retried.headers.get('location')).toMatch(/^\/api\/v1\/tasks\/[0-9a-f-]{36}$/);
    expect((await running.rest('POST', `/tasks/${randomId()}/cancel`, admin)).status).toBe(404);
    expect((await running.rest('POST', `/tasks/${id}/cancel`, viewer)).status).toBe(403);
  });
});

describe('a session for programs', () => {
  it('begins with a token, tells who one is, and ends', async () => {
    const token = await running.tokenOf('victor');
    const me = await running.rest('GET', '/session', token);
    expect(await me.json()).toMatchObject({
      user: { name: 'victor' },
      permissions: ['inventory.read', 'event.read'],
    });
    expect(me.headers.getSetCookie()).toEqual([]);
    expect((await running.rest('DELETE', '/session', token)).status).toBe(204);
    expect((await running.rest('GET', '/session', token)).status).toBe(401);
  });
});

describe('openapi.json', () => {
  type Entry = Record<string, unknown> & { operationId: string; parameters?: { in: string; name: string }[] };
  interface OpenApi {
    openapi: string;
    paths: Record<string, Record<string, Entry>>;
    components: { schemas: Record<string, unknown> };
  }
  const load = async () => (await (await fetch(`${running.url}/api/v1/openapi.json`)).json()) as OpenApi;

  it('names every operation once, with its body and answers', async () => {
    const document = await load();
    expect(document.openapi).toBe('3.1.0');
    const entries = Object.values(document.paths).flatMap((path) => Object.values(path));
    const ids = entries.map((entry) => entry.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, rest } of OPERATIONS) {
      const entry = document.paths[rest.path]?.[rest.method.toLowerCase()];
      expect(entry, name).toMatchObject({ operationId: name, requestBody: expect.anything() });
      expect(Object.keys(entry?.responses as object)).toEqual(['200', '202', '4XX', '5XX']);
    }
  });

  it('declares every path parameter and points only at what is there', async () => {
    const document = await load();
    for (const [path, entries] of Object.entries(document.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
      for (const entry of Object.values(entries)) {
        const declared = (entry.parameters ?? []).filter((p) => p.in === 'path').map((p) => p.name);
        expect(declared, path).toEqual(inPath);
      }
    }
    const text = JSON.stringify(document);
    const schemas = document.components.schemas;
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(schemas).toHaveProperty(name ?? '');
    expect(text.match(/"\$ref":"(?!#\/components\/schemas\/)/g)).toBeNull();
  });

  it('gives each schema a type that JSON Schema knows', async () => {
    const known = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];
    const visit = (value: unknown, isSchema: boolean): void => {
      if (Array.isArray(value)) return void value.map((item) => visit(item, isSchema));
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        if (isSchema && key === 'type' && (typeof inner === 'string' || Array.isArray(inner))) {
          for (const type of [inner].flat()) expect(known).toContain(type);
        }
        // Under "properties" the keys are names of fields, such as "type".
        visit(inner, key !== 'properties');
      }
    };
    visit((await load()).components.schemas, false);
  });
});
