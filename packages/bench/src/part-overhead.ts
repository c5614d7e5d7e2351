import { openSession } from '@vireo/link';
import { createGuest, deleteGuest, type HostRow, vmState } from '@vireo/workshop/inventory-waits';
import { until } from '@vireo/workshop/rest-client';
import type { TrialConsole } from '@vireo/workshop/trial-console';
import { labEndpoint } from './lab-endpoint.ts';
import { type Measurement, median } from './statistics.ts';

/**
 * (b) What the console adds to `virsh start` and `virsh destroy`: the same VM, by turns through REST (request until the task
 * is done) and by hand over one open SSH connection.
 */
export async function overhead(stack: TrialConsole, host: HostRow, rounds: number): Promise<Measurement[]> {
  const id = await createGuest(stack.client, host.id, 'bench-overhead', { start: false });
  const session = await openSession(await labEndpoint(host.name));
  const byHand = async (verb: string) => {
    const result = await session.exec({ argv: ['virsh', verb, id], timeoutMs: 60_000, effect: 'write' });
    if (result.exitCode !== 0) throw new Error(`virsh ${verb}: ${result.stderr}`);
    return result.durationMs;
  };
  const samples = {
    startConsole: [] as number[],
    startHand: [] as number[],
    stopConsole: [] as number[],
    stopHand: [] as number[],
  };
  try {
    for (let round = 0; round < rounds; round += 1) {
      samples.startConsole.push((await stack.client.run(`/vms/${id}/start`, {})).durationMs);
      samples.stopConsole.push((await stack.client.run(`/vms/${id}/stop`, {})).durationMs);
      samples.startHand.push(await byHand('start'));
      samples.stopHand.push(await byHand('destroy'));
      // The console must have seen the stop by hand before it starts the VM again.
      await until(
        'the stop by hand to show',
        10_000,
        async () => (await vmState(stack.client, id)) === 'shutOff',
      );
    }
  } finally {
    session.close();
    await deleteGuest(stack.client, id);
  }
  const ratio = (a: number[], b: number[]) => median(a) / median(b);
  const sum = samples.startConsole.map((v, i) => v + (samples.stopConsole[i] ?? 0));
  const sumHand = samples.startHand.map((v, i) => v + (samples.stopHand[i] ?? 0));
  const medians = Object.fromEntries(
    Object.entries(samples).map(([k, v]) => [`${k}Ms`, Math.round(median(v))]),
  );
  return [
    {
      id: 'b',
      what: 'start + stop through the console / by hand',
      value: ratio(sum, sumHand),
      unit: 'ratio',
      target: { at: 'most', value: 1.25 },
      detail: { rounds, ...medians },
    },
    {
      id: 'b1',
      what: 'start through the console / virsh start',
      value: ratio(samples.startConsole, samples.startHand),
      unit: 'ratio',
    },
    {
      id: 'b2',
      what: 'stop through the console / virsh destroy',
      value: ratio(samples.stopConsole, samples.stopHand),
      unit: 'ratio',
    },
  ];
}
