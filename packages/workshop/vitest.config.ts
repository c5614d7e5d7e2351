import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));
const withLab = process.env.VIREO_TEST_LAB === '1';

/** All tests but Playwright's. `*.lab.test.ts` need real hosts and run one file at a time. */
export default defineConfig({
  root,
  test: {
    include: withLab ? ['**/test/**/*.lab.test.ts'] : ['**/test/**/*.test.ts'],
    exclude: withLab ? ['**/node_modules/**'] : ['**/node_modules/**', '**/*.lab.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    fileParallelism: !withLab,
    maxWorkers: 2,
  },
});
