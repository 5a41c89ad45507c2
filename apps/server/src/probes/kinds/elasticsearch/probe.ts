import { z } from 'zod';
import { ProbeFailure } from '../../failure.ts';
import { httpUrlOf, isSuccess, jsonIn, jsonOf, statusFailure } from '../../http-answer.ts';
import { type HttpAnswer, type HttpRequest, httpExchange } from '../../http-exchange.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { instanceOf, serviceUrl } from '../../setting-types.ts';
import { tlsSettings } from '../../tls-settings.ts';

const COLORS = ['green', 'yellow', 'red'] as const;

const settings = z.strictObject({
  url: serviceUrl('http', 'https').meta({
    secret: true,
    title: 'Address',
    title_fr: 'Adresse',
    description: 'http://user:password@host:9200',
    description_fr: 'http://utilisateur:mot-de-passe@hôte:9200',
  }),
  api_key: z
    .string()
    .max(2_000)
    .regex(/^[\x21-\x7e]*$/, { error: 'must be an API key' })
    .default('')
    .meta({
      secret: true,
      title: 'API key',
      title_fr: 'Clé d’API',
      description: 'In its encoded form, instead of user and password',
      description_fr: 'Sous sa forme encodée, à la place de l’utilisateur et du mot de passe',
    }),
  tls_ca: tlsSettings().tls_ca,
});

type Settings = z.output<typeof settings>;

/** Numbers of `GET /_cluster/health`; each is measured as `elasticsearch_cluster_health_<name>`. */
const NUMBERS = [
  'number_of_nodes',
  'number_of_data_nodes',
  'active_primary_shards',
  'active_shards',
  'relocating_shards',
  'initializing_shards',
  'unassigned_shards',
  'delayed_unassigned_shards',
  'number_of_pending_tasks',
  'number_of_in_flight_fetch',
  'task_max_waiting_in_queue_millis',
] as const;

const health = z.looseObject({ cluster_name: z.string(), status: z.enum(COLORS) });
const greeting = z.object({ version: z.object({ number: z.string() }) });
const complaint = z.object({ error: z.object({ type: z.string(), reason: z.string().nullish() }) });
/** Characters of a cluster's own words in a failure's sentence. */
const WORDS_LENGTH = 200;

/** A cluster of Elasticsearch or OpenSearch: red is a failure, yellow a warning. */
export const elasticsearch = defineProbe({
  kind: 'elasticsearch',
  title: 'Elasticsearch',
  up: 'elasticsearch_cluster_health_up',
  interval: 60,
  timeout: 10,
  settings,
  thresholds: [
    { metric: 'elasticsearch_cluster_health_status', labels: { color: 'yellow' }, op: '>', warning: 0 },
  ],
  instance: ({ url }) => instanceOf(url, url.startsWith('https:') ? 443 : 80),
  async probe(given, run) {
    const answer = await httpExchange(healthRequest(given, run), run);
    if (!isSuccess(answer)) throw refusal(answer);
    const read = health.safeParse(jsonOf(answer));
    if (!read.success) {
      throw new ProbeFailure(
        'protocol',
        'what answers does not tell the health of a cluster of Elasticsearch',
      );
    }
    measure(read.data, run);
    await tellVersion(given, run);
    if (read.data.status !== 'red') return;
    const unassigned = read.data['unassigned_shards'];
    throw new ProbeFailure(
      'unhealthy',
      `the cluster ${read.data.cluster_name} is red: ${Number(unassigned)} shards are on no node`,
    );
  },
});

function request(path: string, given: Settings, run: ProbeRun): HttpRequest {
  const url = httpUrlOf(given.url, run);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${path}`;
  const wanted: HttpRequest = { url, ca: given.tls_ca };
  if (given.api_key === '') return wanted;
  return { ...wanted, headers: { authorization: `ApiKey ${run.secret(given.api_key)}` } };
}

/** A node without a master would wait for one for 30 s before it says so: longer than a run. */
function healthRequest(given: Settings, run: ProbeRun): HttpRequest {
  const wanted = request('_cluster/health', given, run);
  // OpenSearch has a newer name for it, which Elasticsearch refuses; both take this one.
  wanted.url.searchParams.set('master_timeout', `${Math.floor(run.timeLeft() / 2)}ms`);
  return wanted;
}

/** The failure of an answer that is no success, with the cluster's own words where there are some. */
function refusal(answer: HttpAnswer): ProbeFailure {
  const failure = statusFailure(answer);
  const read = complaint.safeParse(jsonIn(answer));
  if (!read.success) return failure;
  const { type, reason } = read.data.error;
  const words = [type, reason].filter((part) => part != null).join(': ');
  return new ProbeFailure(failure.reason, `${failure.message} (${words.slice(0, WORDS_LENGTH)})`);
}

function measure(found: z.output<typeof health>, run: ProbeRun): void {
  for (const color of COLORS) {
    run.measure('elasticsearch_cluster_health_status', color === found.status ? 1 : 0, { color });
  }
  run.detail('cluster_name', found.cluster_name);
  run.detail('cluster_status', found.status);
  for (const name of NUMBERS) {
    const value = found[name];
    if (typeof value !== 'number') continue;
    run.measure(`elasticsearch_cluster_health_${name}`, value);
    run.detail(name, value);
  }
}

/** A user may see the health and not this: then it stays unknown. */
async function tellVersion(given: Settings, run: ProbeRun): Promise<void> {
  const answer = await httpExchange(request('', given, run), run);
  const read = isSuccess(answer) ? greeting.safeParse(jsonIn(answer)) : null;
  if (read?.success) run.detail('version', read.data.version.number);
}
