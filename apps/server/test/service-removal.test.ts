/** What goes with the project, the environment or the tenant of a service. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { storedKey } from '../src/accounts/keys.ts';
import { systemClock } from '../src/clock.ts';
import { contentOf } from './support/backup-suite.ts';
import { type TestServer, testServer } from './support/server.ts';
import { until } from './support/until.ts';

/** A port that takes connections and counts them. */
async function peer(): Promise<{ port: number; server: Server }> {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

const KEY = `hcw_${'o'.repeat(28)}`;

async function send(
  server: TestServer,
  method: string,
  path: string,
  body?: unknown,
  key = server.keys.write,
) {
  const response = await fetch(`${server.url}/api/vigie${path}`, {
    method,
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text };
}

async function call(...parts: Parameters<typeof send>): Promise<{ id: string }> {
  const { status, text } = await send(...parts);
  assert.ok(status < 300, `${parts[1]} ${parts[2]}: ${status} ${text}`);
  return JSON.parse(text) as { id: string };
}

async function metrics(server: TestServer): Promise<string> {
  const headers = { authorization: 'Bearer a-metrics-key-for-tests' };
  return (await fetch(`${server.url}/metrics`, { headers })).text();
}

const isShown = async (server: TestServer, name: string) =>
  (await metrics(server)).includes(`probe_success{`) && (await metrics(server)).includes(`job="${name}"`);

test('a project goes with its services: none is probed any more, and no row of them is left', async () => {
  await using server = await testServer({ clock: systemClock });
  const { store, writer, secretKey } = server.app.context;
  const { server: listener, port } = await peer();
  try {
    await call(server, 'POST', '/services', {
      name: 'Stays',
      kind: 'tcp',
      settings: { host: '127.0.0.1', port },
    });
    const before = await contentOf(store);
    const made = {
      name: 'Other',
      environments: ['production'],
      pingKey: 'otherpingkey',
      ownerId: null,
      actor: 'x',
    };
    const { id: projectId } = await writer.run('projects.create', made);
    const key = storedKey(secretKey, KEY);
    await writer.run('keys.create', { projectId, scope: 'write', name: 'k', key, actor: 'x' });
    const of = (method: string, path: string, body?: unknown) => call(server, method, path, body, KEY);
    const limit = { metric: 'probe_duration_seconds', op: '>=', warning: 0 };
    const service = {
      kind: 'tcp',
      settings: { host: '127.0.0.1', port },
      interval: 5,
      timeout: 1,
      thresholds: [limit],
    };
    await of('POST', '/channels', {
      kind: 'webhook',
      name: 'Hook',
      settings: { url_down: 'http://127.0.0.1:1/' },
    });
    const { id } = await of('POST', '/services', { ...service, name: 'Goes' });
    await of('POST', '/services', { ...service, name: 'Depends', depends_on: [id] });
    const removed = await of('POST', '/services', { ...service, name: 'Removed before' });
    await of('POST', '/config/apply', {
      document: {
        tenants: {
          list: ['acme'],
          services: { 'Site ${tenant}': { kind: 'tcp', settings: service.settings } },
        },
      },
    });
    // A look at who the tenants are, due in a day.
    const file = new DatabaseSync(server.app.context.config().databaseUrl.slice('sqlite:'.length));
    const dueAt = Date.now() + 86_400_000;
    file
      .prepare(`insert into work (kind, key, due_at, fence, pending) values ('tenants', ?, ?, 0, 1)`)
      .run(`${projectId}/apply`, dueAt);
    file.close();
    for (const name of ['Goes', 'Depends', 'Site acme']) {
      await until(`a run of ${name}`, 10_000, () => isShown(server, name));
    }
    await of('DELETE', `/checks/${removed.id}`);

    const input = { projectId, pingKey: 'gone', actor: 'user:alice' };
    while (!(await writer.run('projects.remove', input)));
    await until(
      'nothing of it is probed',
      10_000,
      async () => !/job="(Goes|Depends|Site acme)"/.test(await metrics(server)),
    );
    const after = await contentOf(store);
    for (const table of Object.keys(after)) {
      // The log of who did what stays; nodes tell of themselves, and shards are not a project's.
      if (['audit_log', 'nodes', 'outages', 'settings', 'sessions'].includes(table)) continue;
      const own = (row: object) => table !== 'work' || !('kind' in row) || row.kind !== 'probes';
      const keysOf = (rows: readonly object[] = []) => rows.filter(own).length;
      const isOfFirst = ['pings', 'flips', 'rollups', 'probe_states'].includes(table);
      if (!isOfFirst) assert.equal(keysOf(after[table]), keysOf(before[table]), table);
      else
        assert.ok(
          after[table]?.every((row) => row['check_id'] === before['checks']?.[0]?.['id']),
          table,
        );
    }
    await until('the other project is probed on', 10_000, () => isShown(server, 'Stays'));
  } finally {
    listener.close();
  }
});

test('an environment with a service does not go; a tenant goes with its services', async () => {
  await using server = await testServer({ clock: systemClock });
  const { server: listener, port } = await peer();
  try {
    const settings = { host: '127.0.0.1', port };
    const document = (list: string[]) => ({
      document: { tenants: { list, services: { 'Site ${tenant}': { kind: 'tcp', settings } } } },
    });
    await call(server, 'POST', '/config/apply', document(['acme', 'globex']));
    for (const name of ['Site acme', 'Site globex'])
      await until(`a run of ${name}`, 10_000, () => isShown(server, name));
    await call(server, 'POST', '/config/apply', document(['globex']));
    await until('acme is probed no more', 10_000, async () => !(await isShown(server, 'Site acme')));
    assert.ok(await isShown(server, 'Site globex'));
    const { db } = server.app.context.store;
    const names = (await db.selectFrom('checks').select('name').execute()).map(({ name }) => name);
    assert.deepEqual(names, ['Site globex']);
    const { id } = await db.selectFrom('projects').select('id').executeTakeFirstOrThrow();
    const fields = { environments: ['staging'] };
    await assert.rejects(
      server.app.context.writer.run('projects.update', { projectId: id, fields, actor: 'x' }),
      /the check "Site globex" is in the environment "production"/,
    );
  } finally {
    listener.close();
  }
});
