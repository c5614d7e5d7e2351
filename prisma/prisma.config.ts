import { defineConfig } from 'prisma/config';

/** For `npx prisma <command> --config prisma/prisma.config.ts`. Vireo itself migrates without Prisma's engine (packages/store). */
export default defineConfig({
  schema: './schema',
  migrations: { path: './migrations' },
  ...(process.env.DATABASE_URL ? { datasource: { url: process.env.DATABASE_URL } } : {}),
});
