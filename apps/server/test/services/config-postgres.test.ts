/** Configuration as code on PostgreSQL: nodes that start together with one file make each thing once. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ConfigPlan, Page, Service } from '@vigie/contract';
import { startPostgres } from '../support/postgres.ts';
import { spawnServer } from '../support/server-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

const KEY = 'k'.repeat(32);
const SECRET = 'a secret key for tests only, 0123456789';

test('two nodes that start together with one file make each thing once, and it goes with the file', async () => {
  await using stack = new AsyncDisposableStack();
  const postgres = await startPostgres();
  stack.defer(() => postgres.close());
  const folder = stack.use(tempFolder('config-postgres'));
  const file = join(folder.path, 'vigie.yml');
  const names = Array.from({ length: 30 }, (_, n) => `S${n}`);
  const entries = names.map((name, n) => {
    const parent = n % 15 === 0 ? '' : `, depends_on: [S${n - 1}]`;
    return `  ${name}: {kind: tcp, settings: {host: 127.0.0.1, port: 1}, channels: [Hook]${parent}}\n`;
  });
  const channels = 'channels:\n  Hook: {kind: webhook, settings: {url_down: "http://127.0.0.1:1/"}}\n';
  writeFileSync(file, `${channels}services:\n${entries.join('')}`);
  const node = async () =>
    stack.use(
      await spawnServer({
        dataDir: stack.use(tempFolder('node')).path,
        env: {
          VIGIE_CONFIG: file,
          VIGIE_API_KEY: KEY,
          VIGIE_SECRET_KEY: SECRET,
          VIGIE_DATABASE_URL: postgres.url,
        },
      }),
    );
  // The first makes the tables and the project; the others apply a file that has grown.
  const first = await node();
  writeFileSync(file, `${channels}services:\n${entries.join('')}checks:\n  C:\n  D:\n`);
  const [second] = await Promise.all([node(), node()]);
  const headers = { 'X-Api-Key': KEY, 'Content-Type': 'application/json' };
  const list = async <T>(noun: string): Promise<T[]> => {
    const response = await fetch(`${second.url}/api/vigie/${noun}`, { headers });
    return ((await response.json()) as Page<T>).items;
  };
  assert.deepEqual(
    (await list<Service>('services')).map(({ name }) => name),
    names,
  );
  assert.equal((await list('checks')).length, 32);
  assert.equal((await list('channels')).length, 1);
  const body = JSON.stringify({ document: {}, owner: 'vigie.yml' });
  const response = await fetch(`${first.url}/api/vigie/config/apply`, { method: 'POST', headers, body });
  const { changes } = (await response.json()) as ConfigPlan;
  assert.deepEqual([changes.length, new Set(changes.map(({ action }) => action))], [33, new Set(['delete'])]);
  assert.deepEqual([await list('checks'), await list('channels')], [[], []]);
});
