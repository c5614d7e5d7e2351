import type { ApiServices, RequestContext, SessionCarrier } from '../context.ts';
import type { ApiContext } from './environment.ts';

/** The inner context of one HTTP request. */
export function requestContext(
  services: ApiServices,
  c: ApiContext,
  carrier: SessionCarrier,
): RequestContext {
  return {
    services,
    session: c.get('session'),
    address: c.get('address'),
    userAgent: c.req.header('user-agent') ?? '',
    carrier,
  };
}
