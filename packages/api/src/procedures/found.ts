import { VireoError } from '@vireo/contracts';

/** Unwraps a lookup. @throws VireoError `notFound`, the same for an id that never was. */
export function found<T>(value: T | null): T {
  if (value === null) throw new VireoError('notFound');
  return value;
}
