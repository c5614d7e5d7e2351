import type { Page } from '@playwright/test';
import { hostAddress, hostExec, LAB_PASSWORD, labHostKey } from '@vireo/lab';
import { connectedHosts, type HostRow } from '@vireo/workshop/inventory-waits';
import type { RestClient } from '@vireo/workshop/rest-client';
import { expect, test } from '../support/fixtures.ts';
import { addLabHosts } from '../support/lab-hosts.ts';

async function hostNamed(client: RestClient, name: string): Promise<HostRow | undefined> {
  const { items } = await client.get<{ items: HostRow[] }>('/hosts?limit=100');
  return items.find((host) => host.name === name);
}

const consoleKeys = async (host: string) =>
  (await hostExec(host, ['sh', '-c', 'grep -c vireo /root/.ssh/authorized_keys || true'])).stdout.trim();

/** Fills the first step; again where the page came alive only after the first keystrokes. */
async function fillReach(page: Page, name: string): Promise<void> {
  const address = page.getByRole('textbox', { name: 'Address' });
  const secret = page.locator('input[name=secret]');
  await expect(async () => {
    await address.fill(hostAddress('cna01'));
    await secret.fill(LAB_PASSWORD);
    await page.getByLabel('Name in Vireo').fill(name);
    await expect(address).toHaveValue(hostAddress('cna01'), { timeout: 500 });
    await expect(page.getByRole('complementary').or(page.getByRole('main')).first()).toContainText(name, {
      timeout: 500,
    });
  }).toPass();
  await page.getByRole('button', { name: 'Next' }).click();
}

/** A host comes in through the wizard with a password that is used once, is renamed, and leaves untouched. */
test.describe
  .serial('a host', () => {
    const name = 'e2e-host';

    test('is added by the wizard: key confirmed, checks, Plan, done', async ({ page, client }) => {
      const keysBefore = Number(await consoleKeys('cna01'));
      const there = await hostNamed(client, 'cna01');
      if (there) await client.run(`/hosts/${there.id}/remove`, { confirmName: 'cna01' });
      await page.goto('/hosts/new');
      await fillReach(page, name);
      const fingerprint = (
        await hostExec('cna01', ['sh', '-c', 'echo "$1" | ssh-keygen -lf -', 'sh', labHostKey('cna01')])
      ).stdout.split(' ')[1];
      await expect(page.getByText(fingerprint ?? 'no fingerprint')).toBeVisible();
      await page.getByLabel('This is the fingerprint of my host').check();
      await page.getByRole('button', { name: 'Next' }).click();
      await expect(
        page.getByText('The host can be added, with remarks').or(page.getByText('The host is ready')),
      ).toBeVisible({
        timeout: 60_000,
      });
      await page.getByRole('button', { name: 'Next' }).click();
      await expect(page.getByText('Install the public key of the console').first()).toBeVisible();
      await page.getByRole('button', { name: 'Add host', exact: true }).click();
      await expect(page.getByText(`${name} is added`)).toBeVisible({ timeout: 60_000 });
      expect(Number(await consoleKeys('cna01'))).toBe(keysBefore + 1);
      await page.getByRole('link', { name: 'Open the host' }).click();
      await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
      await connectedHosts(client, 1);
      await expect(page.getByRole('main').getByText('Connected').first()).toBeVisible();
      await expect(page.getByRole('main').getByText('Debian', { exact: false }).first()).toBeVisible();
    });

    test('is refused a second time under another name', async ({ page }) => {
      await page.goto('/hosts/new');
      await fillReach(page, 'e2e-twin');
      await page.getByLabel('This is the fingerprint of my host').check();
      await page.getByRole('button', { name: 'Next' }).click();
      await expect(page.getByText('already', { exact: false }).first()).toBeVisible({ timeout: 60_000 });
    });

    test('is removed once its name is typed; nothing changes on it', async ({ page, client }) => {
      const host = await hostNamed(client, name);
      const domains = (await hostExec('cna01', ['virsh', 'list', '--all', '--uuid'])).stdout;
      await page.goto(`/hosts/${host?.id}`);
      await page.getByRole('button', { name: `Actions for ${name}` }).click();
      await page.getByRole('menuitem', { name: 'Remove from Vireo' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox').fill(name);
      await dialog.getByRole('button', { name: 'Remove from Vireo' }).click();
      await expect.poll(async () => hostNamed(client, name)).toBeUndefined();
      expect((await hostExec('cna01', ['virsh', 'list', '--all', '--uuid'])).stdout).toBe(domains);
      await addLabHosts(client);
    });
  });
