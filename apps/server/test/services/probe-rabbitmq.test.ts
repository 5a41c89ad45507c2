import assert from 'node:assert/strict';
import { connect as connectTcp, type Socket } from 'node:net';
import { test } from 'node:test';
import { connect } from 'amqplib';
import { rabbitmq } from '../../src/probes/kinds/rabbitmq/probe.ts';
import { certificates } from '../../src/probes/testing/certificates.ts';
import { type Peer, tcpPeer } from '../../src/probes/testing/peers.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { startRabbit } from '../support/peers/rabbitmq.ts';
import { until } from '../support/until.ts';

test('RabbitMQ, by AMQP and by its management API', async (t) => {
  const { ca, good } = certificates();
  await using server = await startRabbit({ tls: { ...good, ca } });
  const { url, managementUrl: management_url } = server;
  const probe = (given: object) => probing(rabbitmq, given, { timeout: 10_000 });
  const application = await connect(url);
  application.on('error', () => undefined);
  const channel = await application.createChannel();
  await channel.assertQueue('jobs', { durable: true });
  for (let sent = 0; sent < 7; sent++) channel.sendToQueue('jobs', Buffer.from('x'));
  const jobs = 'vhost="/",queue="jobs"';

  await t.test('by AMQP, what a queue holds is known at once', async () => {
    const found = await until('all are there', 5_000, async () => {
      const result = await probe({ url, queues: ['jobs'] });
      assertWell(result);
      return valuesOf(result)[`rabbitmq_queue_messages_ready{${jobs}}`] === 7 ? result : null;
    });
    assert.equal(valuesOf(found)[`rabbitmq_queue_consumers{${jobs}}`], 0);
    assert.equal(valuesOf(found)[`rabbitmq_queue_messages_unconsumed{${jobs}}`], 7);
    assert.match(String(found.details['version']), /^RabbitMQ 3\.\d+/);
    assert.deepEqual(
      found.phases.map(([name]) => name),
      ['resolve', 'connect', 'auth', 'queues'],
    );
  });

  await t.test('by the management API, also what is unacknowledged, and the node', async () => {
    await channel.prefetch(3);
    await channel.consume('jobs', () => undefined);
    const found = await until('it has counted', 20_000, async () => {
      const result = await probe({ management_url });
      assertWell(result);
      const values = valuesOf(result);
      const isCounted =
        values[`rabbitmq_queue_messages_unacked{${jobs}}`] === 3 && values['rabbitmq_connections'] === 1;
      return isCounted ? values : null;
    });
    assert.equal(found[`rabbitmq_queue_messages_ready{${jobs}}`], 4);
    assert.equal(found[`rabbitmq_queue_consumers{${jobs}}`], 1);
    assert.equal(found[`rabbitmq_queue_messages_unconsumed{${jobs}}`], 0);
    assert.equal(
      Object.keys(found).filter((name) => name.startsWith('rabbitmq_disk_space_available_bytes')).length,
      1,
    );
    assertWell(await probe({ url, management_url, queues: ['jobs'] }));
  });

  await t.test('the probe’s connections are gone', async () => {
    const names = await until('one connection is left', 20_000, async () => {
      const found = (await server.manage('GET', '/api/connections?columns=name')) as unknown[];
      return found.length === 1;
    });
    assert.equal(names, true);
  });

  await t.test('a queue that is not there, one that is somebody’s own', async () => {
    for (const given of [{ url }, { management_url }, { url, management_url }]) {
      assertFailed(await probe({ ...given, queues: ['jobs', 'mail'] }), 'not_found', /no queue '?mail/);
    }
    await channel.assertQueue('own', { exclusive: true });
    assertFailed(await probe({ url, queues: ['own'] }), 'forbidden', /RESOURCE_LOCKED/);
  });

  await t.test('a broker that breaks off after the login, and one that then sends without end', async () => {
    const heartbeats = Buffer.from('\x08\0\0\0\0\0\0\xce', 'latin1').toString('latin1').repeat(10_000);
    const pour = (socket: Socket): void => {
      if (!socket.destroyed) socket.write(heartbeats, 'latin1', () => pour(socket));
    };
    await using breaking = await throughTo(server.port, (socket) => socket.resetAndDestroy());
    const at = (port: number) => ({ url: `amqp://127.0.0.1:${port}`, queues: ['jobs'] });
    assertFailed(await probe(at(breaking.port)), 'reset');
    await breaking.allClosed();
    await using endless = await throughTo(server.port, pour);
    assertFailed(await probe(at(endless.port)), 'protocol', /sent more than 16777216 bytes/);
    await endless.allClosed();
  });

  await t.test('wrong password, vhost, rights, tags', async () => {
    const { port } = server;
    const hidden = assertFailed(await probe({ url: `amqp://guest:hidden@127.0.0.1:${port}` }), 'auth');
    assert.doesNotMatch(hidden, /hidden/);
    assertFailed(
      await probe({ management_url: management_url.replace(':guest@', ':hidden@') }),
      'auth',
      /401/,
    );
    assertFailed(await probe({ url: `${url}/nowhere` }), 'forbidden', /vhost/);
    await server.manage('PUT', '/api/users/weak', { password: 'p', tags: '' });
    assertFailed(await probe({ url: `amqp://weak:p@127.0.0.1:${port}` }), 'forbidden', /vhost/);
    // Looking at a queue takes no right but that to the vhost.
    await server.manage('PUT', '/api/permissions/%2F/weak', { configure: '^$', write: '^$', read: '^$' });
    assertWell(await probe({ url: `amqp://weak:p@127.0.0.1:${port}`, queues: ['jobs'] }));
    const untagged = await probe({ management_url: management_url.replace('guest:guest@', 'weak:p@') });
    assertFailed(untagged, 'auth', /401/);
  });

  await t.test('TLS', async () => {
    const secure = `amqps://guest:guest@localhost:${server.tlsPort}`;
    assertWell(await probe({ url: secure, tls_ca: ca, queues: ['jobs'] }));
    assertFailed(await probe({ url: secure }), 'tls', /not accepted/);
    assertFailed(
      await probe({ url: `amqps://localhost:${server.port}`, tls_ca: ca }),
      'protocol',
      /does not speak TLS/,
    );
    assertFailed(await probe({ url: `amqp://localhost:${server.tlsPort}` }), 'protocol');
  });

  await t.test('an alarm is told in words', async () => {
    await server.control('set_disk_free_limit', '1000000GB');
    const alarmed = await until('the alarm is raised', 30_000, async () => {
      const result = await probe({ url, management_url });
      const isSeen = Object.entries(valuesOf(result)).some(
        ([name, value]) => name.startsWith('rabbitmq_alarms_free_disk_space_watermark') && value === 1,
      );
      return result.failure !== null && isSeen ? result : null;
    });
    assertFailed(alarmed, 'unhealthy', /alarms: .*disk/);
    await server.control('set_disk_free_limit', '1MB');
    await until('the alarm is over', 30_000, async () => (await probe({ management_url })).failure === null);
  });

  await t.test('stopped, it refuses', async () => {
    application.close().catch(() => undefined);
    await server.stop();
    assertFailed(await probe({ url }), 'refused');
    assertFailed(await probe({ management_url }), 'refused');
  });
});

/** Goes between a client and the broker until the client is logged in; then does what the test says. */
function throughTo(port: number, loggedIn: (socket: Socket) => void): Promise<Peer> {
  return tcpPeer((socket) => {
    const broker = connectTcp(port, '127.0.0.1');
    broker.on('error', () => undefined);
    socket.once('close', () => broker.destroy());
    socket.on('data', (bytes) => broker.write(bytes));
    let answers = 0;
    broker.on('data', (bytes) => {
      answers++;
      // Start, Tune and OpenOk are the login; the fourth is the channel's.
      if (answers < 4) socket.write(bytes);
      else if (answers === 4) loggedIn(socket);
    });
  });
}
