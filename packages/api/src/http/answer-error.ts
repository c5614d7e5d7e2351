import { STATUS_CODES } from 'node:http';
import { type Locale, say, type VireoError } from '@vireo/contracts';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import type { ApiContext } from './environment.ts';

/** RFC 9457. `code` and `params` are for programs, `detail` for people. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  errors: z.array(z.object({ field: z.string(), message: z.string() })),
});
export type Problem = z.infer<typeof Problem>;

export function problemOf(failure: VireoError, locale: Locale): Problem {
  return {
    type: `urn:vireo:problem:${failure.code}`,
    title: STATUS_CODES[failure.status] ?? 'Error',
    status: failure.status,
    detail: say(locale, failure.messageRef),
    code: failure.code,
    params: { ...failure.params },
    errors: [...failure.fields],
  };
}

/** Chinese for those who ask for it, English for everybody else. */
function localeOf(acceptLanguage: string | undefined): Locale {
  const first = (acceptLanguage ?? '').split(',')[0]?.trim().toLowerCase() ?? '';
  return first.startsWith('zh') ? 'zh-CN' : 'en';
}

/** The status as Hono types it; every one of ours has a body. */
const statusOf = (failure: VireoError) => failure.status as ContentfulStatusCode;

function retryAfter(failure: VireoError): Record<string, string> {
  const { seconds, minutes } = failure.params;
  if (typeof seconds === 'number') return { 'retry-after': String(seconds) };
  if (typeof minutes === 'number') return { 'retry-after': String(minutes * 60) };
  return {};
}

export function answerProblem(c: ApiContext, failure: VireoError): Response {
  const problem = problemOf(failure, localeOf(c.req.header('accept-language')));
  return c.body(JSON.stringify(problem), statusOf(failure), {
    'content-type': 'application/problem+json',
    ...retryAfter(failure),
  });
}

/** The shape of tRPC's own errors, so that its client gives our code to the page. One answer stands for a whole batch. */
export function answerTrpcError(c: ApiContext, failure: VireoError): Response {
  const { code, params, fields, status } = failure;
  const data = { code: 'BAD_REQUEST', httpStatus: status, vireo: { code, params, fields } };
  return c.json({ error: { message: code, code: -32600, data } }, statusOf(failure), retryAfter(failure));
}
