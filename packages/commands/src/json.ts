import { hostOutputError } from './host-output-error.ts';

/** @throws HostOutputError */
export function jsonOf(tool: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw Object.assign(hostOutputError(tool, 'not JSON', text), { cause });
  }
}
