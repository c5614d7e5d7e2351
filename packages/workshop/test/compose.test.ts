import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Compose {
  services: Record<
    string,
    { command?: string[]; environment?: Record<string, string>; depends_on?: unknown }
  >;
}
const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose;

it('runs PostgreSQL, the VRM and the portal', () => {
  expect(Object.keys(compose.services)).toEqual(['postgres', 'prepare', 'vrm', 'portal']);
});

it('starts the VRM and the portal with the commands that npm start uses', () => {
  const start = read('packages/workshop/src/start-all.ts');
  expect(compose.services.vrm?.command).toEqual(['node', '--import', 'tsx', 'apps/vrm/src/main.ts']);
  expect(start).toContain("args: ['apps/vrm/src/main.ts']");
  expect(compose.services.portal?.command).toEqual(['node', '--import', 'tsx', 'apps/portal/src/server.ts']);
  expect(start).toContain("args: ['src/server.ts']");
});

it('sets only variables that the programs read', () => {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'apps'], {
    cwd: root,
    encoding: 'utf8',
  });
  const programs = files
    .split('\n')
    .filter((file) => file.endsWith('.ts'))
    .map(read)
    .join('\n');
  for (const service of ['vrm', 'portal']) {
    for (const name of Object.keys(compose.services[service]?.environment ?? {})) {
      if (name !== 'NODE_ENV') expect(programs.includes(name), `${service}: ${name}`).toBe(true);
    }
  }
});
