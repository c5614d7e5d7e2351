import base from './playwright.config.ts';

/** `npx playwright test --config e2e/pictures.config.ts`: takes the pictures that README and documents show. */
export default {
  ...base,
  testDir: new URL('pictures', import.meta.url).pathname,
  outputDir: new URL('../test-results', import.meta.url).pathname,
};
