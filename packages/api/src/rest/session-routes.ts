import { Hono } from 'hono';
import { requireSession } from '../base-procedures.ts';
import { changePassword, PasswordChange } from '../change-password.ts';
import type { ApiServices } from '../context.ts';
import type { ApiEnv } from '../http/environment.ts';
import { beginSession, endSession, SignInInput, sessionView } from '../session.ts';
import { readBody } from './request-body.ts';

/** Signing in for programs: the answer holds a bearer token, no cookie. */
export function sessionRoutes(services: ApiServices): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  routes.post('/', async (c) => {
    const begun = await beginSession(services, SignInInput.parse(await readBody(c)), {
      kind: 'api',
      address: c.get('address'),
      userAgent: c.req.header('user-agent') ?? '',
    });
    return c.json({ token: begun.token, ...sessionView(begun.session) }, 201);
  });
  routes.get('/', (c) => c.json(sessionView(requireSession(c.get('session')))));
  routes.delete('/', async (c) => {
    await endSession(services, requireSession(c.get('session')), c.get('address'));
    return c.body(null, 204);
  });
  routes.post('/password', async (c) => {
    const session = requireSession(c.get('session'));
    const change = PasswordChange.parse(await readBody(c));
    return c.json(await changePassword(services, session, c.get('address'), change));
  });
  return routes;
}
