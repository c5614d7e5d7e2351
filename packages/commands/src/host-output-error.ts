import { HostOutputError } from './types.ts';

/** Makes the error for output that its tool's manual does not promise. The excerpt is cut and has no control characters. */
export function hostOutputError(tool: string, problem: string, excerpt = ''): HostOutputError {
  const safe = excerpt.slice(0, 120).replaceAll(/\p{Cc}/gu, ' ');
  return new HostOutputError(`${tool}: ${problem}${safe ? `: "${safe}"` : ''}`);
}
