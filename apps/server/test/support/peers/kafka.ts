/** A real Kafka of the test's own: one node in KRaft mode, from Maven Central, with plain, SASL and TLS listeners. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';
import { runProgram } from '../program.ts';
import { tempFolder } from '../temp-folder.ts';
import { until } from '../until.ts';
import { cacheOf } from './cache.ts';
import { startForeground } from './foreground-server.ts';
import { fetchJars } from './maven.ts';

const VERSION = '4.1.0';
/** Its jars, fetched once. */
const CACHE = cacheOf(`kafka-${VERSION}`);

export interface KafkaServer extends AsyncDisposable {
  /** `127.0.0.1:<port>`: everything is allowed here. */
  plain: string;
  /** Wants a user by SASL PLAIN: `probe` with `secret` sees all, `weak` with `weak` nothing. */
  sasl: string;
  /** Null unless a certificate was given. */
  tls: string | null;
  stop(): Promise<void>;
}

export interface KafkaOptions {
  /** A PEM file with a PKCS #8 key and its certificate. */
  pem?: string;
  /** Its address for everybody, instead of a free one. */
  at?: string;
  /** What it says that it is reached as, instead of `plain`. */
  advertised?: string;
}

/** Why there can be no Kafka here; null = there can. Fetches it the first time. */
export function noKafka(): Promise<string | null> {
  return fetchJars(CACHE, `org.apache.kafka:kafka_2.13:${VERSION}`);
}

/** Starts one. @throws when it does not come up. */
export async function startKafka({ pem, at, advertised }: KafkaOptions = {}): Promise<KafkaServer> {
  const folder = tempFolder('kafka');
  const place = async (): Promise<string> => `127.0.0.1:${await freePort()}`;
  const [plain, sasl, controller] = [at ?? (await place()), await place(), await place()];
  const tls = pem === undefined ? null : await place();
  const file = join(folder.path, 'server.properties');
  writeFileSync(file, properties({ folder: folder.path, plain, sasl, controller, tls, pem, advertised }));
  const java = ['java', '-Xmx384m', '-cp', join(CACHE, '*')] as const;
  const tool = [...java, 'kafka.tools.StorageTool'];
  const formatted = await runProgram([...tool, 'format', '--standalone', '-t', CLUSTER, '-c', file]);
  if (formatted.code !== 0) throw new Error(`Kafka's folder cannot be made:\n${formatted.output}`);
  const server = await startForeground({
    command: [...java, 'kafka.Kafka', file],
    within: 60_000,
    ready: async () => (await runProgram(['kcat', '-L', '-m', '2', '-b', plain])).code === 0,
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    folder[Symbol.dispose]();
  };
  return { plain, sasl, tls, stop, [Symbol.asyncDispose]: stop };
}

/** Any 16 bytes in base64. */
const CLUSTER = 'dmlnaWUtdmlnaWUtdmlnaQ';

interface Places {
  folder: string;
  plain: string;
  sasl: string;
  controller: string;
  tls: string | null;
  pem: string | undefined;
  advertised: string | undefined;
}

function properties({ folder, plain, sasl, controller, tls, pem, advertised = plain }: Places): string {
  const secure = tls === null ? '' : `,TLS://${tls}`;
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `listeners=PLAIN://${plain},SASL://${sasl},CONTROLLER://${controller}${secure}`,
    `advertised.listeners=PLAIN://${advertised},SASL://${sasl}${secure.replace('127.0.0.1', 'localhost')}`,
    'listener.security.protocol.map=PLAIN:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL:SASL_PLAINTEXT,TLS:SSL',
    'controller.listener.names=CONTROLLER',
    'inter.broker.listener.name=SASL',
    'sasl.mechanism.inter.broker.protocol=PLAIN',
    `controller.quorum.bootstrap.servers=${controller}`,
    'sasl.enabled.mechanisms=PLAIN',
    `listener.name.sasl.plain.sasl.jaas.config=${LOGIN} username="probe" password="secret" user_probe="secret" user_weak="weak";`,
    'authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users=User:ANONYMOUS;User:probe',
    'offsets.topic.replication.factor=1',
    'offsets.topic.num.partitions=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'group.initial.rebalance.delay.ms=0',
    ...(pem === undefined ? [] : ['ssl.keystore.type=PEM', `ssl.keystore.location=${pem}`]),
    `log.dirs=${folder}/log`,
    '',
  ].join('\n');
}

const LOGIN = 'org.apache.kafka.common.security.plain.PlainLoginModule required';

/** Writes these messages into a topic. */
export async function produce(kafka: KafkaServer, topic: string, count: number): Promise<void> {
  const folder = tempFolder('messages');
  const file = join(folder.path, 'messages');
  writeFileSync(file, Array.from({ length: count }, (_, i) => `message ${i}\n`).join(''));
  const { code, output } = await runProgram(['kcat', '-P', '-b', kafka.plain, '-t', topic, '-l', file]);
  folder[Symbol.dispose]();
  if (code !== 0) throw new Error(`kcat: ${output}`);
}

/** Waits until a topic that was just made has a leader everywhere. */
export async function untilTopic(kafka: KafkaServer, topic: string, partitions: number): Promise<void> {
  await until(`topic ${topic}`, 20_000, async () => {
    const { output } = await runProgram(['kcat', '-L', '-J', '-b', kafka.plain, '-t', topic]);
    return (output.match(/"leader":1/g) ?? []).length === partitions;
  });
}
