import type { MessageRef } from './message.ts';

/**
 * Every way in which Vireo refuses or fails, with its HTTP status. The code is the contract with
 * programs; the sentence for people is `messages/<locale>.ts` under `errors.<code>`, filled from `params`.
 */
export const ERROR_CODES = {
  // the request itself
  'input.invalid': 400,
  'input.tooLarge': 413,
  'input.rateLimited': 429,
  'request.originRefused': 403,
  'request.malformed': 400,
  notFound: 404,
  internal: 500,
  unavailable: 503,
  // sign-in and rights
  'auth.required': 401,
  'auth.badCredentials': 401,
  'auth.locked': 429,
  'auth.passwordChangeRequired': 403,
  'auth.passwordWeak': 400,
  'auth.forbidden': 403,
  'auth.busy': 503,
  'user.nameTaken': 409,
  'user.isSelf': 409,
  'user.lastAdministrator': 409,
  // hosts
  'host.nameTaken': 409,
  'host.addressTaken': 409,
  'host.notConnected': 409,
  'host.unreachable': 502,
  'host.keyChanged': 409,
  'host.authRefused': 502,
  'host.hasOpenTasks': 409,
  'host.preflightFailed': 409,
  // VMs
  'vm.busy': 409,
  'vm.stateNotAllowed': 409,
  'vm.stateUnknown': 409,
  'vm.nameTaken': 409,
  'vm.noHostFits': 409,
  'vm.hostRefused': 409,
  'vm.diskInUse': 409,
  'vm.diskNotOwned': 409,
  'vm.consoleUnavailable': 409,
  'vm.ambiguousUuid': 409,
  'vm.shutdownTimedOut': 504,
  // hosts and VMs alike
  'object.busy': 409,
  'object.confirmNameMismatch': 400,
  // storage and network as far as VMs need them
  'image.notOnHost': 409,
  'image.unsafe': 409,
  'network.notOnHost': 409,
  // tasks and steps
  'task.notCancellable': 409,
  'task.notRetryable': 409,
  'task.cancelled': 409,
  'plan.worldMoved': 409,
  'step.failed': 502,
  'step.timedOut': 504,
  'step.connectionLost': 502,
  'step.outcomeUnknown': 502,
  'undo.failed': 502,
  // console
  'ticket.invalid': 403,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** One refused field of an input: where, and what would be accepted. */
export interface FieldProblem {
  /** Dotted path, e.g. `disk.sizeGiB`. */
  field: string;
  message: string;
  /** The same as a message reference, where it is one: for the reader's own language. */
  ref?: MessageRef;
}

/** The one error type that crosses rooms: a code, its numbers, and the fields at fault. Never carries secrets. */
export class VireoError extends Error {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
  readonly fields: readonly FieldProblem[];

  constructor(
    code: ErrorCode,
    params: Record<string, string | number> = {},
    options: { fields?: FieldProblem[]; cause?: unknown } = {},
  ) {
    super(`${code} ${JSON.stringify(params)}`, { cause: options.cause });
    this.name = 'VireoError';
    this.code = code;
    this.params = params;
    this.fields = options.fields ?? [];
  }

  /** HTTP status that this code stands for. */
  get status(): number {
    return ERROR_CODES[this.code];
  }

  /** The sentence for people, as a message reference. */
  get messageRef(): MessageRef {
    return { key: `errors.${this.code}`, params: this.params };
  }
}
