import type { VmRow } from '@vireo/workshop/inventory-waits';
import { RestClient } from '@vireo/workshop/rest-client';
import { expect, signIn, test } from '../support/fixtures.ts';
import { someVm } from '../support/some-vm.ts';

/** A read-only user sees everything and can act on nothing, and is told why. */
test.describe
  .serial('a viewer', () => {
    const username = 'e2e-viewer';
    const password = 'only-looks-at-things-1';
    let vm: VmRow;

    test.beforeAll(async ({ client, adminContext }) => {
      vm = await someVm(client);
      const page = await adminContext.newPage();
      await page.goto('/users');
      await page.getByRole('button', { name: 'Create user' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill(username);
      await dialog.getByLabel('Password').first().fill(password);
      await dialog.getByLabel('Role').selectOption({ label: 'Read-only' });
      await dialog.getByRole('button', { name: 'Create' }).click();
      await expect(page.getByRole('row').filter({ hasText: username })).toBeVisible();
      await page.close();
    });

    test('sees the VM but finds its actions disabled, with the reason', async ({ browser, baseURL }) => {
      const context = await signIn(browser, baseURL ?? '', username, password);
      const page = await context.newPage();
      await page.goto(`/vms/${vm.id}`);
      await expect(page.getByRole('heading', { name: vm.name })).toBeVisible();
      const start = page.getByRole('button', { name: 'Start', exact: true });
      await expect(start).toHaveAttribute('aria-disabled', 'true');
      await start.hover();
      await expect(page.getByText('Your role does not allow you to operate VM power.').first()).toBeVisible();
      await context.close();
    });

    test('is refused by the API as well', async ({ baseURL }) => {
      const viewer = await RestClient.signIn(baseURL ?? '', username, password);
      await expect(viewer.post(`/vms/${vm.id}/start`, {})).rejects.toThrow(/403/);
      await expect(viewer.post(`/vms`, { name: 'x', vcpus: 1, memoryMiB: 64 })).rejects.toThrow(/403/);
      expect((await viewer.get<VmRow>(`/vms/${vm.id}`)).name).toBe(vm.name);
    });
  });
