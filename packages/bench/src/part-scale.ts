import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { connectedHosts, type VmRow } from '@vireo/workshop/inventory-waits';
import { until } from '@vireo/workshop/rest-client';
import type { TrialConsole } from '@vireo/workshop/trial-console';
import { CHROMIUM, signedInPage } from './part-live.ts';
import { type Measurement, median, p95 } from './statistics.ts';

const TICKS_PER_SECOND = 100;

function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

function residentMiB(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

/** (e) 64 simulated hosts with 3,000 VMs: the list over REST under load, the VRM at rest, and the VM page's first useful paint. */
export async function scale(stack: TrialConsole, hosts: number, vms: number): Promise<Measurement[]> {
  await connectedHosts(stack.client, hosts, 180_000);
  await until(
    `${vms} VMs in the inventory`,
    180_000,
    async () => (await stack.client.get<{ total: number }>('/vms?limit=1')).total >= vms,
  );

  // At rest: nobody asks for anything; the watchers go on.
  await new Promise((resolve) => setTimeout(resolve, 15_000));
  const restStartedAt = performance.now();
  const cpuBefore = cpuSeconds(stack.vrmPid);
  await new Promise((resolve) => setTimeout(resolve, 30_000));
  const cpuShare = (cpuSeconds(stack.vrmPid) - cpuBefore) / ((performance.now() - restStartedAt) / 1000);
  const memoryMiB = residentMiB(stack.vrmPid);

  const latencies: number[] = [];
  const pending: Promise<void>[] = [];
  const filters = ['', 'state:running', 'sim', 'state:shutOff'];
  const sorts = ['name', '-name', 'state', 'host'];
  const requests = 600;
  const startedAt = performance.now();
  for (let i = 0; i < requests; i += 1) {
    const dueAt = startedAt + (i * 1000) / 30;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt - performance.now())));
    const path = `/vms?limit=100&filter=${encodeURIComponent(filters[i % 4] ?? '')}&sort=${sorts[(i >> 2) % 4]}`;
    const sentAt = performance.now();
    pending.push(stack.client.get(path).then(() => void latencies.push(performance.now() - sentAt)));
  }
  await Promise.all(pending);

  const { items } = await stack.client.get<{ items: VmRow[] }>('/vms?limit=20&filter=state:running');
  const browser = await chromium.launch(CHROMIUM);
  const paints: number[] = [];
  try {
    const page = await signedInPage(browser, stack.url);
    for (const vm of items.slice(0, 10)) {
      const navigatedAt = Date.now();
      await page.goto(`${stack.url}/vms/${vm.id}`, { waitUntil: 'commit' });
      await page.getByRole('heading', { name: vm.name, exact: true }).first().waitFor();
      await page.getByRole('main').getByText('Running').first().waitFor();
      paints.push(Date.now() - navigatedAt);
    }
  } finally {
    await browser.close();
  }
  return [
    {
      id: 'e1',
      what: `VM list over REST, ${vms} VMs, 30 requests/s, p95`,
      value: p95(latencies),
      unit: 'ms',
      target: { at: 'most', value: 100 },
      detail: { requests, medianMs: Math.round(median(latencies)) },
    },
    {
      id: 'e2',
      what: `VRM memory, ${hosts} hosts, ${vms} VMs`,
      value: memoryMiB,
      unit: 'MiB',
      target: { at: 'most', value: 512 },
    },
    {
      id: 'e3',
      what: 'VRM CPU at rest',
      value: cpuShare * 100,
      unit: '% of a core',
      target: { at: 'most', value: 25 },
    },
    {
      id: 'e4',
      what: 'VM page: first useful paint, median',
      value: median(paints),
      unit: 'ms',
      target: { at: 'most', value: 1500 },
      detail: { pages: paints.length, p95Ms: p95(paints) },
    },
  ];
}
