import { spawn } from 'node:child_process';
import { canRunLab } from './can-run.ts';
import { fabricArgv, fabricExists } from './fabric.ts';
import { hostArgv, knownHost } from './host.ts';
import { cut, labDown, labStatus, labUp, poweroff, poweron, uncut } from './lab.ts';
import { LabError } from './lab-error.ts';
import { ensurePackages } from './packages.ts';
import { hostAddress, labKeyPath, labSettings } from './settings.ts';

const USAGE = `Real hosts on this machine, for trying and testing.

  npm run lab -- up [N]             bring up N hosts (3), building what is missing
  npm run lab -- down [--erase]     switch all off; --erase also removes their disks and definitions
  npm run lab -- status             what is there
  npm run lab -- check              whether this machine can run it (exit code), and if not, why
  npm run lab -- ssh NAME [CMD...]  over SSH as root (a shell without CMD)
  npm run lab -- sh NAME [CMD...]   without SSH, works while the link is cut
  npm run lab -- poweroff NAME      sudden power loss
  npm run lab -- poweron NAME
  npm run lab -- cut NAME           cut the management link
  npm run lab -- uncut NAME
  npm run lab -- tor [CMD...]       beside the data switch: ovs-vsctl show, ping a guest

Hosts are cna01, cna02 and so on.`;

const say = (line: string) => console.log(line);

/** Runs a command on this terminal; this process ends as it ends. */
function attach(argv: readonly string[]): Promise<number> {
  const [program = '', ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    child.on('error', (error) => reject(new LabError(`Can't run ${program}: ${error.message}`)));
    child.on('close', (code) => resolve(code ?? 255));
  });
}

function sshArgv(name: string, command: readonly string[]): string[] {
  const options = [
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'LogLevel=ERROR',
    'ConnectTimeout=5',
  ];
  const flags = ['-i', labKeyPath(), ...options.flatMap((option) => ['-o', option])];
  return ['ssh', ...flags, `root@${hostAddress(name)}`, ...command];
}

async function printStatus(): Promise<void> {
  const status = await labStatus();
  console.log(`lab in ${status.dir}, fabric ${status.fabric}`);
  for (const host of status.hosts) {
    const state = host.isCut ? `${host.state}, cut` : host.state;
    console.log(`${host.name}  ${host.address}  ${state.padEnd(10)}  ${host.processes} processes`);
  }
}

function check(): number {
  const can = canRunLab();
  console.log(can.ok ? 'This machine can run the lab.' : can.reason);
  return can.ok ? 0 : 1;
}

async function up(count: string | undefined): Promise<void> {
  const can = canRunLab();
  if (!can.ok) throw new LabError(`The lab can't run on this machine: ${can.reason}.`);
  const began = Date.now();
  await ensurePackages(say);
  await labUp(count === undefined ? 3 : Number(count), say);
  console.log(`Up after ${((Date.now() - began) / 1000).toFixed(1)} s. Key: ${labKeyPath()}`);
}

/** Does what the command line says; gives the exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const [verb = 'help', name = '', ...rest] = argv;
  const asRoot = ['up', 'down', 'status', 'sh', 'poweroff', 'poweron', 'cut', 'uncut', 'tor'];
  if (asRoot.includes(verb) && process.getuid?.() !== 0)
    throw new LabError('The lab needs root, and this is not root.');
  const command = (given: readonly string[]) => (given.length > 0 ? given : ['bash']);
  const changes = { poweroff, poweron, cut, uncut };
  switch (verb) {
    case 'up':
      await up(argv[1]);
      return 0;
    case 'down':
      await labDown(labSettings(), argv.includes('--erase'));
      return 0;
    case 'status':
      await printStatus();
      return 0;
    case 'check':
      return check();
    case 'ssh':
      await knownHost(labSettings(), name);
      return attach(sshArgv(name, rest));
    case 'sh':
      return attach(await hostArgv(labSettings(), name, command(rest)));
    case 'tor':
      if (!fabricExists(labSettings())) throw new LabError('The lab is down.');
      return attach(fabricArgv(labSettings(), command(argv.slice(1))));
    case 'poweroff':
    case 'poweron':
    case 'cut':
    case 'uncut':
      await changes[verb](name);
      return 0;
    default:
      console.log(USAGE);
      return verb === 'help' || verb === '--help' ? 0 : 2;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
