import { TRPCClientError } from '@trpc/client';
import { ERROR_CODES, type ErrorCode, type FieldProblem, type MessageRef } from '@vireo/contracts';

export interface VireoFailure {
  code: ErrorCode;
  /** Its sentence, for `useSay()`. */
  message: MessageRef;
  fields: readonly FieldProblem[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isParam = (entry: [string, unknown]): entry is [string, string | number] =>
  typeof entry[1] === 'string' || typeof entry[1] === 'number';
const isFieldProblem = (value: unknown): value is FieldProblem =>
  isObject(value) && typeof value.field === 'string' && typeof value.message === 'string';
const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);

/** The API's own part of an error, read by hand: this is on every page, and a schema library is not. */
function failureIn(data: unknown): VireoFailure | null {
  const said = isObject(data) ? data.vireo : null;
  if (!isObject(said) || !isErrorCode(said.code)) return null;
  const params = isObject(said.params) ? Object.fromEntries(Object.entries(said.params).filter(isParam)) : {};
  const fields = Array.isArray(said.fields) ? said.fields.filter(isFieldProblem) : [];
  return { code: said.code, message: { key: `errors.${said.code}`, params }, fields };
}

/** What went wrong, whatever was thrown: the API's own code, or `unavailable` when no answer came. */
export function failureOf(error: unknown): VireoFailure {
  if (error instanceof TRPCClientError) {
    const failure = failureIn(error.data);
    if (failure) return failure;
    if (!error.data) return { code: 'unavailable', message: { key: 'errors.unavailable' }, fields: [] };
  }
  return { code: 'internal', message: { key: 'errors.internal' }, fields: [] };
}
