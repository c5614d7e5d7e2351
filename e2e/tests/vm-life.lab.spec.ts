import { guestExec, guestReady, hostExec } from '@vireo/lab';
import { vmNamed } from '@vireo/workshop/inventory-waits';
import { until } from '@vireo/workshop/rest-client';
import { expect, test } from '../support/fixtures.ts';
import { addLabHosts, fileOnHost, stateOnHost, virsh } from '../support/lab-hosts.ts';
import { brightShare } from '../support/screen.ts';

/** One VM from the wizard to its deletion; after each step the page and the host must agree. */
test.describe
  .serial('the life of a VM', () => {
    const name = 'e2e-life';
    let id = '';
    let disk = '';

    test.beforeAll(async ({ client }) => {
      await addLabHosts(client);
    });

    test('is created in the wizard from the guest image and started', async ({ page, client }) => {
      await page.goto('/vms/new');
      await page.getByLabel('Name', { exact: true }).fill(name);
      await page.getByRole('radio', { name: /cna01/ }).check();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('button', { name: 'Next' }).click();
      await expect(page.getByLabel('Image', { exact: true })).toContainText('vireo-guest.qcow2');
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('button', { name: 'Next' }).click();
      await expect(page.getByText('virsh', { exact: false }).first()).toBeVisible();
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await page.waitForURL(/\/vms\/[0-9a-f-]{36}/);
      id = new URL(page.url()).pathname.split('/')[2] ?? '';
      await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
      await expect(page.getByRole('main').getByText('Running').first()).toBeVisible({ timeout: 30_000 });
      expect(await stateOnHost('cna01', id)).toBe('running');
      disk = /source file='([^']+)'/.exec(await virsh('cna01', ['dumpxml', id]))?.[1] ?? '';
      expect(disk).toMatch(/^\/srv\/[a-z]+\/vms\/[0-9a-f-]{36}\.qcow2$/);
      expect((await vmNamed(client, name))?.id).toBe(id);
    });

    test('shows its login prompt, takes typed keys and comes back after a reboot in the same tab', async ({
      page,
    }) => {
      await until('the guest agent', 60_000, () => guestReady('cna01', id));
      await page.goto(`/vms/${id}`);
      await page.getByRole('tab', { name: 'Console' }).click();
      await expect.poll(() => brightShare(page), { timeout: 30_000 }).toBeGreaterThan(0.001);
      await page.locator('canvas').click();
      // The login program takes a moment to read after each line.
      await page.keyboard.type('root\n', { delay: 30 });
      await expect.poll(async () => (await guestExec('cna01', id, 'ps')).stdout.includes('login')).toBe(true);
      await page.keyboard.type('lab\n', { delay: 30 });
      await expect
        .poll(async () => /\{?-sh\}?|-sh/.test((await guestExec('cna01', id, 'ps')).stdout), {
          timeout: 20_000,
        })
        .toBe(true);
      // No key here needs Shift: the test's keyboard gives none with the character, as a real one would.
      await page.keyboard.type('touch /tmp/typed\n', { delay: 30 });
      await expect
        .poll(async () => (await guestExec('cna01', id, 'test -e /tmp/typed')).exitCode, { timeout: 20_000 })
        .toBe(0);

      await guestExec('cna01', id, 'echo before > /run/boot');
      await virsh('cna01', ['reset', id]);
      await until(
        'the guest to boot again',
        60_000,
        async () =>
          (await guestReady('cna01', id)) && (await guestExec('cna01', id, 'cat /run/boot')).exitCode !== 0,
      );
      await expect.poll(() => brightShare(page), { timeout: 30_000 }).toBeGreaterThan(0.001);
      await page.locator('canvas').click();
      await page.keyboard.type('root\n', { delay: 30 });
      await expect
        .poll(async () => (await guestExec('cna01', id, 'ps')).stdout.includes('login'), { timeout: 20_000 })
        .toBe(true);
    });

    test('reconnects its console after a power cycle in the same tab', async ({ page, client }) => {
      await page.goto(`/vms/${id}`);
      await page.getByRole('tab', { name: 'Console' }).click();
      await expect.poll(() => brightShare(page), { timeout: 30_000 }).toBeGreaterThan(0.001);
      await client.run(`/vms/${id}/stop`, {});
      await expect(page.getByText('The VM is not running', { exact: false }).first()).toBeVisible();
      await client.run(`/vms/${id}/start`, {});
      await expect.poll(() => brightShare(page), { timeout: 40_000 }).toBeGreaterThan(0.001);
      await until('the guest agent', 60_000, () => guestReady('cna01', id));
    });

    test('is suspended and resumed', async ({ page }) => {
      await page.goto(`/vms/${id}`);
      await page.getByRole('button', { name: `Actions for ${name}` }).click();
      await page.getByRole('menuitem', { name: 'Suspend' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
      await expect(page.getByRole('main').getByText('Suspended').first()).toBeVisible();
      expect(await stateOnHost('cna01', id)).toBe('paused');
      await page.getByRole('button', { name: `Actions for ${name}` }).click();
      await page.getByRole('menuitem', { name: 'Resume' }).click();
      await expect(page.getByRole('main').getByText('Running').first()).toBeVisible();
      expect(await stateOnHost('cna01', id)).toBe('running');
    });

    test('is shut down by its guest', async ({ page }) => {
      await page.goto(`/vms/${id}`);
      await page.getByRole('button', { name: 'Shut down' }).click();
      const dialog = page.getByRole('dialog');
      await expect(dialog.getByText('What will happen')).toBeVisible();
      await dialog.getByRole('button', { name: 'Shut down' }).click();
      await expect(page.getByRole('main').getByText('Stopped').first()).toBeVisible({ timeout: 60_000 });
      expect(await stateOnHost('cna01', id)).toBe('shut off');
    });

    test('is deleted with its disk once its name is typed', async ({ page }) => {
      expect(await fileOnHost('cna01', disk)).toBe(true);
      await page.goto(`/vms/${id}`);
      await page.getByRole('button', { name: `Actions for ${name}` }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      const dialog = page.getByRole('dialog');
      await expect(dialog.getByText(disk).first()).toBeVisible();
      await expect(dialog.getByRole('button', { name: 'Delete' })).toHaveAttribute('aria-disabled', 'true');
      await dialog.getByRole('textbox').fill(name);
      await dialog.getByRole('button', { name: 'Delete' }).click();
      await expect.poll(() => stateOnHost('cna01', id), { timeout: 30_000 }).toBe('absent');
      await expect.poll(() => fileOnHost('cna01', disk)).toBe(false);
      await page.goto('/vms');
      await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0);
      const left = await hostExec('cna01', ['ls', '/srv/local/vms', '/srv/shared/vms']);
      expect(left.stdout).not.toContain('.part');
    });
  });
