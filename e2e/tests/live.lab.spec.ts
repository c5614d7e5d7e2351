import { randomUUID } from 'node:crypto';
import { cut, guestReady, uncut } from '@vireo/lab';
import { createGuest, deleteGuest } from '@vireo/workshop/inventory-waits';
import { until } from '@vireo/workshop/rest-client';
import { expect, test } from '../support/fixtures.ts';
import { addLabHosts, stateOnHost, virsh } from '../support/lab-hosts.ts';

const domainXml = (name: string, uuid: string) =>
  `<domain type='qemu'><name>${name}</name><uuid>${uuid}</uuid><memory unit='MiB'>64</memory><vcpu>1</vcpu><os><type arch='x86_64' machine='pc'>hvm</type></os></domain>`;

test.describe
  .serial('what is done on a host by hand', () => {
    const uuid = randomUUID();

    test.beforeAll(async ({ client }) => {
      await addLabHosts(client);
    });

    test('shows in the open list without a reload: define, start, destroy, undefine', async ({ page }) => {
      await page.goto('/vms');
      const row = page.getByRole('row').filter({ hasText: 'e2e-by-hand' });
      await expect(row).toHaveCount(0);
      await virsh('cna02', ['define', '/dev/stdin'], domainXml('e2e-by-hand', uuid));
      await expect(row).toContainText('Stopped');
      await virsh('cna02', ['start', uuid]);
      await expect(row).toContainText('Running');
      await virsh('cna02', ['destroy', uuid]);
      await expect(row).toContainText('Stopped');
      await virsh('cna02', ['undefine', uuid]);
      await expect(row).toHaveCount(0);
    });

    test('a change of the definition shows on the open page of the VM', async ({ page }) => {
      await virsh('cna02', ['define', '/dev/stdin'], domainXml('e2e-redefine', uuid));
      try {
        await page.goto(`/vms/${uuid}`);
        await page.getByRole('tab', { name: 'Hardware' }).click();
        await expect(page.getByText('64 MiB', { exact: false }).first()).toBeVisible();
        await virsh(
          'cna02',
          ['define', '/dev/stdin'],
          domainXml('e2e-redefine', uuid).replace("'MiB'>64", "'MiB'>96"),
        );
        await expect(page.getByText('96 MiB', { exact: false }).first()).toBeVisible();
      } finally {
        await virsh('cna02', ['undefine', uuid]);
      }
    });
  });

test.describe
  .serial('names that are traps', () => {
    test.beforeAll(async ({ client }) => {
      await addLabHosts(client);
    });

    for (const name of ['13', '--help', '$(id)']) {
      test(`a VM called ${name} lives like any other, and no other VM is touched`, async ({
        client,
        page,
      }) => {
        const hosts = await addLabHosts(client);
        const bystander = await createGuest(client, hosts.cna03.id, `bystander of ${name}`, { start: true });
        const id = await createGuest(client, hosts.cna03.id, name, { start: true });
        try {
          expect(await stateOnHost('cna03', id)).toBe('running');
          await page.goto('/vms');
          await expect(
            page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) }),
          ).toContainText('Running');
          await client.run(`/vms/${id}/stop`, {});
          expect(await stateOnHost('cna03', id)).toBe('shut off');
          expect(await stateOnHost('cna03', bystander)).toBe('running');
        } finally {
          await deleteGuest(client, id);
          await deleteGuest(client, bystander);
        }
        expect(await stateOnHost('cna03', id)).toBe('absent');
      });
    }
  });

test.describe
  .serial('a host whose management link is cut', () => {
    test.afterAll(() => uncut('cna03'));

    test('goes to unreachable and back; nothing is invented meanwhile', async ({ client, page }) => {
      const hosts = await addLabHosts(client);
      const id = await createGuest(client, hosts.cna03.id, 'e2e-cut', { start: false });
      await page.goto('/vms');
      const row = page.getByRole('row').filter({ hasText: 'e2e-cut' });
      await expect(row).toContainText('Stopped');
      await cut('cna03');
      await expect(row).toContainText('Unknown', { timeout: 30_000 });
      // While it is away, the VM is started behind its back.
      await virsh('cna03', ['start', id]);
      await page.goto(`/vms/${id}`);
      await expect(page.getByText('state is unknown', { exact: false })).toBeVisible();
      await page.getByRole('button', { name: 'Start', exact: true }).hover();
      await expect(page.getByRole('tooltip')).toContainText('The host is not connected');
      await uncut('cna03');
      await expect(page.getByRole('main').getByText('Running').first()).toBeVisible({ timeout: 40_000 });
      await deleteGuest(client, id);
    });

    test('a task that runs when the link goes waits, and ends when it is back', async ({ client }) => {
      test.setTimeout(240_000);
      const hosts = await addLabHosts(client);
      const id = await createGuest(client, hosts.cna03.id, 'e2e-cut-task', { start: true });
      // A guest that still boots does not hear the power button.
      await until('the guest agent', 90_000, () => guestReady('cna03', id));
      const { taskId } = await client.post<{ taskId: string }>(`/vms/${id}/shutdown`, {
        timeoutSeconds: 120,
      });
      await cut('cna03');
      await expect
        .poll(async () => (await client.get<{ state: string }>(`/tasks/${taskId}`)).state, {
          timeout: 30_000,
        })
        .toBe('waiting');
      await uncut('cna03');
      await expect
        .poll(async () => (await client.get<{ state: string }>(`/tasks/${taskId}`)).state, {
          timeout: 90_000,
        })
        .toBe('done');
      expect(await stateOnHost('cna03', id)).toBe('shut off');
      await deleteGuest(client, id);
    });
  });
