import { z } from 'zod';
import { ProbeFailure } from '../../failure.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { instanceOf, serviceUrl } from '../../setting-types.ts';
import { tlsSettings } from '../../tls-settings.ts';
import { measureMonitoring } from './monitoring.ts';
import { type NatsServer, openSession } from './session.ts';

const PORT = 4_222;

const settings = z.strictObject({
  url: serviceUrl('nats', 'tls').meta({
    secret: true,
    title: 'Address',
    title_fr: 'Adresse',
    description: 'nats://user:password@host:4222, nats://token@host:4222, or tls:// with TLS',
    description_fr: 'nats://utilisateur:motdepasse@hôte:4222, nats://jeton@hôte:4222, ou tls:// avec TLS',
  }),
  tls_ca: tlsSettings().tls_ca,
  monitoring: z
    .union([z.literal(''), serviceUrl('http', 'https')])
    .default('')
    .meta({
      secret: true,
      title: 'Monitoring address',
      title_fr: 'Adresse de supervision',
      description: 'http://host:8222: health, connections and JetStream are measured with it only',
      description_fr: 'http://hôte:8222 : santé, connexions et JetStream ne sont mesurés qu’avec elle',
    }),
});

type Settings = z.output<typeof settings>;

/** A NATS server: logs in, measures the round trip, and reads its monitoring port where it is told of one. */
export const nats = defineProbe({
  kind: 'nats',
  title: 'NATS',
  up: 'nats_up',
  interval: 30,
  timeout: 5,
  settings,
  thresholds: [{ metric: 'jetstream_consumer_num_pending', op: '>', warning: 10_000, for: 3 }],
  instance: ({ url }) => instanceOf(url, PORT),
  async probe(given, run) {
    const { greeting, roundTrip } = await openSession(serverOf(given, run), run);
    run.measure('nats_rtt_seconds', roundTrip);
    run.detail('version', greeting.version);
    run.detail('server_name', greeting.server_name);
    run.detail('cluster', greeting.cluster);
    run.detail('jetstream', greeting.jetstream);
    if (given.monitoring !== '') await measureMonitoring(given.monitoring, greeting.jetstream, run);
  },
});

function serverOf({ url, tls_ca }: Settings, run: ProbeRun): NatsServer {
  const parsed = URL.parse(run.secret(url));
  if (parsed === null) throw new ProbeFailure('config', 'the address is none once its secrets are put in');
  const [user, pass] = [decodeURIComponent(parsed.username), decodeURIComponent(parsed.password)];
  const ca = tls_ca.trim() === '' ? null : tls_ca;
  return {
    host: parsed.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: parsed.port === '' ? PORT : Number(parsed.port),
    tls: parsed.protocol === 'tls:' || ca !== null ? { ca } : null,
    login: user === '' ? {} : pass === '' ? { auth_token: user } : { user, pass },
  };
}
