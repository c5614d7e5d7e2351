export { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
export { migrate } from './migrations.ts';
export { type OpenStore, openStore } from './open-store.ts';
export * from './types.ts';
