import type { z } from 'zod';
import { type OperationFacts, type OperationName, operationFacts } from './operation-facts.ts';

/**
 * Everything that layers need to know of an operation, in one place: tRPC procedure, REST route, OpenAPI entry,
 * task kind, audit entry, rights and confirm level all come from it.
 */
export interface OperationDeclaration<
  Name extends OperationName = OperationName,
  Input extends z.ZodType = z.ZodType,
> extends OperationFacts {
  name: Name;
  input: Input;
}

/** Declares what an operation takes, beside its facts. */
export function operation<const Name extends OperationName, Input extends z.ZodType>(
  name: Name,
  input: Input,
): OperationDeclaration<Name, Input> {
  return { name, input, ...operationFacts(name) };
}
