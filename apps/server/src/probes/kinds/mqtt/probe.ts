import { randomUUID } from 'node:crypto';
import { placeOf } from '../../connection.ts';
import { dial } from '../../dial.ts';
import { ProbeFailure } from '../../failure.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { instanceOf } from '../../setting-types.ts';
import { MqttSession } from './session.ts';
import { type Settings, settings } from './settings.ts';
import { measureStatistics, STATISTIC_TOPICS } from './statistics.ts';

const PORT = 1_883;
const TLS_PORT = 8_883;
/** Milliseconds that the library's own limits come after the run's. */
const AFTERWARDS = 1_000;

/** An MQTT broker: logs in, and sends a message to itself. */
export const mqtt = defineProbe({
  kind: 'mqtt',
  title: 'MQTT',
  up: 'mqtt_up',
  interval: 60,
  timeout: 10,
  settings,
  instance: ({ url }) => instanceOf(url, url.startsWith('mqtts:') ? TLS_PORT : PORT),
  async probe(given, run) {
    const broker = brokerOf(given, run);
    const place = placeOf(broker.host, broker.port);
    const library = await import('mqtt');
    const socket = await dial(run, broker);
    using session = new MqttSession(library, socket, place, {
      clientId: `vigie-${randomUUID().slice(0, 8)}`,
      connectTimeout: run.timeLeft() + AFTERWARDS,
      protocolVersion: given.version === '5' ? 5 : 4,
      ...broker.login,
    });
    await run.phase('auth', () => session.connected());
    const token = randomUUID();
    const others = given.broker_statistics ? STATISTIC_TOPICS : [];
    const from = performance.now();
    await run.phase('echo', () => session.echo(`${given.topic}/${token}`, token, others));
    run.measure('mqtt_echo_seconds', (performance.now() - from) / 1000);
    measureStatistics(session.statistics, run);
  },
});

function brokerOf({ url, tls_ca }: Settings, run: ProbeRun) {
  const parsed = URL.parse(run.secret(url));
  if (parsed === null) throw new ProbeFailure('config', 'the address is none once its secrets are put in');
  const isSecure = parsed.protocol === 'mqtts:';
  const username = decodeURIComponent(parsed.username);
  const password = decodeURIComponent(parsed.password);
  return {
    host: parsed.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: parsed.port === '' ? (isSecure ? TLS_PORT : PORT) : Number(parsed.port),
    tls: isSecure ? { ca: tls_ca.trim() === '' ? null : tls_ca } : null,
    login: username === '' ? {} : { username, ...(password === '' ? {} : { password }) },
  };
}
