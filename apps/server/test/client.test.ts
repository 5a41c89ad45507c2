/** The client of `@vigie/client` against a real server: what it reports, makes, and delivers late. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  type ClientOptions,
  createClient,
  monitorScheduledTask,
  monitorTask,
  rowsBetween,
} from '@vigie/client';
import { envFile, readEnvFile } from '@vigie/client/env-file';
import { saasChecks } from '@vigie/client/saas-checks';
import { KEYS, spawnApiServer } from './support/api-server.ts';
import { freePort } from './support/free-port.ts';
import { tempFolder } from './support/temp-folder.ts';
import { until } from './support/until.ts';

const folder = tempFolder('client');
const server = await spawnApiServer({ dataDir: join(folder.path, 'data') });
after(async () => {
  await server.end('SIGTERM');
  folder[Symbol.dispose]();
});

/** A client of the server, and what it said in its log. */
function clientOf(options: ClientOptions = {}) {
  const said: string[] = [];
  const log = { warn: (message: string) => void said.push(message) };
  const client = createClient({
    url: server.url,
    apiKey: KEYS.write,
    variables: {},
    retryDelay: 0.05,
    log,
    ...options,
  });
  return { client, said };
}

async function reports(id: string): Promise<string[]> {
  return (await server.pings(id)).map(({ type, body }) => `${type} ${body}`.trim());
}

test('every kind of ping arrives as what it is', async () => {
  const { client } = clientOf();
  const { id } = await server.createCheck({ name: 'kinds' });
  const rid = randomUUID();
  assert.equal(await client.start(id, { rid }), 'delivered');
  await client.success(id, { rid, body: 'done' });
  await client.log(id, 'noted');
  await client.fail(id, { body: 'broken' });
  await client.exitStatus(id, 0);
  await client.exitStatus(id, 3);
  await client.ping(id);
  assert.deepEqual(await reports(id), [
    'start',
    'success done',
    'log noted',
    'fail broken',
    'success',
    'fail',
    'success',
  ]);
  const [start, success] = await server.pings(id);
  assert.deepEqual([start?.rid, success?.rid], [rid, rid]);
  assert.equal(typeof success?.duration, 'number');
});

test('checks are made, listed by tag, changed, paused, resumed and removed, also below /api/v1', async () => {
  const { checks } = clientOf().client;
  const made = await checks.create({
    name: 'Managed',
    tags: 'one two',
    timeout: 3600,
    grace: 60,
    channels: '*',
  });
  const id = made.uuid ?? '';
  assert.deepEqual(
    (await checks.list({ tag: ['one', 'two'] })).map(({ name }) => name),
    ['Managed'],
  );
  assert.equal((await checks.list({ tag: 'three' })).length, 0);
  assert.equal((await checks.list({ slug: 'managed' })).length, 1);
  assert.equal((await checks.update(id, { grace: 120 })).grace, 120);
  assert.equal((await checks.pause(id)).status, 'paused');
  assert.equal((await checks.resume(id)).status, 'new');
  assert.equal((await checks.resume(id)).status, 'new', 'what is not paused stays as it is');
  assert.equal((await checks.get(id)).name, 'Managed');
  await clientOf().client.success(id);
  assert.equal((await checks.pings(id))[0]?.type, 'success');
  assert.deepEqual(
    (await checks.flips(id)).map(({ up }) => up),
    [1, 0, 0],
  );
  assert.equal((await checks.delete(id)).name, 'Managed');
  await assert.rejects(checks.get(id), { name: 'ApiError', status: 404 });
  await assert.rejects(checks.create({ timeout: 30 }), { name: 'ApiError', message: /timeout is too small/ });
});

test('a task whose check is named makes it once, and reports runs, output and errors', async () => {
  const { client, said } = clientOf();
  const task = monitorTask({ checkName: 'Data processing', client }, async (rows: number) => {
    if (rows < 0) throw new Error('no rows');
    return `${rows} rows`;
  });
  await task(3);
  await assert.rejects(task(-1), /no rows/);
  const [check, ...others] = await client.checks.list({ slug: 'data-processing' });
  assert.equal(others.length, 0);
  assert.equal(check?.tags, 'auto-created');
  const seen = await reports(check?.uuid ?? '');
  assert.deepEqual(seen.slice(0, 3), ['start', 'success 3 rows', 'start']);
  assert.match(seen[3] ?? '', /^fail Error: no rows\n {4}at /);
  assert.deepEqual(said, []);
});

test('another process finds the same check by its name, and changes nothing of it', async () => {
  const { client } = clientOf();
  const made = await client.checks.create({ name: 'Shared', timeout: 7200, tags: 'mine' });
  await monitorTask({ checkName: 'Shared', client: clientOf().client }, () => 1)();
  const found = await client.checks.list({ slug: 'shared' });
  assert.deepEqual(
    found.map(({ uuid, timeout, tags, n_pings }) => ({ uuid, timeout, tags, n_pings })),
    [{ uuid: made.uuid, timeout: 7200, tags: 'mine', n_pings: 2 }],
  );
});

test('a scheduled task gives its check the schedule, judges results and measures', async () => {
  const { client } = clientOf();
  const options = { schedule: '0 2 * * *', timeZone: 'Europe/Paris', grace: 7200, checkName: 'daily-backup' };
  const task = monitorScheduledTask(
    {
      ...options,
      assert: rowsBetween(1),
      measure: (rows: number) => ({ backup_rows: rows }),
      output: false,
      client,
    },
    (rows: number) => rows,
  );
  await task(5);
  await task(0);
  const [check] = await client.checks.list({ slug: 'daily-backup' });
  assert.deepEqual(
    [check?.schedule, check?.tz, check?.grace, check?.status],
    ['0 2 * * *', 'Europe/Paris', 7200, 'down'],
  );
  assert.deepEqual(await reports(check?.uuid ?? ''), [
    'start',
    'success backup_rows 5',
    'start',
    'fail 0 rows, not 1 or more\n\nbackup_rows 0',
  ]);
  assert.match(client.metrics.exposition(), /^backup_rows\{check="daily-backup"\} 0$/m);
});

test('a check that does not exist is made with the UUID that is pinged', async () => {
  const path = join(folder.path, '.env.healthchecks');
  const id = randomUUID();
  writeFileSync(path, `# ids\nHC_CHECK_VAULT=${id}\n`);
  const { client, said } = clientOf({ definitions: saasChecks, envFile: envFile(path) });
  assert.equal(await client.success(id), 'delivered');
  const { name, tags, timeout, grace, n_pings } = await server.check(id);
  assert.deepEqual(
    { name, tags, timeout, grace, n_pings },
    {
      name: 'Vault Secrets',
      tags: ['vault', 'security', 'secrets', 'tier2'],
      timeout: 300,
      grace: 600,
      n_pings: 1,
    },
  );
  assert.deepEqual([...(await readEnvFile(path))], [['HC_CHECK_VAULT', id]]);
  assert.deepEqual(said, ['Vault Secrets did not exist: it does now']);
});

test('with auto-provisioning off nothing is made', async () => {
  const id = randomUUID();
  const { client, said } = clientOf({ variables: { HEALTHCHECKS_AUTO_PROVISION: 'false' } });
  assert.equal(await client.success(id), 'refused');
  assert.match(said.join(), /the server knows no such check/);
  await assert.rejects(client.checks.get(id), { status: 404 });
});

test('while the server is away everything is kept, and delivered with its time', async () => {
  const port = await freePort();
  const start = () =>
    spawnApiServer({ dataDir: join(folder.path, 'restarted'), env: { VIGIE_PORT: String(port) } });
  const before = await start();
  const { id } = await before.createCheck({ name: 'restarted', timeout: 3600, grace: 3600 });
  const { client, said } = clientOf({ url: before.url });
  assert.equal(await client.success(id, { body: 'before' }), 'delivered');
  await before.end('SIGTERM');
  const rid = randomUUID();
  const began = Date.now();
  const kept = [client.report(id, 'start', { rid })];
  await until('half a second of work', 5000, () => Date.now() - began >= 500);
  kept.push(client.report(id, 'success', { rid, body: 'meanwhile' }));
  await until('the reports are late', 5000, () => Date.now() - began >= 2700);
  assert.equal(client.pending, 2);
  await using now = await start();
  assert.deepEqual(await Promise.all(kept), ['delivered', 'delivered']);
  const [, started, ended] = await now.pings(id);
  assert.equal(ended?.body, 'meanwhile');
  assert.ok(Math.abs(Date.parse(started?.at ?? '') - began) < 300, `${started?.at}`);
  assert.ok(Math.abs((ended?.duration ?? 0) - 0.5) < 0.3, `${ended?.duration} s`);
  assert.match(said.join('\n'), /reports are kept.*\n.*get through again/);
});

test('a job waits two seconds at most for a server that takes connections and says nothing', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  const port = await new Promise<number>((resolve) =>
    silent.once('listening', () => resolve((silent.address() as { port: number }).port)),
  );
  try {
    const { client } = clientOf({ url: `http://127.0.0.1:${port}`, checkTimeout: 5 });
    const began = performance.now();
    const task = monitorTask({ checkName: 'Held', client }, () => 'its own');
    assert.equal(await task(), 'its own');
    const took = performance.now() - began;
    assert.ok(took < 2500, `${took} ms`);
  } finally {
    silent.close();
  }
});
