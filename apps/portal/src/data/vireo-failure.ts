import { TRPCClientError } from '@trpc/client';
import { ERROR_CODES, type ErrorCode, type FieldProblem, type MessageRef } from '@vireo/contracts';
import { z } from 'zod';

const Shape = z.object({
  vireo: z.object({
    code: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
    fields: z.array(z.object({ field: z.string(), message: z.string() })).default([]),
  }),
});

export interface VireoFailure {
  code: ErrorCode;
  /** Its sentence, for `useSay()`. */
  message: MessageRef;
  fields: readonly FieldProblem[];
}

const isErrorCode = (code: string): code is ErrorCode => code in ERROR_CODES;

/** What went wrong, whatever was thrown: the API's own code, or `unavailable` when no answer came. */
export function failureOf(error: unknown): VireoFailure {
  if (error instanceof TRPCClientError) {
    const parsed = Shape.safeParse(error.data);
    if (parsed.success && isErrorCode(parsed.data.vireo.code)) {
      const { code, params, fields } = parsed.data.vireo;
      return { code, message: { key: `errors.${code}`, params }, fields };
    }
    if (!error.data) return { code: 'unavailable', message: { key: 'errors.unavailable' }, fields: [] };
  }
  return { code: 'internal', message: { key: 'errors.internal' }, fields: [] };
}
