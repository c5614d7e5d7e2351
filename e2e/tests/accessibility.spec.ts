import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { RestClient } from '@vireo/workshop/rest-client';
import { expect, test } from '../support/fixtures.ts';
import { someVm } from '../support/some-vm.ts';

const THEMES = ['light', 'dark'] as const;

/** Chooses a theme as the theme menu does: for the user and, so that the first paint is right, in the cookie. */
async function chooseTheme(page: Page, theme: (typeof THEMES)[number]): Promise<void> {
  await page.goto('/');
  const status = await page.evaluate(async (chosen) => {
    const answer = await fetch('/api/trpc/session.setPreferences', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-vireo': '1' },
      body: JSON.stringify({ theme: chosen }),
    });
    return answer.status;
  }, theme);
  expect(status).toBe(200);
  await page
    .context()
    .addCookies([{ name: 'vireo_theme', value: theme, domain: new URL(page.url()).hostname, path: '/' }]);
}

/** Waits until nothing is being read or moved: skeletons and half-faded dialogs say nothing about contrast. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator('main').first()).toBeVisible();
  await expect(page.locator('[aria-busy="true"]:not(button)')).toHaveCount(0);
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished.catch(() => animation)),
    ),
  );
}

/** What axe has against the page as it stands, one line per finding. */
async function findings(page: Page, where: string): Promise<string[]> {
  await settled(page);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${where}: ${violation.id} at ${node.target.join(' ')}: ${node.html}`),
  );
}

async function someIds(client: RestClient): Promise<{ hostId: string; taskId: string | undefined }> {
  const { items: hosts } = await client.get<{ items: { id: string }[] }>('/hosts?limit=1');
  const { items: tasks } = await client.get<{ items: { id: string }[] }>('/tasks?limit=1');
  const [host] = hosts;
  if (!host) throw new Error('there is no host to look at');
  return { hostId: host.id, taskId: tasks[0]?.id };
}

for (const theme of THEMES) {
  test(`every page is accessible, ${theme}`, async ({ page, client }) => {
    test.setTimeout(300_000);
    const { vm, remove } = await someVm(client);
    try {
      const { hostId, taskId } = await someIds(client);
      await chooseTheme(page, theme);
      const found: string[] = [];
      for (const path of [
        '/',
        '/hosts',
        '/hosts/new',
        ...['', '?tab=vms', '?tab=network', '?tab=storage', '?tab=activity'].map(
          (tab) => `/hosts/${hostId}${tab}`,
        ),
        '/vms',
        '/vms?filter=nothing-is-called-so',
        '/vms/new',
        ...['', '?tab=hardware', '?tab=console', '?tab=activity'].map((tab) => `/vms/${vm.id}${tab}`),
        `/vms/${vm.id}/console`,
        '/vms/00000000-0000-4000-8000-000000000000',
        '/storage',
        '/tasks',
        ...(taskId ? [`/tasks/${taskId}`] : []),
        '/events',
        '/users',
        '/no-such-page',
      ]) {
        await page.goto(path);
        found.push(...(await findings(page, path)));
      }
      expect(found).toEqual([]);
    } finally {
      await remove();
    }
  });

  test(`every dialog is accessible, ${theme}`, async ({ page, client }) => {
    test.setTimeout(300_000);
    const { vm, remove } = await someVm(client);
    try {
      await chooseTheme(page, theme);
      const found: string[] = [];
      const dialog = page.getByRole('dialog');
      const look = async (where: string) => {
        await expect(dialog).toBeVisible();
        found.push(...(await findings(page, where)));
        await page.keyboard.press('Escape');
        await expect(dialog).toHaveCount(0);
      };

      await page.goto(`/vms/${vm.id}`);
      await page.getByRole('button', { name: `Actions for ${vm.name}` }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      found.push(...(await findings(page, 'menu of a VM')));
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await look('delete');
      await page.getByRole('button', { name: 'What will happen' }).click();
      await page.getByRole('menuitem', { name: 'Start' }).click();
      await expect(dialog.getByText('Steps', { exact: true })).toBeVisible();
      await look('what will happen');

      await page.goto('/vms');
      await page.getByRole('checkbox', { name: `Select ${vm.name}` }).check();
      await page.getByRole('main').getByRole('button', { name: 'Shut down' }).click();
      await look('bulk action');

      await page.keyboard.press('Control+k');
      await look('search');

      await page.goto('/tasks');
      const task = page.getByRole('row').nth(1).getByRole('button').first();
      if (await task.isVisible()) {
        await task.click();
        await look('task drawer');
      }

      await page.goto('/users');
      await page.getByRole('button', { name: 'Create user' }).click();
      await look('create user');
      expect(found).toEqual([]);
    } finally {
      await remove();
    }
  });

  test(`the sign-in page is accessible, ${theme}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ baseURL: baseURL ?? '', locale: 'en-US', colorScheme: theme });
    const page = await context.newPage();
    await page.goto('/login');
    expect(await findings(page, '/login')).toEqual([]);
    await context.close();
  });
}
