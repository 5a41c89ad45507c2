import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withGeneratedParts } from './docs.ts';
import { helpText } from './help.ts';
import { jsonSchema } from './json-schema.ts';
import { loadConfig } from './load.ts';
import { memorySource } from './memory-source.ts';
import { flagOf } from './setting.ts';
import { allSettings } from './settings.ts';

const HINT = 'run: node apps/server/src/config/generate.ts';

function readNear(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

test('vigie.schema.json is up to date', () => {
  assert.deepEqual(
    JSON.parse(readNear('../../vigie.schema.json')),
    JSON.parse(JSON.stringify(jsonSchema())),
    HINT,
  );
});

test('the tables of the manual are up to date', () => {
  const manual = readNear('../../../../docs/configuration.md');
  assert.equal(manual, withGeneratedParts(manual), HINT);
});

test('the example file of the manual loads', () => {
  const example = /```yaml\n(.*?)```/s.exec(readNear('../../../../docs/configuration.md'))?.[1] ?? '';
  const files = { 'vigie.yml': example, '/run/secrets/vigie': 'k'.repeat(32) };
  const { config } = loadConfig(memorySource({ env: { DB_PASSWORD: 'p' }, files }));
  assert.equal(config.databaseUrl, 'postgres://vigie:p@localhost:5432/vigie');
  assert.equal(config.smtp, null);
});

test('a document without markers is refused, not emptied', () => {
  assert.throws(() => withGeneratedParts('# nothing'), /no markers for settings/);
});

test('the help names every flag and variable', () => {
  const help = helpText();
  for (const { env } of allSettings)
    assert.ok(help.includes(`${flagOf(env)}`) && help.includes(`${env};`), env);
});

test('only what starts something reads the environment: the server, its thread of probes, a program', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const allowed = ['config/source.ts', 'main.ts', 'probes/kinds/icmp/ping-program.ts', 'probes/thread.ts'];
  const readers = globSync('**/*.ts', { cwd: root })
    .filter((path) => !path.endsWith('.test.ts') && !allowed.includes(path))
    .filter((path) => /process\.env\b/.test(readFileSync(`${root}/${path}`, 'utf8')));
  assert.deepEqual(readers, []);
});
