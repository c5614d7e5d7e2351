import { spawn } from 'node:child_process';
import { LabError } from './lab-error.ts';

/** What a finished command left. */
export interface RunResult {
  /** 128 + signal number is not computed: a command killed by a signal has 255. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Gets output as it comes, instead of it being kept. */
  readonly onOutput?: (text: string) => void;
}

/** Environment of all commands: fixed language, all of root's directories, nothing else of the caller. */
export const COMMAND_ENV = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  HOME: '/root',
};

/** Node's pipes are sockets, which can't be opened as /dev/stdin as `virsh define /dev/stdin` does; a shell's can. */
const PIPED = 'cat | "$@"';

/** Runs a command to its end, whatever its exit code. Throws LabError when the program is not there. */
export function run(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const [program = '', ...args] = options.stdin === undefined ? argv : ['sh', '-c', PIPED, 'sh', ...argv];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: '/',
      env: { ...COMMAND_ENV, ...options.env },
      stdio: [options.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (options.onOutput) options.onOutput(text);
      else stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      options.onOutput?.(text);
    });
    child.on('error', (error) => reject(new LabError(`Can't run ${program}: ${error.message}`)));
    child.on('close', (code) => resolve({ exitCode: code ?? 255, stdout, stderr }));
    if (options.stdin === undefined) return;
    // A command that doesn't read its input may end first; its exit code tells more than EPIPE.
    child.stdin?.on('error', () => child.stdin?.destroy());
    child.stdin?.end(options.stdin);
  });
}

/** Runs a command that has to succeed and gives its standard output. Throws LabError with what it said. */
export async function must(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const result = await run(argv, options);
  if (result.exitCode !== 0) {
    const said = (result.stderr || result.stdout).trim();
    throw new LabError(`\`${argv.join(' ')}\` failed with ${result.exitCode}: ${said}`);
  }
  return result.stdout;
}
