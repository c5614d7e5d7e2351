import { fileURLToPath } from 'node:url';
import { guestReady } from '@vireo/lab';
import { createGuest, deleteGuest } from '@vireo/workshop/inventory-waits';
import { until } from '@vireo/workshop/rest-client';
import { expect, test } from '../support/fixtures.ts';
import { addLabHosts } from '../support/lab-hosts.ts';
import { brightShare } from '../support/screen.ts';

const LOCALES = ['en', 'zh-CN'] as const;
const THEMES = ['light', 'dark'] as const;
const file = (name: string) => fileURLToPath(new URL(`${name}.png`, import.meta.url));

/** Every page in both languages and both themes, on the lab's real hosts. */
test('pictures', async ({ page, client }) => {
  test.setTimeout(600_000);
  const hosts = await addLabHosts(client);
  const ids = [
    await createGuest(client, hosts.cna01.id, 'web01', { start: true, network: 'vsw0' }),
    await createGuest(client, hosts.cna02.id, 'db01', { start: true, network: 'vsw0' }),
    await createGuest(client, hosts.cna02.id, 'batch07', { start: false }),
    await createGuest(client, hosts.cna03.id, '测试机-01', { start: false }),
  ];
  const [web] = ids;
  await until('the guest agent', 90_000, () => guestReady('cna01', web ?? ''));
  const { items } = await client.get<{ items: { id: string; operation: string }[] }>('/tasks?limit=50');
  const task = items.find((t) => t.operation === 'vm.create');
  const paths = {
    home: '/',
    hosts: '/hosts',
    host: `/hosts/${hosts.cna01.id}`,
    'host-new': '/hosts/new',
    vms: '/vms',
    vm: `/vms/${web}`,
    'vm-new': '/vms/new',
    storage: '/storage',
    tasks: '/tasks',
    task: `/tasks/${task?.id}`,
    events: '/events',
    users: '/users',
  };
  try {
    for (const locale of LOCALES) {
      for (const theme of THEMES) {
        await page.goto('/');
        await page.evaluate(
          async ([l, t]) => {
            await fetch('/api/trpc/session.setPreferences', {
              method: 'POST',
              headers: { 'content-type': 'application/json', 'x-vireo': '1' },
              body: JSON.stringify({ locale: l, theme: t }),
            });
          },
          [locale, theme],
        );
        const { hostname } = new URL(page.url());
        await page.context().addCookies(
          ['vireo_locale', 'vireo_theme'].map((name) => ({
            name,
            value: name.toLowerCase().includes('locale') ? locale : theme,
            domain: hostname,
            path: '/',
          })),
        );
        for (const [name, path] of Object.entries(paths)) {
          await page.goto(path);
          await expect(page.getByRole('main')).toBeVisible();
          await page.waitForTimeout(1200);
          await page.screenshot({ path: file(`${name}-${locale}-${theme}`) });
        }
        await page.goto(`/vms/${web}`);
        await page.getByRole('tab').nth(1).click();
        await page.waitForTimeout(500);
        await page.screenshot({ path: file(`vm-hardware-${locale}-${theme}`) });
        await page.getByRole('tab').nth(2).click();
        await expect.poll(() => brightShare(page), { timeout: 30_000 }).toBeGreaterThan(0.001);
        await page.waitForTimeout(500);
        await page.screenshot({ path: file(`vm-console-${locale}-${theme}`) });
        await page.goto(`/vms/${web}`);
        await page
          .getByRole('main')
          .getByRole('button', { name: /Shut down|关机/ })
          .click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await page.waitForTimeout(1200);
        await page.screenshot({ path: file(`plan-${locale}-${theme}`) });
      }
    }
  } finally {
    for (const id of ids) await deleteGuest(client, id);
  }
});
