/** The Kafka probe against a real Kafka in KRaft mode. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Admin, Consumer } from '@platformatic/kafka';
import { kafka as kind } from '../../src/probes/kinds/kafka/probe.ts';
import { makeAuthority } from '../../src/probes/testing/certificates.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { freePort } from '../support/free-port.ts';
import { type KafkaServer, noKafka, produce, startKafka } from '../support/peers/kafka.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const missing = await noKafka();
const options = { skip: missing ?? false };
if (missing !== null) console.error(`NOT TESTED against a real Kafka: ${missing}`);

const PARTITIONS = 2;

async function withTopic(kafka: KafkaServer, topic: string, messages: number): Promise<void> {
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: [kafka.plain] });
  await admin.createTopics({ topics: [topic], partitions: PARTITIONS, replicas: 1 });
  await admin.close();
  if (messages > 0) await produce(kafka, topic, messages);
}

/** Commits an offset of a group that has no members. */
async function commit(kafka: KafkaServer, groupId: string, topic: string, offset: bigint): Promise<void> {
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: [kafka.plain] });
  const partitionOffsets = [{ partition: 0, offset }];
  await admin.alterConsumerGroupOffsets({ groupId, topics: [{ name: topic, partitionOffsets }] });
  await admin.close();
}

/** Messages of a partition, told by the probe itself. */
function latest(values: Record<string, number>, topic: string): number[] {
  return Array.from(
    { length: PARTITIONS },
    (_, partition) =>
      values[`kafka_topic_partition_current_offset{topic="${topic}",partition="${partition}"}`] ?? -1,
  );
}

test('brokers, topics and what a group has not read', options, async () => {
  await using kafka = await startKafka();
  const settings = { brokers: [kafka.plain] };
  const memory = new Map<string, unknown>();
  const look = (more = {}) => probing(kind, { ...settings, ...more }, { timeout: 10_000, memory });
  const empty = await look();
  assertWell(empty);
  assert.deepEqual(empty.details, {
    brokers: [kafka.plain],
    topics_count: 0,
    topics: [],
    consumer_running: false,
    consumer_lag: {},
  });

  await withTopic(kafka, 'tenant.created', 50);
  await commit(kafka, 'saas', 'tenant.created', 3n);
  const read = await look({ topics: ['tenant.created'], groups: ['saas'] });
  assertWell(read);
  const values = valuesOf(read);
  const ends = latest(values, 'tenant.created');
  const [first = 0, second = 0] = ends;
  assert.equal(first + second, 50);
  assert.equal(values['kafka_brokers'], 1);
  assert.equal(values['kafka_topic_partitions{topic="tenant.created"}'], PARTITIONS);
  const place = 'topic="tenant.created",partition="0"';
  assert.equal(values[`kafka_topic_partition_oldest_offset{${place}}`], 0);
  assert.equal(values[`kafka_topic_partition_leader{${place}}`], 1);
  assert.equal(values[`kafka_topic_partition_under_replicated_partition{${place}}`], 0);
  assert.equal(values[`kafka_consumergroup_current_offset{consumergroup="saas",${place}}`], 3);
  assert.equal(values[`kafka_consumergroup_lag{consumergroup="saas",${place}}`], first - 3);
  const sum = 'kafka_consumergroup_lag_sum{consumergroup="saas",topic="tenant.created"}';
  assert.equal(values[sum], first - 3);
  assert.equal(values['kafka_consumergroup_members{consumergroup="saas"}'], 0);
  assert.deepEqual(read.details['consumer_lag'], { 'tenant.created': first - 3 });

  // The partition of which nothing was ever read counts only if it is asked for.
  const whole = valuesOf(await look({ lag_without_offset: 'from_earliest' }));
  assert.equal(whole[sum], 47);
  assert.equal(whole['kafka_consumergroup_stalled{consumergroup="saas"}'], 1);
  const again = valuesOf(await look({ lag_without_offset: 'from_earliest' }));
  assert.equal(again['kafka_consumergroup_stalled{consumergroup="saas"}'], 0);

  assertFailed(await look({ topics: ['nope'] }), 'not_found', /topic nope does not exist/);
  assertFailed(await look({ groups: ['nope'] }), 'not_found', /no consumer group nope/);
  await kafka.stop();
  assertFailed(await look(), 'refused');
});

test('members of groups of the older and the newer protocol are counted', options, async () => {
  await using kafka = await startKafka();
  await withTopic(kafka, 'jobs', 4);
  for (const groupProtocol of ['classic', 'consumer'] as const) {
    const groupId = `group-${groupProtocol}`;
    const consumer = new Consumer({
      clientId: 'test',
      groupId,
      groupProtocol,
      bootstrapBrokers: [kafka.plain],
    });
    consumer.on('error', () => undefined);
    const stream = await consumer.consume({ topics: ['jobs'], mode: 'earliest', autocommit: false });
    const key = `kafka_consumergroup_members{consumergroup="${groupId}"}`;
    await until(`a member of ${groupId}`, 20_000, async () => {
      const result = await probing(kind, { brokers: [kafka.plain] }, { timeout: 10_000 });
      return valuesOf(result)[key] === 1;
    });
    await stream.close();
    await consumer.close(true);
  }
});

test('a user, a right and a certificate that are missing are told apart', options, async () => {
  using folder = tempFolder('kafka-pem');
  using authority = makeAuthority();
  const { key, cert } = authority.issue('localhost');
  const pem = join(folder.path, 'server.pem');
  writeFileSync(pem, key + cert);
  await using kafka = await startKafka({ pem });
  await withTopic(kafka, 'orders', 1);
  const user = (username: string, password: string, more = {}) =>
    probing(
      kind,
      { brokers: [kafka.sasl], mechanism: 'PLAIN', username, password, ...more },
      { timeout: 10_000, secret: (name) => (name === 'KAFKA' ? 'secret' : undefined) },
    );
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference to a secret
  assertWell(await user('probe', '${secret:KAFKA}', { topics: ['orders'] }));
  const said = assertFailed(await user('probe', 'guess-me'), 'auth', /refused the user or the password/);
  assert.doesNotMatch(said, /guess-me/);
  assertFailed(await user('probe', 'secret', { mechanism: 'SCRAM-SHA-256' }), 'auth', /mechanism/);
  assertFailed(
    await user('weak', 'weak', { topics: ['orders'] }),
    'forbidden',
    /orders may not be described/,
  );
  assertFailed(await user('weak', 'weak', { groups: ['g'] }), 'forbidden', /g may not be described/);
  const anonymous = await probing(kind, { brokers: [kafka.sasl] });
  assertFailed(anonymous, 'auth', /want a user and a password/);

  const port = kafka.tls?.split(':')[1];
  const tls = (tls_ca: string) =>
    probing(kind, { brokers: [`localhost:${port}`], tls: true, tls_ca }, { timeout: 10_000 });
  assertWell(await tls(authority.ca));
  assertFailed(await tls(''), 'tls', /certificate/);
  assertFailed(await probing(kind, { brokers: [`127.0.0.1:${port}`] }), 'protocol', /wants TLS/);
  assertFailed(await probing(kind, { brokers: [kafka.plain], tls: true }), 'protocol', /does not speak TLS/);
});

test('a broker that advertises itself where nobody is is named', options, async () => {
  const advertised = `localhost:${await freePort()}`;
  await using kafka = await startKafka({ advertised });
  const result = await probing(kind, { brokers: [kafka.plain] }, { timeout: 10_000 });
  assertFailed(result, 'refused', new RegExp(`broker 1, which advertises itself as ${advertised}`));
});
