/** Tenants that a query of a real PostgreSQL names, looked at by a running server. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what is tested
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Check, Page } from '@vigie/contract';
import pg from 'pg';
import { startPostgres } from '../support/postgres.ts';
import { spawnServer } from '../support/server-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const KEY = 'k'.repeat(32);

const FILE = `tenants:
  from:
    kind: sql
    every: 10s
    settings:
      url: \${DATABASE_URL}
      query: select slug as tenant, 1 as value from tenants
      when_empty: well
  checks:
    Import \${tenant}: {tags: ["\${tenant}"]}
`;

test('tenants of a query come and go; while the database is away they stay', async () => {
  using folder = tempFolder('tenants');
  await using stack = new AsyncDisposableStack();
  const postgres = await startPostgres();
  stack.defer(() => postgres.close());
  const client = new pg.Client({ connectionString: postgres.url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('create table tenants (slug text)');
  await client.query("insert into tenants values ('acme'), ('globex')");
  const config = join(folder.path, 'vigie.yml');
  writeFileSync(config, FILE);
  const dataDir = stack.use(tempFolder('tenants-data')).path;
  const env = { VIGIE_CONFIG: config, VIGIE_API_KEY: KEY, DATABASE_URL: postgres.url };
  const server = stack.use(await spawnServer({ dataDir, env }));
  const names = async (): Promise<string> => {
    const response = await fetch(`${server.url}/api/vigie/checks?sort=name`, {
      headers: { 'X-Api-Key': KEY },
    });
    const { items } = (await response.json()) as Page<Check>;
    return items.map(({ name }) => name).join(', ');
  };
  const become = (wanted: string) => until(wanted, 30_000, async () => (await names()) === wanted);
  await become('Import acme, Import globex');
  await client.query("delete from tenants where slug = 'acme'");
  await client.query("insert into tenants values ('initech')");
  await become('Import globex, Import initech');
  await client.end();
  await postgres.close();
  await until('the log says so', 30_000, () =>
    server.output().includes('who the tenants are cannot be told'),
  );
  assert.equal(await names(), 'Import globex, Import initech');
});
