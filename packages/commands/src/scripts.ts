import * as domain from './scripts/domain-scripts.ts';
import * as file from './scripts/file-scripts.ts';
import * as host from './scripts/host-scripts.ts';

export * from './scripts/domain-scripts.ts';
export * from './scripts/file-scripts.ts';
export * from './scripts/host-scripts.ts';

/** Every fixed script by name: what `sh -c` may be given on a host. The simulator answers by these names. */
export const SCRIPTS = { ...domain, ...file, ...host } as const;
export type ScriptName = keyof typeof SCRIPTS;

/** Which of our scripts an argv runs, and with which arguments; null for any other command. */
export function scriptCall(argv: readonly string[]): { name: ScriptName; args: readonly string[] } | null {
  if (argv[0] !== 'sh' || argv[1] !== '-c' || argv[3] !== 'sh') return null;
  for (const name of Object.keys(SCRIPTS) as ScriptName[])
    if (SCRIPTS[name] === argv[2]) return { name, args: argv.slice(4) };
  return null;
}
