import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canRunLab } from '@vireo/lab';
import { connectedHosts } from '@vireo/workshop/inventory-waits';
import { startTrialConsole, type TrialConsole } from '@vireo/workshop/trial-console';
import { consoleThroughput } from './part-console.ts';
import { cycleCost } from './part-cycle.ts';
import { liveness } from './part-live.ts';
import { overhead } from './part-overhead.ts';
import { scale } from './part-scale.ts';
import { type Measurement, meetsTarget } from './statistics.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const PORT = Number(process.env.VIREO_BENCH_PORT ?? 3200);
const only = process.argv.slice(2);
const wants = (part: string) => only.length === 0 || only.includes(part);
const results: Measurement[] = [];

async function part(name: string, what: string, work: () => Promise<Measurement[]>): Promise<void> {
  if (!wants(name)) return;
  console.log(`\n(${name}) ${what}`);
  const measured = await work();
  for (const m of measured) {
    console.log(line(m));
    if (m.detail) console.log(`      ${JSON.stringify(m.detail)}`);
  }
  results.push(...measured);
}

function line(m: Measurement): string {
  const target = m.target ? `target ${m.target.at === 'most' ? '<=' : '>='} ${m.target.value}` : '';
  const verdict = { true: 'met', false: 'MISSED', null: '' }[
    String(meetsTarget(m)) as 'true' | 'false' | 'null'
  ];
  const value = m.value >= 100 ? m.value.toFixed(0) : m.value.toFixed(2);
  return `  ${m.id.padEnd(3)} ${m.what.padEnd(66)} ${value.padStart(8)} ${m.unit.padEnd(12)} ${target.padEnd(15)} ${verdict}`;
}

async function withStack(
  kind: 'lab' | 'simulator',
  env: Record<string, string>,
  work: (stack: TrialConsole) => Promise<void>,
): Promise<void> {
  const stack = await startTrialConsole(kind, PORT, env);
  try {
    await work(stack);
  } finally {
    await stack.stop();
  }
}

if (['a', 'b', 'c', 'd'].some(wants)) {
  const lab = canRunLab();
  if (!lab.ok) console.log(`Parts a to d need the lab's real hosts, which can't run here: ${lab.reason}`);
  else
    await withStack('lab', {}, async (stack) => {
      const [host] = await connectedHosts(stack.client, 3);
      if (!host) throw new Error('the lab has no host');
      await part('a', 'How soon the browser shows what happened', () => liveness(stack, host, 50));
      await part('b', 'What the console adds to virsh', () => overhead(stack, host, 15));
      await part('c', 'Console bytes', () => consoleThroughput(stack, host, 5));
      await part('d', 'Round trips and bytes per host per cycle', () => cycleCost(host));
    });
}
if (wants('e')) {
  await withStack('simulator', { VIREO_SIMULATED_HOSTS: '64', VIREO_SIMULATED_VMS: '47' }, (stack) =>
    part('e', 'Scale: 64 simulated hosts, 3,000 VMs', () => scale(stack, 64, 3000)),
  );
}

const folder = join(root, 'bench-results');
mkdirSync(folder, { recursive: true });
const file = join(folder, `bench-${new Date().toISOString().replaceAll(':', '-')}.json`);
writeFileSync(
  file,
  `${JSON.stringify({ at: new Date().toISOString(), cores: cpus().length, cpu: cpus()[0]?.model, node: process.version, results }, null, 2)}\n`,
);
console.log(`\n${results.map(line).join('\n')}\n\nWritten to ${file}`);
