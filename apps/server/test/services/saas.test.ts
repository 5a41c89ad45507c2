/**
 * The example of a SaaS back end against real servers: every tier green; then each server stopped in turn, its check
 * down for the right reason in time, what depends on it held back, somebody told, and green again.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Alert, Page, Service } from '@vigie/contract';
import { AwsClient } from 'aws4fetch';
import pg from 'pg';
import { freePort } from '../support/free-port.ts';
import { celeryApplication } from '../support/peers/celery.ts';
import { startForeground } from '../support/peers/foreground-server.ts';
import { noKafka, produce, startKafka, untilTopic } from '../support/peers/kafka.ts';
import { noMinio, startMinio } from '../support/peers/minio.ts';
import { startRedis } from '../support/peers/redis.ts';
import { initVault, noVault, startVault, unsealVault } from '../support/peers/vault.ts';
import { startZooKeeper } from '../support/peers/zookeeper.ts';
import { startPostgres } from '../support/postgres.ts';
import { spawnServer } from '../support/server-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';
import { webhookReceiver } from '../support/webhook-receiver.ts';

const EXAMPLE = fileURLToPath(new URL('../../../../examples/saas/vigie.yml', import.meta.url));
const KEY = 'k'.repeat(32);

/** Seconds, in place of the example's minutes. */
const INTERVAL = 5;
const GRACE = 10;
/** Milliseconds in which a stopped server must be known to be down. */
const DOWN_WITHIN = (INTERVAL + GRACE) * 1000;
/** Milliseconds for real servers to come up and be seen again, on a machine with other things to do. */
const UP_WITHIN = 60_000;

const PACE = Object.fromEntries(
  ['TIER1', 'TIER2', 'API', 'CELERY', 'STORAGE', 'BUSINESS', 'REFRESH', 'LOGINS', 'COMPREHENSIVE'].flatMap(
    (name) => [
      [`${name}_INTERVAL`, `${INTERVAL}s`],
      [`${name}_GRACE`, `${GRACE}s`],
      [`${name}_TIMEOUT`, '4s'],
    ],
  ),
);

/** One server of the back end, with what it adds to the variables of the example. */
interface Part {
  /** Of its service. */
  name: string;
  env: Record<string, string>;
  /** Why its check must say that it is down. */
  reasons: readonly string[];
  /** Checks that depend on it and suffer with it. */
  held?: readonly string[];
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A server that is started anew at the same place. */
function part(given: Omit<Part, 'start' | 'stop'>, start: () => Promise<{ stop(): Promise<void> }>): Part {
  let running: { stop(): Promise<void> } | null = null;
  return {
    ...given,
    async start() {
      running = await start();
    },
    async stop() {
      await running?.stop();
      running = null;
    },
  };
}

const PORTS = {
  postgres: await freePort(),
  redis: await freePort(),
  api: await freePort(),
  zookeeper: await freePort(),
  kafka: await freePort(),
  minio: await freePort(),
};

const postgres = part(
  {
    name: 'PostgreSQL Database',
    env: { DATABASE_URL: `postgres://vigie@127.0.0.1:${PORTS.postgres}/vigie` },
    reasons: ['refused'],
    held: ['Active Tenants', 'Token Refresh Rate'],
  },
  async () => {
    const { url, close } = await startPostgres(PORTS.postgres);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('create table tenants (is_active boolean)');
    await client.query('insert into tenants values (true)');
    await client.query('create table token_refreshes (success boolean, at timestamptz)');
    await client.end();
    return { stop: close };
  },
);

const redis = part(
  {
    name: 'Redis Cache/Broker',
    env: { REDIS_URL: `redis://127.0.0.1:${PORTS.redis}/0`, REDIS_TIMEOUT: '4s' },
    reasons: ['refused'],
    held: ['Celery Worker SSO'],
  },
  () => startRedis({ port: String(PORTS.redis) }),
);

const api = part(
  {
    name: 'Flask API',
    env: { API_URL: `http://127.0.0.1:${PORTS.api}/health` },
    reasons: ['refused'],
  },
  async () => {
    const server = createServer((_, response) => response.end('{"status":"ok"}')).listen(
      PORTS.api,
      '127.0.0.1',
    );
    await once(server, 'listening');
    return {
      async stop() {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      },
    };
  },
);

const zookeeper = part(
  {
    name: 'Zookeeper',
    env: { ZOOKEEPER_HOST: '127.0.0.1', ZOOKEEPER_PORT: String(PORTS.zookeeper), ZOOKEEPER_TIMEOUT: '4s' },
    reasons: ['refused'],
  },
  () => startZooKeeper({ at: PORTS.zookeeper }),
);

const kafka = part(
  {
    name: 'Kafka Broker',
    env: { KAFKA_BROKER: `127.0.0.1:${PORTS.kafka}`, KAFKA_GROUP: 'saas' },
    reasons: ['refused', 'timeout'],
    held: ['Kafka Consumer'],
  },
  async () => {
    const server = await startKafka({ at: `127.0.0.1:${PORTS.kafka}` });
    await produce(server, 'orders', 3);
    await untilTopic(server, 'orders', 1);
    const consumer = await startForeground({
      command: ['kcat', '-b', server.plain, '-G', 'saas', '-X', 'auto.offset.reset=earliest', 'orders'],
      within: UP_WITHIN,
      ready: (output) => output.includes('assigned'),
    });
    return {
      async stop() {
        await consumer.stop();
        await server.stop();
      },
    };
  },
);

const minio = part(
  {
    name: 'MinIO S3 Storage',
    env: {
      MINIO_URL: `http://127.0.0.1:${PORTS.minio}`,
      MINIO_ACCESS_KEY: 'vigie-root',
      MINIO_SECRET_KEY: 'vigie-secret',
    },
    reasons: ['refused'],
  },
  async () => {
    const server = await startMinio(PORTS.minio);
    const { access_key: accessKeyId, secret_key: secretAccessKey, endpoint } = server;
    const client = new AwsClient({ accessKeyId, secretAccessKey, service: 's3', region: 'us-east-1' });
    const made = await client.fetch(`${endpoint}/documents`, { method: 'PUT' });
    assert.ok(made.ok, await made.text());
    return server;
  },
);

/** Celery 5.2 comes back to a Redis that was away and listens no more, as its check says: somebody starts it anew. */
async function again(worker: Part): Promise<void> {
  await worker.stop();
  await worker.start();
}

/** What cannot be here, with its switch and why. */
async function missing(): Promise<[string, string][]> {
  const reasons: [string[], string | null][] = [
    [['KAFKA_ENABLED', 'KAFKA_CONSUMER_ENABLED'], await noKafka()],
    [['MINIO_ENABLED'], await noMinio()],
    [['VAULT_ENABLED'], await noVault()],
  ];
  return reasons.flatMap(([names, why]) =>
    why === null ? [] : names.map((name): [string, string] => [name, why]),
  );
}

test('the example is green, each server that stops is told in time, and it is green again', async (context: TestContext) => {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(tempFolder('saas'));
  const log = join(folder.path, 'auth.log');
  writeFileSync(log, '');
  const off = await missing();
  for (const [name, why] of off) context.diagnostic(`left out by ${name}=false: ${why}`);
  const isOff = new Set(off.map(([name]) => name));
  const parts = [postgres, redis, api, zookeeper];
  if (!isOff.has('KAFKA_ENABLED')) parts.push(kafka);
  if (!isOff.has('MINIO_ENABLED')) parts.push(minio);
  const celery = stack.use(celeryApplication(redis.env['REDIS_URL'] ?? ''));
  let schedule = '';
  const worker = part({ name: 'Celery Worker SSO', env: {}, reasons: ['unhealthy'] }, () =>
    celery.worker('w1'),
  );
  const beat = part({ name: 'Celery Beat Scheduler', env: {}, reasons: ['unhealthy'] }, async () => {
    const server = await celery.beat(1, 'dbm.dumb');
    schedule = server.schedule;
    return server;
  });
  await Promise.all(
    parts.map((one) => {
      stack.defer(() => one.stop());
      return one.start();
    }),
  );
  for (const one of [worker, beat]) {
    stack.defer(() => one.stop());
    await one.start();
  }
  const vault = isOff.has('VAULT_ENABLED') ? null : stack.use(await startVault());
  if (vault !== null) await unsealVault(vault, (await initVault(vault)).keys);
  const hook = stack.use(await webhookReceiver());
  const dataDir = stack.use(tempFolder('saas-data')).path;
  const server = stack.use(
    await spawnServer({
      dataDir,
      env: {
        ...PACE,
        ...Object.fromEntries(off.map(([name]) => [name, 'false'])),
        ...Object.assign({}, ...parts.map(({ env }) => env)),
        VIGIE_CONFIG: EXAMPLE,
        VIGIE_API_KEY: KEY,
        CELERY_BROKER_URL: redis.env['REDIS_URL'] ?? '',
        CELERY_WAIT: '1',
        CELERY_BEAT_SCHEDULE: schedule,
        CELERY_BEAT_TIMEOUT: '4s',
        CELERY_BEAT_MAX_AGE: '5',
        LOGINS_LOG: log,
        WEBHOOK_ENABLED: 'true',
        WEBHOOK_URL: hook.url,
        ...(vault === null ? {} : { VAULT_URL: vault.url }),
      },
    }),
  );

  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${server.url}/api/vigie/${path}`, { headers: { 'X-Api-Key': KEY } });
    assert.equal(response.status, 200);
    return (await response.json()) as T;
  };
  const services = async (): Promise<Service[]> => (await get<Page<Service>>('services')).items;
  const named = async (name: string): Promise<Service> => {
    const service = (await services()).find((one) => one.name === name);
    assert.ok(service, name);
    return service;
  };
  const told = (id: string, status: string, from: number): boolean =>
    hook.received.slice(from).some((message) => message.code === id && message.status === status);
  const allGreen = async (what: string): Promise<void> => {
    let unwell: string[] = [];
    await until(what, UP_WITHIN, async () => {
      unwell = (await services())
        .filter(({ state }) => state !== 'healthy')
        .map(
          ({ name, state, last_run, warnings }) => `${name} ${state} ${last_run?.message ?? ''} ${warnings}`,
        );
      return unwell.length === 0;
    }).catch((error: unknown) => {
      throw new Error(unwell.join('\n'), { cause: error });
    });
  };

  await allGreen('every tier is green');
  const tiers = new Set((await services()).map(({ tier }) => tier));
  assert.deepEqual(tiers, new Set([1, 2, 4, null]));
  assert.deepEqual(hook.received, [], 'nobody is told of anything before');

  for (const one of [...parts, worker, beat]) {
    const { id } = await named(one.name);
    const before: number = hook.received.length;
    const from = performance.now();
    await one.stop();
    const patience = DOWN_WITHIN - (performance.now() - from);
    const down = await until(`${one.name} is down: ${one.reasons.join(' or ')}`, patience, async () => {
      const service = await named(one.name);
      // One that is just shutting down says so first.
      return service.state === 'unhealthy' && one.reasons.includes(service.last_run?.reason ?? '')
        ? service
        : null;
    });
    await until(`somebody is told of ${one.name}`, 5_000, () => told(id, 'down', before));
    for (const name of one.held ?? []) {
      const dependent = await named(name);
      await until(`the alert of ${name} is held back`, DOWN_WITHIN, async () => {
        const { items } = await get<Page<Alert>>(`alerts?state=firing&held=true&check=${dependent.id}`);
        return items.some(({ held }) => held.length > 0);
      });
      assert.equal(told(dependent.id, 'down', before), false, `${name} is held back`);
    }
    await one.start();
    if (one === redis) await again(worker);
    await allGreen(`green again after ${one.name}`);
    await until(`somebody is told that ${one.name} is back`, 10_000, () => told(id, 'up', before));
    context.diagnostic(`${one.name}: ${down.last_run?.reason}, ${down.last_run?.message}`);
  }
});
