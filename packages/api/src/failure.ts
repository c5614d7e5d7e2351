import { TRPCError } from '@trpc/server';
import { type FieldProblem, VireoError } from '@vireo/contracts';
import { ZodError } from 'zod';

/** Turns what a schema refused into fields and sentences. Values are never repeated in it. */
function fieldProblems(error: ZodError): FieldProblem[] {
  return error.issues.slice(0, 50).flatMap((issue): FieldProblem[] => {
    const field = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.slice(0, 20).map((key) => ({
        field: [field, key.slice(0, 64)].filter(Boolean).join('.'),
        message: 'is not a known field',
      }));
    }
    return [{ field, message: issue.message }];
  });
}

/** The one translation of anything thrown into an error that a client may see. Unknown causes become `internal`. */
export function asVireoError(thrown: unknown): VireoError {
  if (thrown instanceof VireoError) return thrown;
  if (thrown instanceof ZodError) {
    return new VireoError('input.invalid', {}, { fields: fieldProblems(thrown), cause: thrown });
  }
  if (thrown instanceof TRPCError) {
    if (thrown.cause instanceof VireoError || thrown.cause instanceof ZodError)
      return asVireoError(thrown.cause);
    switch (thrown.code) {
      case 'NOT_FOUND':
        return new VireoError('notFound', {}, { cause: thrown });
      case 'PAYLOAD_TOO_LARGE':
        return new VireoError('input.tooLarge', {}, { cause: thrown });
      case 'BAD_REQUEST':
      case 'PARSE_ERROR':
      case 'METHOD_NOT_SUPPORTED':
      case 'UNSUPPORTED_MEDIA_TYPE':
        return new VireoError('request.malformed', {}, { cause: thrown });
      default:
        return new VireoError('internal', {}, { cause: thrown });
    }
  }
  return new VireoError('internal', {}, { cause: thrown });
}
