import { type Database, json } from './database.ts';
import type { Store } from './types.ts';

/** Small values by key, as JSON. `get` of an unknown key gives null. */
export function settingQueries({ client }: Database): Store['settings'] {
  return {
    async get(key) {
      return (await client.setting.findUnique({ where: { key } }))?.value ?? null;
    },
    async set(key, value) {
      await client.$executeRaw`
        INSERT INTO setting (key, value) VALUES (${key}, coalesce(${json(value)}, 'null'::jsonb))
        ON CONFLICT (key) DO UPDATE SET value = excluded.value`;
    },
  };
}
