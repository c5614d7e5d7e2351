import { ListInput, OPERATIONS, VireoError } from '@vireo/contracts';
import { type Context, Hono } from 'hono';
import { actorOf, requireSettledSession } from '../base-procedures.ts';
import type { ApiServices } from '../context.ts';
import type { ApiEnv } from '../http/environment.ts';
import { requestContext } from '../http/request-context.ts';
import { createCaller } from '../router.ts';
import { planOperation, submitOperation } from '../submit-operation.ts';
import { sealInlineCredential } from './inline-credential.ts';
import { openApiDocument } from './openapi.ts';
import { isDryRun, readBody } from './request-body.ts';
import { type Caller, RESOURCES } from './resources.ts';
import { sessionRoutes } from './session-routes.ts';

/** REST hands out no cookies: programs keep the token that signing in gave them. */
const noCarrier = { give: () => undefined, take: () => undefined };

/** `/vms/{id}/start` as the router writes it. */
const routePath = (path: string) => path.replace(/\{(\w+)\}/g, ':$1');

function accepted(c: Context<ApiEnv>, taskId: string): Response {
  return c.json({ taskId }, 202, { location: `/api/v1/tasks/${taskId}` });
}

/** The same procedures and operations as tRPC, said in REST. */
export function restRoutes(services: ApiServices): Hono<ApiEnv> {
  const callerOf = (c: Context<ApiEnv>): Caller => createCaller(requestContext(services, c, noCarrier));
  const rest = new Hono<ApiEnv>();
  rest.get('/openapi.json', (c) => c.json(openApiDocument()));
  rest.route('/session', sessionRoutes(services));

  for (const { path, list, one, defaultSort } of RESOURCES) {
    rest.get(`/${path}`, async (c) => {
      const call = callerOf(c);
      return c.json(await list(call, ListInput.parse({ sort: defaultSort, ...c.req.query() })));
    });
    if (!one) continue;
    rest.get(`/${path}/:id`, async (c) => {
      const id = c.req.param('id');
      const call = callerOf(c);
      requireSettledSession(c.get('session'));
      // What can't be an id is answered like an id that nothing has.
      if (!one.id.safeParse(id).success) throw new VireoError('notFound');
      return c.json((await one.get(call, id)) as object);
    });
  }

  for (const { name, rest: route } of OPERATIONS) {
    rest.on(route.method, routePath(route.path), async (c) => {
      const actor = actorOf(requireSettledSession(c.get('session')), c.get('address'));
      const dryRun = isDryRun(c);
      const body = await readBody(c);
      const { input, sealed } = await sealInlineCredential(callerOf(c), name, body);
      const id = c.req.param('id');
      const whole = id === undefined ? input : { ...input, id };
      if (input.id !== undefined && input.id !== id)
        throw new VireoError(
          'input.invalid',
          {},
          { fields: [{ field: 'id', message: 'is given by the path' }] },
        );
      let isKept = false;
      try {
        if (dryRun) return c.json({ plan: await planOperation(services, actor, name, whole) });
        const { taskId } = await submitOperation(services, actor, name, whole);
        isKept = true;
        return accepted(c, taskId);
      } finally {
        if (sealed && !isKept) await services.store.secrets.remove(sealed);
      }
    });
  }

  rest.post('/tasks/:id/cancel', async (c) => {
    await callerOf(c).task.cancel({ id: c.req.param('id') });
    return accepted(c, c.req.param('id'));
  });
  rest.post('/tasks/:id/retry', async (c) => {
    const { taskId } = await callerOf(c).task.retry({ id: c.req.param('id') });
    return accepted(c, taskId);
  });
  return rest;
}
