import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from 'redis';
import { celery } from '../../src/probes/kinds/celery/probe.ts';
import { certificates } from '../../src/probes/testing/certificates.ts';
import { assertFailed, assertWell, probing } from '../../src/probes/testing/probing.ts';
import { celerySuite } from '../support/celery-suite.ts';
import { celeryApplication } from '../support/peers/celery.ts';
import { startRabbit } from '../support/peers/rabbitmq.ts';
import { startRedis } from '../support/peers/redis.ts';

/** The rights that docs/probes/celery.md names. */
const RIGHTS = [
  '&/3.celery.pidbox',
  '~_kombu.binding.reply.celery.pidbox',
  '~*.reply.celery.pidbox',
  '~celery*',
  ...['+auth', '+select', '+publish', '+sadd', '+srem', '+brpop', '+del', '+llen'],
];

test('workers over Redis', async (t) => {
  await using server = await startRedis();
  await celerySuite(t, `${server.url}/3`);
});

test('workers over Redis with transport options of their own', async (t) => {
  await using server = await startRedis();
  await celerySuite(t, `${server.url}/0`, {
    global_keyprefix: 'app:',
    fanout_prefix: '/fan{db}.',
    separator: ':',
  });
});

test('workers over RabbitMQ', async (t) => {
  const { ca, good } = certificates();
  await using server = await startRabbit({ tls: { ...good, ca } });
  await celerySuite(t, server.url);
  await t.test('TLS', async () => {
    const broker = `amqps://guest:guest@localhost:${server.tlsPort}`;
    assertWell(await probing(celery, { broker, min_workers: 0, wait: 0.2, tls_ca: ca }));
    assertFailed(await probing(celery, { broker }), 'tls');
  });
  await t.test('password, vhost and rights', async () => {
    const at = `127.0.0.1:${server.port}`;
    const wrong = assertFailed(
      await probing(celery, { broker: `amqp://guest:hidden@${at}` }),
      'auth',
      /ACCESS_REFUSED/,
    );
    assert.doesNotMatch(wrong, /hidden/);
    assertFailed(await probing(celery, { broker: `${server.url}/nowhere` }), 'forbidden', /vhost/);
    await server.manage('PUT', '/api/users/weak', { password: 'p', tags: '' });
    assertFailed(await probing(celery, { broker: `amqp://weak:p@${at}` }), 'forbidden', /vhost/);
    await server.manage('PUT', '/api/permissions/%2F/weak', { configure: '^$', write: '^$', read: '^$' });
    assertFailed(await probing(celery, { broker: `amqp://weak:p@${at}` }), 'forbidden');
  });
  await t.test('the rights that the manual names suffice', async () => {
    await server.manage('PUT', '/api/users/watcher', { password: 'p', tags: '' });
    const rights = { configure: '^amq\\.gen', read: '^amq\\.gen', write: '^celery\\.pidbox$' };
    await server.manage('PUT', '/api/permissions/%2F/watcher', rights);
    using application = celeryApplication(server.url);
    await using _ = await application.worker('w');
    assertWell(await probing(celery, { broker: `amqp://watcher:p@127.0.0.1:${server.port}` }));
  });
  await t.test('stopped, it refuses', async () => {
    await server.stop();
    assertFailed(await probing(celery, { broker: server.url }), 'refused');
  });
});

test('Redis rights: those that the manual names suffice; without the channel it is forbidden', async () => {
  await using server = await startRedis();
  const admin = createClient({ url: server.url });
  admin.on('error', () => undefined);
  await admin.connect();
  await admin.sendCommand(['ACL', 'SETUSER', 'watcher', 'on', '>p', ...RIGHTS]);
  await admin.sendCommand(['ACL', 'SETUSER', 'deaf', 'on', '>p', ...RIGHTS.slice(1)]);
  admin.destroy();
  using application = celeryApplication(`${server.url}/3`);
  await using _ = await application.worker('w');
  const as = (login: string) => probing(celery, { broker: `redis://${login}@127.0.0.1:${server.port}/3` });
  assertWell(await as('watcher:p'));
  assertFailed(await as('deaf:p'), 'forbidden', /PUBLISH with: NOPERM/);
  assertFailed(await as('watcher:wrong'), 'auth');
  await server.stop();
  assertFailed(await as('watcher:p'), 'refused');
});

test('nothing is left in Redis', async () => {
  await using server = await startRedis();
  for (let run = 0; run < 5; run++) await probing(celery, { broker: server.url });
  const client = createClient({ url: server.url });
  client.on('error', () => undefined);
  await client.connect();
  assert.deepEqual(await client.sendCommand(['KEYS', '*']), []);
  client.destroy();
});
