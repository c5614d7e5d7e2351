import { defineConfig } from 'prisma/config';

// For `npx prisma <command> --config prisma/prisma.config.ts`. Vireo itself migrates without Prisma's engine (packages/store).
// biome-ignore lint/suspicious/noUndeclaredEnvVars: read by hand, not by a turbo task
const url = process.env.DATABASE_URL;

export default defineConfig({
  schema: './schema',
  migrations: { path: './migrations' },
  ...(url ? { datasource: { url } } : {}),
});
