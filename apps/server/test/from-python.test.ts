/** Walks docs/from-python.md: everything of the Python stack has a row, and every row a test that executes it. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  createClient,
  exposition,
  hasStatus,
  monitorScheduledTask,
  rowsBetween,
  versionGrows,
} from '@vigie/client';
import { entriesOf } from '@vigie/client/env-file';
import { type SaasCheck, saasChecks } from '@vigie/client/saas-checks';
import { KEYS, spawnApiServer } from './support/api-server.ts';
import { tempFolder } from './support/temp-folder.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const CLIENT = 'apps/server/test/client.test.ts';
const ENSURE = 'apps/server/test/command-ensure.test.ts';
const COMMANDS = 'apps/server/test/command-checks.test.ts';
const HERE = 'apps/server/test/from-python.test.ts';
const MONITORING = 'apps/server/src/api/monitoring/monitoring.test.ts';
const NAMES = 'apps/server/src/config/healthchecks-names.test.ts';
const PINGS = 'every kind of ping arrives as what it is';
const CHECKS = 'checks are made, listed by tag, changed, paused, resumed and removed, also below /api/v1';
const OF_SERVER = ' is read$' + "{plain ? ', and without its prefix' : ', not without its prefix'}";

/** Row, file of a test, and a test of it that executes what the row promises. */
const EXECUTED: [id: string, file: string, title: string][] = [
  ['client', CLIENT, PINGS],
  ['client-settings', 'packages/client/src/settings.test.ts', 'the example file is read whole'],
  ['ping', CLIENT, PINGS],
  ['ping-start', CLIENT, PINGS],
  ['ping-success', CLIENT, PINGS],
  ['ping-fail', CLIENT, PINGS],
  ['ping-lost', CLIENT, 'while the server is away everything is kept, and delivered with its time'],
  ['create-check', CLIENT, CHECKS],
  ['list-checks', CLIENT, CHECKS],
  ['get-check', CLIENT, CHECKS],
  ['pause-check', CLIENT, CHECKS],
  ['resume-check', CLIENT, CHECKS],
  ['update-check', CLIENT, CHECKS],
  [
    'python-client',
    'apps/server/test/services/python-client.test.ts',
    'the client pings, makes, lists and shows checks',
  ],
  ['monitor-task', CLIENT, 'a task whose check is named makes it once, and reports runs, output and errors'],
  [
    'monitor-scheduled-task',
    CLIENT,
    'a scheduled task gives its check the schedule, judges results and measures',
  ],
  [
    'monitor-celery-task',
    'apps/server/test/services/client-bullmq.test.ts',
    'jobs are reported with their tries',
  ],
  [
    'monitor-endpoint',
    'packages/client/src/endpoints/endpoints.test.ts',
    'a check hears how it goes at once',
  ],
  [
    'decorators-emitted',
    'packages/client/src/decorators.test.ts',
    'methods decorated with the monitors report',
  ],
  [
    'check-postgres',
    'apps/server/test/services/probe-postgres.test.ts',
    'tenants come from a pattern or a query',
  ],
  ['check-redis', 'apps/server/test/services/probe-redis.test.ts', 'a Redis is well, with what it holds'],
  [
    'redis-unlimited',
    'apps/server/test/services/probe-redis.test.ts',
    'without a limit of its memory there is nothing',
  ],
  ['check-api', 'apps/server/src/probes/kinds/http/probe.test.ts', 'critical endpoints are told one by one'],
  ['check-celery-worker', 'apps/server/test/services/probe-celery.test.ts', 'workers over RabbitMQ'],
  [
    'check-celery-beat',
    'apps/server/test/services/probe-celery-beat.test.ts',
    'a beat that writes at every task is well',
  ],
  ['check-celery-queues', 'apps/server/test/services/probe-celery.test.ts', 'workers over Redis'],
  [
    'check-kafka',
    'apps/server/test/services/probe-kafka.test.ts',
    'brokers, topics and what a group has not read',
  ],
  ['check-kafka-consumer', 'apps/server/test/services/probe-kafka.test.ts', 'members of groups of the older'],
  [
    'check-zookeeper',
    'apps/server/test/services/probe-zookeeper.test.ts',
    'a server without its quorum is there',
  ],
  [
    'check-minio',
    'apps/server/test/services/probe-s3.test.ts',
    'a bucket with objects; health and room of MinIO',
  ],
  [
    's3-usage',
    'apps/server/test/services/probe-s3.test.ts',
    'a bucket with objects; health and room of MinIO',
  ],
  [
    'check-vault',
    'apps/server/test/services/probe-vault.test.ts',
    'not initialised, sealed, unsealed, hanging, killed in the middle, gone',
  ],
  ['comprehensive', MONITORING, 'the report on all is degraded with most of them well'],
  [
    'check-ids',
    'apps/server/test/services.test.ts',
    'a service is probed at once and on, goes down with its reason',
  ],
  ['refresh-expiring-tokens', HERE, 'SSO Token Refresh reports each run on its schedule'],
  ['health-check-task', HERE, 'Health Check Task looks at its result'],
  ['cleanup-expired-tokens', HERE, 'Token Cleanup counts its rows'],
  ['rotate-encryption-keys', HERE, 'Encryption Key Rotation fails where the version stays'],
  ['active-tenants', 'apps/server/test/services/probe-sql.test.ts', 'a number, and numbers with labels'],
  ['failed-logins', 'apps/server/src/probes/kinds/log-rate/probe.test.ts', 'matches since the last run'],
  ['api-p95', 'packages/client/src/metrics/registry.test.ts', 'counters, gauges and histograms are written'],
  ['database-connections', 'apps/server/test/services/probe-postgres.test.ts', 'a server that is well'],
  ['redis-memory', 'apps/server/test/services/probe-redis.test.ts', 'a Redis is well, with what it holds'],
  [
    'kafka-lag',
    'apps/server/test/services/probe-kafka.test.ts',
    'brokers, topics and what a group has not read',
  ],
  ['token-refresh-rate', HERE, 'SSO Token Refresh fails below its share of successes'],
  ['setup', ENSURE, 'setup makes the fourteen checks and the file'],
  ['ensure', ENSURE, 'fourteen checks with exactly the UUIDs of the file, on one server and on another'],
  ['ensure-force', ENSURE, '--force-recreate writes channels too'],
  ['ensure-env-file', ENSURE, 'a file that is not there, and a key that may not write'],
  ['ensure-duplicates', ENSURE, 'checks of the same name are told, and left alone'],
  ['start', 'scripts/start-vigie.test.ts', 'a folder with two env files becomes a server with its checks'],
  ['curl-ping', COMMANDS, 'a ping by UUID, by slug with either key, by URL'],
  ['export-checks', COMMANDS, 'a check is listed, shown, paused, resumed, deleted and restored'],
  ['backup', 'apps/server/test/backup.test.ts', 'what is restored is what was backed up, byte for byte'],
  ['auto-provision', CLIENT, 'a check that does not exist is made with the UUID that is pinged'],
  [
    'provision-cache',
    'packages/client/src/provision.test.ts',
    'Vigie makes the missing check with its own UUID, once',
  ],
  ['provision-file', 'packages/client/src/provision.test.ts', 'the pings go there, and the file is told'],
  ['same-uuids', ENSURE, 'fourteen checks with exactly the UUIDs of the file, on one server and on another'],
  ['routes', MONITORING, 'who may call what'],
  [
    'monitoring-router',
    'apps/server/test/monitoring-router.test.ts',
    'every route answers whoever may ask it',
  ],
  ['dashboard', MONITORING, 'the dashboard counts checks and tells the figures of each'],
  ...[
    'ENABLED',
    'HOST',
    'API_URL',
    'PING_URL',
    'API_KEY',
    'READ_KEY',
    'CHECK_TIMEOUT',
    'GRACE_MULTIPLIER',
    'RETRY_COUNT',
    'RETRY_DELAY',
    'AUTO_PROVISION',
  ].map((name): [string, string, string] => [
    `HEALTHCHECKS_${name}`,
    'packages/client/src/settings.test.ts',
    `{ HEALTHCHECKS_${name}: `,
  ]),
  ['HC_CHECK', ENSURE, 'pings answer 200'],
  ['server-database', NAMES, OF_SERVER],
  ['server-settings', NAMES, OF_SERVER],
  ['server-mail', NAMES, OF_SERVER],
  ['server-slack', NAMES, OF_SERVER],
  ['server-pagerduty', NAMES, OF_SERVER],
];

const docs = readFileSync(join(ROOT, 'docs/from-python.md'), 'utf8');
const rows = [...docs.matchAll(/^\| `([\w-]+)` \| (.*) \|$/gm)].map(([, id = '', text = '']) => ({
  id,
  text,
}));

test('every row is executed by a test that exists', () => {
  const executed = new Set(EXECUTED.map(([id]) => id));
  const ids = rows.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'an id comes twice');
  assert.equal(executed.size, EXECUTED.length, 'a row is named twice');
  assert.deepEqual([...executed].sort(), ids.sort());
  for (const [id, file, title] of EXECUTED) {
    assert.ok(existsSync(join(ROOT, file)), `${id}: there is no ${file}`);
    const tests = readFileSync(join(ROOT, file), 'utf8');
    assert.ok(tests.includes(title), `${id}: ${file} has no test called ${title}`);
  }
});

test('every function and Celery task of the Python files has a row', () => {
  const told = rows.map(({ text }) => text).join('\n');
  for (const file of globSync('examples/python/*.py', { cwd: ROOT })) {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const documented = text.replace(/"""[\s\S]*?"""/g, '');
    for (const [, name = ''] of documented.matchAll(/^ *def (\w+)/gm)) {
      assert.ok(new RegExp(`\\b${name}\\b`).test(told), `${file}: ${name} has no row`);
    }
    for (const [, name = ''] of documented.matchAll(/@celery\.task\(name='([\w.]+)'/g)) {
      assert.ok(told.includes(`\`${name}\``), `${file}: the task ${name} has no row`);
    }
  }
});

test('every variable of the example files has a row', () => {
  const told = rows.map(({ text }) => text).join('\n');
  for (const file of globSync('examples/healthchecks-env/*', { cwd: ROOT })) {
    for (const { name } of entriesOf(readFileSync(join(ROOT, file), 'utf8'))) {
      assert.ok(told.includes(`\`${name}\``), `${file}: ${name} has no row`);
    }
  }
});

const folder = tempFolder('from-python');
const server = await spawnApiServer({ dataDir: join(folder.path, 'data') });
const client = createClient({ url: server.url, apiKey: KEYS.write, variables: {} });
after(async () => {
  await server.end('SIGTERM');
  folder[Symbol.dispose]();
});

/** The options of one of the fourteen checks that has a schedule. */
function scheduled(name: (typeof saasChecks)[number]['name']) {
  const check: SaasCheck | undefined = saasChecks.find((each) => each.name === name);
  assert.ok(check?.schedule);
  return { checkName: name, schedule: check.schedule, grace: check.grace, output: false as const, client };
}

async function reports(name: string): Promise<string[]> {
  const [check] = (await client.checks.list()).filter((each) => each.name === name);
  const pings = await server.pings(check?.uuid ?? '');
  return pings.filter(({ type }) => type !== 'start').map(({ type, body }) => `${type} ${body}`.trim());
}

test('SSO Token Refresh reports each run on its schedule', async () => {
  await monitorScheduledTask(scheduled('SSO Token Refresh'), () => 'refreshed')();
  const [check] = await client.checks.list({ slug: 'sso-token-refresh' });
  assert.deepEqual([check?.schedule, check?.grace, check?.status], ['*/15 * * * *', 300, 'up']);
  assert.deepEqual(await reports('SSO Token Refresh'), ['success']);
});

test('SSO Token Refresh fails below its share of successes', async () => {
  const options = {
    ...scheduled('SSO Token Refresh'),
    measure: ({ done, tried }: { done: number; tried: number }) => ({ token_refresh_ratio: done / tried }),
    assert: ({ done, tried }: { done: number; tried: number }) =>
      done / tried >= 0.95 || `${done} of ${tried} tokens refreshed`,
  };
  await monitorScheduledTask(options, () => ({ done: 94, tried: 100 }))();
  assert.equal(
    (await reports('SSO Token Refresh')).at(-1),
    'fail 94 of 100 tokens refreshed\n\ntoken_refresh_ratio 0.94',
  );
  assert.match(exposition(client), /^token_refresh_ratio\{check="SSO Token Refresh"\} 0.94$/m);
});

test('Health Check Task looks at its result', async () => {
  const task = monitorScheduledTask(
    { ...scheduled('Health Check Task'), assert: hasStatus('healthy') },
    (overall_status: string) => ({ overall_status }),
  );
  await task('healthy');
  await task('degraded');
  assert.deepEqual(await reports('Health Check Task'), [
    'success',
    'fail the status is "degraded", not "healthy"',
  ]);
});

test('Token Cleanup counts its rows', async () => {
  const task = monitorScheduledTask(
    {
      ...scheduled('Token Cleanup'),
      assert: rowsBetween(0, 1000),
      measure: (n: number) => ({ tokens_removed: n }),
    },
    (removed: number) => removed,
  );
  await task(12);
  await task(5000);
  assert.deepEqual(await reports('Token Cleanup'), [
    'success tokens_removed 12',
    'fail 5000 rows, not 0 to 1000\n\ntokens_removed 5000',
  ]);
});

test('Encryption Key Rotation fails where the version stays', async () => {
  const version = ({ latest_version }: { latest_version: number }) => latest_version;
  const task = monitorScheduledTask(
    { ...scheduled('Encryption Key Rotation'), assert: versionGrows(version) },
    (latest_version: number) => ({ latest_version }),
  );
  for (const latest of [3, 4, 4]) await task(latest);
  assert.deepEqual(await reports('Encryption Key Rotation'), [
    'success',
    'success',
    'fail the version is 4, after 4',
  ]);
});
