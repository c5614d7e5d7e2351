import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { z } from 'zod';

const require = createRequire(import.meta.url);

/** What the engine gives its JavaScript side when it starts; not in the package's types. */
const Glue = z.object({
  __wbg_set_wasm: z.custom<(exports: WebAssembly.Exports) => void>((v) => typeof v === 'function'),
  SchemaEngine: z.custom<typeof SchemaEngine>((v) => typeof v === 'function'),
});
const Exports = z.object({
  __wbindgen_start: z.custom<() => void>((v) => typeof v === 'function'),
});

/** Where the engine leaves the text of a panic; it looks for this name. */
const panics = {
  message: '',
  set_message(text: string) {
    panics.message = text;
  },
};
Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panics });

let loading: Promise<typeof SchemaEngine> | null = null;

/** Node can't import a .wasm file by itself, so the package's entry is put together by hand. */
async function load(): Promise<typeof SchemaEngine> {
  const glue = Glue.parse({ ...bindings });
  const bytes = await readFile(require.resolve('@prisma/schema-engine-wasm').replace(/\.js$/, '_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': { ...bindings } as WebAssembly.ModuleImports,
  });
  glue.__wbg_set_wasm(instance.exports);
  Exports.parse({ ...instance.exports }).__wbindgen_start();
  return glue.SchemaEngine;
}

/** Postgres's internal type "char" and text, by their numbers. */
const INTERNAL_CHAR = 18;
const TEXT = 25;

/**
 * The adapter, mended for the schema engine in two places: columns of the type "char", which the catalogue is full of, are
 * given as characters instead of being refused; and scripts run whole (one transaction) instead of being cut at each
 * semicolon, also inside comments and functions.
 */
class CatalogAdapter extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const pool = adapter.underlyingDriver();
    const characters = new Set<string>();
    const query = pool.query.bind(pool);
    Object.assign(pool, {
      query: async (config: pg.QueryArrayConfig) => {
        const result = await query(config);
        // A script of several statements gives an array of results, which nobody reads.
        for (const field of result.fields ?? []) {
          if (field.dataTypeID !== INTERNAL_CHAR) continue;
          field.dataTypeID = TEXT;
          characters.add(field.name);
        }
        return result;
      },
    });
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (sql) => {
      const result = await queryRaw(sql);
      const columnTypes = result.columnNames.map((name, at) =>
        characters.has(name) ? ColumnTypeEnum.Character : (result.columnTypes[at] ?? ColumnTypeEnum.Text),
      );
      return { ...result, columnTypes };
    };
    adapter.executeScript = async (script) => {
      await pool.query(script);
    };
    return adapter;
  }
}

/**
 * Runs `work` with Prisma's schema engine (WebAssembly, fully offline) on a database.
 * @param datamodels schema files as [path, text]; empty for work that needs none.
 */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  datamodels: [string, string][],
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  loading ??= load();
  const Engine = await loading;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogAdapter(pool));
    const engine = await Engine.new(
      { datamodels: datamodels.length > 0 ? datamodels : undefined },
      () => undefined,
      adapter,
    );
    try {
      return await work(engine);
    } catch (error) {
      throw panics.message ? new Error(panics.message, { cause: error }) : error;
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}
