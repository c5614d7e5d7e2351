import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSimulator } from './simulator.ts';
import type { Simulator, SimulatorOptions } from './types.ts';

const USAGE = `Simulated hosts for Vireo.

  --hosts N          how many (4)
  --vms-per-host N   VMs on each (25)
  --seed WORD        the same word gives the same hosts (vireo)
  --base-port N      first port (24100); another range is taken when it is in use
  --list FILE        writes names, addresses, keys and the sign-in key's place there`;

const PORT_RANGES = 6;
const PORT_RANGE_STEP = 1300;

const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '4' },
    'vms-per-host': { type: 'string', default: '25' },
    seed: { type: 'string', default: 'vireo' },
    'base-port': { type: 'string', default: '24100' },
    list: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

if (values.help) console.log(USAGE);
else await serve();

async function serve(): Promise<void> {
  const simulator = await startInFreeRange({
    hosts: Number(values.hosts),
    vmsPerHost: Number(values['vms-per-host']),
    seed: values.seed,
    basePort: Number(values['base-port']),
  });
  if (values.list) writeList(values.list, simulator);
  const [first] = simulator.hosts;
  const last = simulator.hosts.at(-1);
  const vms = simulator.hosts.reduce((sum, host) => sum + host.model.vms.size, 0);
  console.log(
    `ready: ${simulator.hosts.length} simulated hosts with ${vms} VMs on ports ${first?.port}-${last?.port}`,
  );
  const stop = () => void simulator.close().then(() => process.exit(0));
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Ports stay the same from start to start while they are free, so that an inventory made with them goes on working. */
async function startInFreeRange(options: SimulatorOptions & { basePort: number }): Promise<Simulator> {
  for (let range = 0; ; range++) {
    try {
      return await startSimulator({ ...options, basePort: options.basePort + range * PORT_RANGE_STEP });
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!isTaken || range + 1 === PORT_RANGES) throw error;
    }
  }
}

function writeList(file: string, { hosts, user, privateKey }: Simulator): void {
  const privateKeyFile = join(dirname(file), 'simulated-hosts.key');
  writeFileSync(privateKeyFile, privateKey, { mode: 0o600 });
  const list = hosts.map(({ name, address, port, hostKey }) => ({
    name,
    address,
    port,
    user,
    privateKeyFile,
    hostKey,
  }));
  writeFileSync(file, JSON.stringify(list, null, 2));
}
