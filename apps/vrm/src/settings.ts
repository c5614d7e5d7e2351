import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const Environment = z.object({
  DATABASE_URL: z.string().min(1),
  VIREO_DATA_DIR: z.string().default('.data'),
  VIREO_VRM_PORT: z.coerce.number().int().min(0).max(65535).default(3001),
  /** Where to listen; anything but loopback only behind a proxy of one's own (docker-compose). */
  VIREO_VRM_ADDRESS: z.string().default('127.0.0.1'),
  VIREO_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Addresses of further proxies, parted by commas. */
  VIREO_TRUSTED_PROXY: z.string().default(''),
  VIREO_ADMIN_PASSWORD: z.string().min(1).max(1024).optional(),
  VIREO_HOSTS_FILE: z.string().optional(),
  VIREO_LOG: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export interface Settings {
  databaseUrl: string;
  dataDir: string;
  port: number;
  address: string;
  publicUrl: URL | null;
  trustedProxies: readonly string[];
  adminPassword: string | undefined;
  hostsFile: string | undefined;
  logLevel: z.infer<typeof Environment>['VIREO_LOG'];
}

/** Reads the environment; empty variables count as absent. @throws ZodError naming what is wrong. */
export function settingsFrom(env: NodeJS.ProcessEnv): Settings {
  const given = Environment.parse(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
  );
  const dataDir = given.VIREO_DATA_DIR;
  return {
    databaseUrl: given.DATABASE_URL,
    dataDir: isAbsolute(dataDir) ? dataDir : resolve(root, dataDir),
    port: given.VIREO_VRM_PORT,
    address: given.VIREO_VRM_ADDRESS,
    publicUrl: given.VIREO_PUBLIC_URL ? new URL(given.VIREO_PUBLIC_URL) : null,
    trustedProxies: given.VIREO_TRUSTED_PROXY.split(',')
      .map((address) => address.trim())
      .filter(Boolean),
    adminPassword: given.VIREO_ADMIN_PASSWORD,
    hostsFile: given.VIREO_HOSTS_FILE,
    logLevel: given.VIREO_LOG,
  };
}
