import { VireoError } from '@vireo/contracts';
import { z } from 'zod';
import type { ApiContext } from '../http/environment.ts';

const JsonObject = z.record(z.string(), z.unknown());

/** The body as a JSON object; nothing at all counts as `{}`. @throws VireoError `request.malformed`. */
export async function readBody(c: ApiContext): Promise<Record<string, unknown>> {
  const text = await c.req.text();
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new VireoError('request.malformed', {}, { cause });
  }
  const parsed = JsonObject.safeParse(value);
  if (!parsed.success) throw new VireoError('request.malformed');
  return parsed.data;
}

const ACTION_QUERY = z.strictObject({ dryRun: z.enum(['true', 'false']).optional() });

/** Whether `?dryRun=true` is asked for; any other query is refused. */
export function isDryRun(c: ApiContext): boolean {
  return ACTION_QUERY.parse(c.req.query()).dryRun === 'true';
}
