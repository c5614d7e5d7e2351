import { defineConfig } from 'prisma/config';

const url = process.env.DATABASE_URL;

/** For `npx prisma <command> --config prisma/prisma.config.ts`. Vireo itself migrates without Prisma's engine (packages/store). */
export default defineConfig({
  schema: './schema',
  migrations: { path: './migrations' },
  ...(url ? { datasource: { url } } : {}),
});
