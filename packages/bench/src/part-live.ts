import { type Browser, chromium, type Page } from '@playwright/test';
import { hostExec } from '@vireo/lab';
import { createGuest, deleteGuest, type HostRow } from '@vireo/workshop/inventory-waits';
import { ADMIN_PASSWORD } from '@vireo/workshop/rest-client';
import type { TrialConsole } from '@vireo/workshop/trial-console';
import { type Measurement, median, p95 } from './statistics.ts';

export const CHROMIUM = {
  executablePath: process.env.VIREO_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
};

export async function signedInPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
  // tsx wraps functions in a helper of its own, which the page does not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.goto(`${url}/login`);
  await page.getByLabel(/user/i).fill('admin');
  await page
    .getByLabel(/password/i)
    .first()
    .fill(ADMIN_PASSWORD);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.waitForURL((u) => !u.pathname.startsWith('/login'));
  return page;
}

/** Resolves in the page with the wall clock at which the row of `name` first shows `state`. */
function whenRowShows(page: Page, name: string, state: string): Promise<number> {
  return page.evaluate(
    ([wantedName, wantedState]) =>
      new Promise<number>((resolve, reject) => {
        const shows = () =>
          [...document.querySelectorAll('[role=row], tr')].some(
            (row) =>
              row.textContent?.includes(wantedName ?? '') && row.textContent.includes(wantedState ?? ''),
          );
        if (shows()) {
          resolve(Date.now());
          return;
        }
        const observer = new MutationObserver(() => {
          if (!shows()) return;
          observer.disconnect();
          resolve(Date.now());
        });
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        });
        setTimeout(() => {
          observer.disconnect();
          reject(new Error(`the row of ${wantedName} does not show ${wantedState}`));
        }, 20_000);
      }),
    [name, state],
  );
}

/**
 * (a) How soon the open VM list shows what happened: `virsh suspend` by hand on the host (from the moment virsh returned),
 * and Resume submitted in the page (from the moment of the request).
 */
export async function liveness(stack: TrialConsole, host: HostRow, rounds: number): Promise<Measurement[]> {
  const name = 'bench-live';
  const id = await createGuest(stack.client, host.id, name, { start: true });
  const browser = await chromium.launch(CHROMIUM);
  try {
    const page = await signedInPage(browser, stack.url);
    await page.goto(`${stack.url}/vms`);
    await whenRowShows(page, name, 'Running');
    const byHand: number[] = [];
    const own: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const suspended = whenRowShows(page, name, 'Suspended');
      const result = await hostExec(host.name, ['virsh', 'suspend', id]);
      const returnedAt = Date.now();
      if (result.exitCode !== 0) throw new Error(result.stderr);
      byHand.push(Math.max(0, (await suspended) - returnedAt));
      const resumed = whenRowShows(page, name, 'Running');
      const askedAt = Date.now();
      await page.evaluate(async (vmId) => {
        const response = await fetch('/api/trpc/operation.submit', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-vireo': '1' },
          body: JSON.stringify({ operation: 'vm.resume', input: { id: vmId } }),
        });
        if (!response.ok) throw new Error(await response.text());
      }, id);
      own.push((await resumed) - askedAt);
    }
    const detail = (samples: number[]) => ({
      rounds,
      medianMs: Math.round(median(samples)),
      maxMs: Math.max(...samples),
    });
    return [
      {
        id: 'a1',
        what: 'virsh on the host -> row changed in the browser, p95',
        value: p95(byHand),
        unit: 'ms',
        target: { at: 'most', value: 1000 },
        detail: detail(byHand),
      },
      {
        id: 'a2',
        what: 'own action -> row changed in the browser, p95',
        value: p95(own),
        unit: 'ms',
        target: { at: 'most', value: 500 },
        detail: detail(own),
      },
    ];
  } finally {
    await browser.close();
    await deleteGuest(stack.client, id);
  }
}
