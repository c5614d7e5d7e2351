import type { SimHost } from '../model/host.ts';
import type { Invocation } from './program.ts';

/** One virsh command, already taken apart. */
export interface VirshCall {
  host: SimHost;
  invocation: Invocation;
  /** Words that are no options, without the verb. */
  words: readonly string[];
  options: ReadonlySet<string>;
  isQuiet: boolean;
}

/** Error lines without their `error: `; thrown by verbs. */
export class VirshError extends Error {
  readonly lines: readonly string[];

  constructor(...lines: string[]) {
    super(lines[0] ?? '');
    this.name = 'VirshError';
    this.lines = lines;
  }
}

/** @returns what virsh prints. */
export type Verb = (call: VirshCall) => string | Promise<string>;
