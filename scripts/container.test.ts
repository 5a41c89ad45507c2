/** What can be told of the container files without a container engine. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { allSettings } from '../apps/server/src/config/settings.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
const compose = readFileSync(join(ROOT, 'compose.yaml'), 'utf8');
const SETTINGS = new Set(allSettings.flatMap(({ env, secret }) => (secret ? [env, `${env}_FILE`] : [env])));

test('the Dockerfile copies the manifest of every workspace, and only files that exist', () => {
  const { workspaces } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    workspaces: string[];
  };
  for (const manifest of globSync(
    workspaces.map((pattern) => `${pattern}/package.json`),
    { cwd: ROOT },
  ))
    assert.match(dockerfile, new RegExp(`^COPY ${manifest} ${dirname(manifest)}/$`, 'm'));
  for (const [, sources = ''] of dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm))
    for (const source of sources.split(' ')) assert.ok(existsSync(join(ROOT, source)), source);
});

for (const [name, text] of [
  ['as it is', compose],
  ['with PostgreSQL', compose.replaceAll('#pg ', '')],
] as const) {
  test(`compose.yaml ${name} is YAML, and sets only settings that exist`, () => {
    const {
      services,
      volumes,
      secrets = {},
    } = parse(text) as {
      services: Record<string, { environment: object; volumes: string[]; secrets?: string[] }>;
      volumes: object;
      secrets?: object;
    };
    for (const variable of Object.keys(services['vigie']?.environment ?? {}))
      assert.ok(SETTINGS.has(variable), variable);
    for (const service of Object.values(services)) {
      for (const volume of service.volumes) assert.ok((volume.split(':')[0] ?? '') in volumes, volume);
      for (const secret of service.secrets ?? []) assert.ok(secret in secrets, secret);
    }
    assert.deepEqual(Object.keys(services), name === 'as it is' ? ['vigie'] : ['vigie', 'postgresql']);
  });
}
