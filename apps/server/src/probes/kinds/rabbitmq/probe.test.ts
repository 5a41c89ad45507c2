import assert from 'node:assert/strict';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { test } from 'node:test';
import { certificates } from '../../testing/certificates.ts';
import { listening, type Peer, tcpPeer } from '../../testing/peers.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { assertWrongPeers } from '../../testing/wrong-peers.ts';
import { rabbitmq } from './probe.ts';

/** What a broker of one node answers, as RabbitMQ 3.10 did. */
const ANSWERS: Record<string, [status: number, body: unknown]> = {
  '/api/overview': [
    200,
    {
      rabbitmq_version: '3.10.8',
      cluster_name: 'rabbit@one',
      object_totals: { connections: 2, channels: 3, queues: 2, consumers: 0 },
      queue_totals: { messages_ready: 5, messages_unacknowledged: 1 },
    },
  ],
  '/api/nodes': [
    200,
    [{ name: 'rabbit@one', running: true, mem_used: 100, disk_free: 50, mem_alarm: false }],
  ],
  '/api/queues': [
    200,
    {
      items: [
        { name: 'jobs', vhost: '/', messages_ready: 5, messages_unacknowledged: 1, consumers: 0 },
        { name: 'fresh', vhost: '/' },
      ],
    },
  ],
  '/api/health/checks/alarms': [200, { status: 'ok' }],
  '/api/health/checks/virtual-hosts': [200, { status: 'ok' }],
  '/api/health/checks/node-is-quorum-critical': [200, { status: 'ok' }],
};

function answering(changed: typeof ANSWERS = {}): RequestListener {
  const answers = { ...ANSWERS, ...changed };
  return (request, response) => {
    const [status, body] = answers[request.url?.split('?')[0] ?? ''] ?? [404, { error: 'Object Not Found' }];
    response.statusCode = status;
    response.end(JSON.stringify(body));
  };
}

async function lookAt(changed: typeof ANSWERS, given: object = {}) {
  await using peer: Peer = await listening(createHttpServer(answering(changed)));
  const result = await probing(rabbitmq, { management_url: `http://g:p@127.0.0.1:${peer.port}`, ...given });
  await peer.allClosed();
  return result;
}

test('what the management API says is measured; what it does not say yet is not', async () => {
  const result = await lookAt({});
  assertWell(result);
  const values = valuesOf(result);
  assert.equal(values['rabbitmq_queue_messages_ready{vhost="/",queue="jobs"}'], 5);
  assert.equal(values['rabbitmq_queue_messages_unacked{vhost="/",queue="jobs"}'], 1);
  assert.equal(values['rabbitmq_queue_messages_unconsumed{vhost="/",queue="jobs"}'], 5);
  assert.equal(values['rabbitmq_queue_messages_ready{vhost="/",queue="fresh"}'], undefined);
  assert.equal(values['rabbitmq_connections'], 2);
  assert.equal(values['rabbitmq_process_resident_memory_bytes{node="rabbit@one"}'], 100);
  assert.equal(values['rabbitmq_alarms_memory_used_watermark{node="rabbit@one"}'], 0);
  assert.equal(values['rabbitmq_quorum_critical'], 0);
  assert.equal(result.details['version'], 'RabbitMQ 3.10.8');
});

const WRONG: [path: string, answer: [number, unknown], reason: string, message: RegExp][] = [
  [
    'health/checks/alarms',
    [
      503,
      {
        status: 'failed',
        reason: 'alarms are in effect',
        alarms: [{ resource: 'memory', node: 'rabbit@one' }],
      },
    ],
    'unhealthy',
    /alarms: .*in effect, memory at rabbit@one/,
  ],
  ['health/checks/virtual-hosts', [503, { reason: 'a is down' }], 'unhealthy', /virtual hosts: a is down/],
  ['health/checks/alarms', [503, 'what'], 'unhealthy', /not passed/],
  ['health/checks/alarms', [500, {}], 'unhealthy', /answered 500/],
  ['nodes', [200, [{ name: 'rabbit@two', running: false }]], 'unhealthy', /rabbit@two does not run/],
  ['nodes', [200, { error: 'no' }], 'protocol', /as RabbitMQ does/],
  ['overview', [401, { error: 'not_authorised' }], 'auth', /401/],
  ['overview', [403, {}], 'forbidden', /403/],
  ['overview', [200, { hello: 'world' }], 'protocol', /as RabbitMQ does/],
  ['overview', [302, {}], 'protocol', /302/],
];

for (const [path, answer, reason, message] of WRONG) {
  test(`/api/${path} answering ${answer[0]} ${JSON.stringify(answer[1])} is ${reason}`, async () => {
    assertFailed(await lookAt({ [`/api/${path}`]: answer }), reason, message);
  });
}

test('a node that others could not spare is a measurement, not an outage', async () => {
  const result = await lookAt({ '/api/health/checks/node-is-quorum-critical': [503, { reason: 'yes' }] });
  assertWell(result);
  assert.equal(valuesOf(result)['rabbitmq_quorum_critical'], 1);
});

test('a named queue is asked for by itself, and its absence is a failure', async () => {
  assertWell(await lookAt({}, { queues: ['jobs'] }));
  const [, found] = [200, { name: 'a/b', vhost: '/', messages_ready: 1, consumers: 1 }];
  const result = await lookAt({ '/api/queues/%2F/a%2Fb': [200, found] }, { queues: ['a/b'] });
  assertWell(result);
  assert.equal(valuesOf(result)['rabbitmq_queue_consumers{vhost="/",queue="a/b"}'], 1);
  assertFailed(await lookAt({}, { queues: ['mail'] }), 'not_found', /no queue mail in the vhost \//);
});

test('over AMQP: peers that are no broker, and none at all', async () => {
  const settings = (port: number) => ({ url: `amqp://127.0.0.1:${port}` });
  await assertWrongPeers({ kind: rabbitmq, settings, waitsIn: 'auth' });
});

test('over HTTP: peers that are no management API, and none at all', async () => {
  await using closed = await tcpPeer((socket) => void socket.end());
  assertFailed(await probing(rabbitmq, { management_url: `http://127.0.0.1:${closed.port}` }), 'protocol');
  const silent = await tcpPeer(() => undefined);
  const hung = await probing(
    rabbitmq,
    { management_url: `http://127.0.0.1:${silent.port}` },
    { timeout: 200 },
  );
  assertFailed(hung, 'timeout', /\(processing\)/);
  await silent.allClosed();
  const { port } = silent;
  await silent[Symbol.asyncDispose]();
  assertFailed(await probing(rabbitmq, { management_url: `http://127.0.0.1:${port}` }), 'refused');
});

test('over HTTPS: the certificate must be trusted', async () => {
  const { ca, good, expired } = certificates();
  await using right = await listening(createHttpsServer(good, answering()));
  const at = ({ port }: Peer) => ({ management_url: `https://localhost:${port}` });
  assertWell(await probing(rabbitmq, { ...at(right), tls_ca: ca }));
  assertFailed(await probing(rabbitmq, at(right)), 'tls', /not trusted/);
  await using old = await listening(createHttpsServer(expired, answering()));
  assertFailed(await probing(rabbitmq, { ...at(old), tls_ca: ca }), 'tls', /expired/);
});

test('settings: one address is needed; the instance shows no password', () => {
  assert.throws(() => rabbitmq.open({}), /an address is needed/);
  assert.throws(() => rabbitmq.open({ url: 'http://h' }), /amqp:\/\/ or amqps:\/\//);
  const instances = [
    { url: 'amqps://u:p@h/v' },
    { management_url: 'http://u:p@h:15672' },
    { url: 'amqp://h', management_url: 'http://m' },
  ];
  assert.deepEqual(
    instances.map((given) => rabbitmq.open(given).instance),
    ['h:5671', 'h:15672', 'h:5672'],
  );
});
