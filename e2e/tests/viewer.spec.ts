import type { VmRow } from '@vireo/workshop/inventory-waits';
import { RestClient } from '@vireo/workshop/rest-client';
import { expect, signIn, test } from '../support/fixtures.ts';
import { someVm } from '../support/some-vm.ts';

/** A read-only user sees everything and can act on nothing, and is told why. */
test.describe
  .serial('a viewer', () => {
    const username = 'e2e-viewer';
    const firstPassword = 'first-sight-of-it-all-1';
    const password = 'only-looks-at-things-1';
    let vm: VmRow;
    let remove: () => Promise<void>;

    test.beforeAll(async ({ client }) => {
      ({ vm, remove } = await someVm(client));
    });

    test.afterAll(() => remove());

    test('is made by the administrator and must choose a password of its own', async ({
      page,
      browser,
      baseURL,
    }) => {
      await page.goto('/users');
      await page.getByRole('button', { name: 'Create user' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('User name').fill(username);
      await dialog.getByLabel('First password').fill(firstPassword);
      await dialog.getByRole('radio', { name: /Read-only/ }).check();
      await dialog.getByRole('button', { name: 'Create user' }).click();
      await expect(page.getByRole('row').filter({ hasText: username })).toBeVisible();

      const context = await browser.newContext({ baseURL: baseURL ?? '', locale: 'en-US' });
      const viewer = await context.newPage();
      await viewer.goto('/login');
      await viewer.getByLabel('User name').fill(username);
      await viewer.getByLabel('Password').fill(firstPassword);
      await viewer.getByRole('button', { name: 'Sign in' }).click();
      await viewer.getByLabel('New password', { exact: true }).fill(password);
      await viewer.getByLabel(/repeat|again/i).fill(password);
      await viewer.getByRole('button', { name: 'Change and continue' }).click();
      await expect(viewer.getByRole('heading', { name: 'Home' }).or(viewer.getByRole('main'))).toBeVisible();
      await viewer.waitForURL((url) => !url.pathname.startsWith('/login'));
      await context.close();
    });

    test('sees the VM but finds its actions disabled, with the reason', async ({ browser, baseURL }) => {
      const context = await signIn(browser, baseURL ?? '', username, password);
      const page = await context.newPage();
      await page.goto(`/vms/${vm.id}`);
      await expect(page.getByRole('heading', { name: vm.name, exact: true })).toBeVisible();
      const start = page.getByRole('button', { name: 'Start', exact: true });
      await expect(start).toHaveAttribute('aria-disabled', 'true');
      await start.hover();
      await expect(page.getByRole('tooltip')).toContainText(
        'Your role does not allow you to operate VM power.',
      );
      await context.close();
    });

    test('is refused by the API as well', async ({ baseURL }) => {
      const viewer = await RestClient.signIn(baseURL ?? '', username, password);
      await expect(viewer.post(`/vms/${vm.id}/start`, {})).rejects.toThrow(/403/);
      await expect(viewer.post(`/vms`, { name: 'x', vcpus: 1, memoryMiB: 64 })).rejects.toThrow(/403/);
      expect((await viewer.get<VmRow>(`/vms/${vm.id}`)).name).toBe(vm.name);
    });
  });
