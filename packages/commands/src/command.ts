import type { CommandSpec } from '@vireo/contracts';

/** Names the program, what it does to the host and how long it may take. */
export function readingCommand(argv: string[], timeoutMs = 30_000): CommandSpec {
  return { argv, timeoutMs, effect: 'read' };
}

export function writingCommand(argv: string[], timeoutMs = 60_000, stdin?: string): CommandSpec {
  return { argv, timeoutMs, effect: 'write', ...(stdin === undefined ? {} : { stdin }) };
}

/** argv of one of our fixed scripts ({@link file://./scripts.ts}); arguments become `$1`, `$2`, ... and are never part of the script. */
export function scriptArgv(script: string, ...args: string[]): string[] {
  return ['sh', '-c', script, 'sh', ...args];
}
