import type { z } from 'zod';
import type { ObjectKind } from './ids.ts';
import type { Permission } from './permissions.ts';
import type { VmState } from './states.ts';

/** How much a confirm dialog asks: nothing; a click; the object's name typed. */
export type Danger = 'none' | 'disruptive' | 'destructive';

/**
 * Everything that layers need to know of an operation, in one place: tRPC procedure, REST route, OpenAPI entry,
 * task kind, audit entry, rights and confirm level all come from it.
 */
export interface OperationDeclaration<Name extends string = string, Input extends z.ZodType = z.ZodType> {
  name: Name;
  object: ObjectKind;
  permission: Permission;
  danger: Danger;
  input: Input;
  /** For operations on an existing VM: the observed states in which it may be asked for. */
  allowedStates?: readonly VmState[];
  /** Whether the object's host must be connected to submit it. */
  needsConnection: boolean;
  rest: { method: 'POST' | 'PATCH' | 'DELETE'; path: string };
}

/** Declares an operation (identity; keeps the literal types). */
export function operation<const Name extends string, Input extends z.ZodType>(
  declaration: OperationDeclaration<Name, Input>,
): OperationDeclaration<Name, Input> {
  return declaration;
}
