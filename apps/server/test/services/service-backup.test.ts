/** Services through a backup of a server that probes them, and out of it on either engine. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { type Alert, type ConfigPlan, type Page, type Service, serviceSchema } from '@vigie/contract';
import { backUpServer, restoreServer } from '../../src/backup/index.ts';
import { SEAL_LENGTH } from '../../src/backup/seal.ts';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/store/open.ts';
import { contentOf } from '../support/backup-suite.ts';
import { startPostgres } from '../support/postgres.ts';
import { type TestServer, testServer } from '../support/server.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const postgres = await startPostgres();
after(() => postgres.close());

const SECRET = 'the token that no backup holds';
process.env['VIGIE_PROBE_SECRET_BACKUP_TEST'] = SECRET;
/** What is known of services. */
const TABLES = [
  'probes',
  'probe_states',
  'config_documents',
  'config_items',
  'removed_checks',
  'check_dependencies',
];

/** A server that knows whoever has the secret, and counts the calls. */
async function peer() {
  const counts = { known: 0, strangers: 0 };
  const server = createServer((request, response) => {
    const isKnown = request.headers['authorization'] === `Bearer ${SECRET}`;
    counts[isKnown ? 'known' : 'strangers'] += 1;
    response.writeHead(isKnown ? 200 : 401).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, counts, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/` };
}

async function call<T>(server: TestServer, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${server.url}/api/vigie${path}`, {
    method,
    headers: { 'x-api-key': server.keys.write, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}

const serviceOf = async (server: TestServer, id: string) =>
  serviceSchema.parse(await call(server, 'GET', `/services/${id}`));

async function contentAt(url: string) {
  const store = openStore(url);
  try {
    return await contentOf(store);
  } finally {
    await store.close();
  }
}

const TOKEN = 'BACKUP_TEST';

function probeOf(url: string) {
  return {
    kind: 'http',
    settings: { url, headers: { authorization: `Bearer \${secret:${TOKEN}}` } },
    interval: 5,
    timeout: 2,
    thresholds: [{ metric: 'probe_duration_seconds', op: '>=', warning: 0 }],
  };
}

function documentOf(url: string) {
  return { document: { tenants: { list: ['acme'], services: { 'Site ${tenant}': probeOf(url) } } } };
}

/** Backs a server up that probes: one service, one that depends on it, one that was deleted, one of a document. */
async function backedUp(folder: string, path: string, url: string) {
  await using server = await testServer({ clock: systemClock, dataDir: folder });
  const make = (own: object) => call<Service>(server, 'POST', '/services', { ...probeOf(url), ...own });
  const base = await make({ name: 'Base' });
  const top = await make({ name: 'Top', depends_on: [base.id] });
  const gone = await make({ name: 'Gone' });
  await call(server, 'POST', '/config/apply', documentOf(url));
  for (const { id } of [base, top, gone])
    await until('its first run', 10_000, async () => (await serviceOf(server, id)).warnings.length === 1);
  await call(server, 'DELETE', `/checks/${gone.id}`);
  const config = server.app.context.config();
  await backUpServer(config, path);
  return { config, base: base.id, top: top.id, gone: gone.id };
}

for (const engine of ['SQLite', 'PostgreSQL']) {
  test(`services that were backed up are probed again by a server restored to ${engine}`, async (t) => {
    using folder = tempFolder('services');
    const path = join(folder.path, 'vigie.backup');
    const { server: listener, counts, url } = await peer();
    t.after(() => {
      listener.closeAllConnections();
      listener.close();
    });
    const { config, base, top, gone } = await backedUp(folder.path, path, url);
    const bytes = readFileSync(path);
    const holds = (data: Buffer) => data.includes(SECRET);
    assert.ok(!holds(bytes) && !holds(unpacked(bytes)), 'a reference is all that is kept of a secret');

    const dataDir = join(folder.path, 'restored');
    const databaseUrl = engine === 'SQLite' ? `sqlite:${join(dataDir, 'vigie.db')}` : postgres.url;
    await restoreServer({ ...config, dataDir, databaseUrl }, path, false);
    const content = await contentAt(databaseUrl);
    for (const table of TABLES) assert.ok((content[table]?.length ?? 0) > 0, `${table} came along`);

    const restoredAt = Date.now();
    const env = { VIGIE_DATABASE_URL: databaseUrl };
    await using server = await testServer({ clock: systemClock, dataDir, env });
    const { last_run: last, depends_on, warnings } = await serviceOf(server, top);
    assert.deepEqual([depends_on, warnings.length, last?.ok], [[base], 1, true]);
    const plan = await call<ConfigPlan>(server, 'POST', '/config/plan', documentOf(url));
    assert.deepEqual([plan.changes, plan.unchanged], [[], 1], 'its document is known to be applied');
    await call(server, 'POST', `/checks/${gone}/restore`);
    for (const id of [base, top, gone]) {
      await until('a run since', 30_000, async () => {
        const { last_run: run } = await serviceOf(server, id);
        return run?.ok === true && Date.parse(run.at) > restoredAt;
      });
    }
    assert.equal(counts.strangers, 0, 'the secret is filled in again');
    await until('warnings that go on, and a new one of what was deleted, each once', 10_000, async () => {
      const { items } = await call<Page<Alert>>(server, 'GET', '/alerts?state=firing');
      return items.filter(({ labels }) => labels['alertname'] === 'ProbeThreshold').length === 4;
    });
  });
}

/** What a backup holds, without its seal. */
function unpacked(bytes: Buffer): Buffer {
  return gunzipSync(bytes.subarray(0, bytes.length - SEAL_LENGTH));
}
