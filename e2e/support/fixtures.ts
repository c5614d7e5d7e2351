import { type Browser, type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { ADMIN_PASSWORD, RestClient } from '@vireo/workshop/rest-client';

export { expect };

/** Signs in through the login page and gives a context whose pages are signed in. */
export async function signIn(
  browser: Browser,
  baseURL: string,
  username: string,
  password: string,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL,
    locale: 'en-US',
    viewport: { width: 1280, height: 800 },
  });
  const page = await context.newPage();
  await page.goto('/login');
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
  await page.close();
  return context;
}

interface WorkerFixtures {
  /** Signed in once as the administrator; each test gets a page of its own in it. */
  adminContext: BrowserContext;
  /** The REST API as the administrator. */
  client: RestClient;
}

export const test = base.extend<{ page: Page }, WorkerFixtures>({
  adminContext: [
    async ({ browser }, use, workerInfo) => {
      const context = await signIn(browser, workerInfo.project.use.baseURL ?? '', 'admin', ADMIN_PASSWORD);
      await use(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
  client: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
    async ({}, use, workerInfo) => use(await RestClient.signIn(workerInfo.project.use.baseURL ?? '')),
    { scope: 'worker' },
  ],
  page: async ({ adminContext }, use) => {
    const page = await adminContext.newPage();
    await use(page);
    await page.close();
  },
});
