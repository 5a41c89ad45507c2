/** What MinIO tells besides S3: whether it is well, and what room it has. */
import { ProbeFailure } from '../../failure.ts';
import { isSuccess, statusFailure } from '../../http-answer.ts';
import { httpExchange } from '../../http-exchange.ts';
import type { ProbeRun } from '../../kind.ts';

/** Bytes of the metrics of a cluster. */
const METRICS_LIMIT = 4 * 1_048_576;
/** MinIO's series that are taken over as they are. */
const TAKEN = [
  'minio_cluster_capacity_usable_total_bytes',
  'minio_cluster_capacity_usable_free_bytes',
  'minio_cluster_drive_offline_total',
  'minio_cluster_drive_online_total',
  'minio_cluster_nodes_offline_total',
  'minio_cluster_nodes_online_total',
  'minio_bucket_usage_total_bytes',
  'minio_bucket_usage_object_total',
];

export interface MinioSample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** @throws ProbeFailure `unhealthy` when it does not live, or has no quorum to write. */
export async function requireHealthy(endpoint: URL, ca: string | undefined, run: ProbeRun): Promise<void> {
  const live = await httpExchange({ url: at(endpoint, 'health/live'), ca }, run);
  if (live.status === 404)
    throw new ProbeFailure('protocol', `${endpoint.host} has no health address of MinIO's`);
  if (!isSuccess(live))
    throw new ProbeFailure('unhealthy', `MinIO says that it is not well (${live.status})`);
  const cluster = await httpExchange({ url: at(endpoint, 'health/cluster'), ca }, run);
  if (cluster.status === 503) throw new ProbeFailure('unhealthy', 'MinIO has no quorum to write');
  if (!isSuccess(cluster)) throw statusFailure(cluster);
}

/** Measures the room of a cluster. @throws ProbeFailure */
export async function measureCapacity(
  endpoint: URL,
  token: string,
  ca: string | undefined,
  run: ProbeRun,
): Promise<void> {
  const headers: Record<string, string> = token === '' ? {} : { authorization: `Bearer ${token}` };
  const url = at(endpoint, 'v2/metrics/cluster');
  const answer = await httpExchange({ url, headers, limit: METRICS_LIMIT, ca }, run);
  if (!isSuccess(answer)) throw statusFailure(answer);
  const samples = readMetrics(answer.body.toString('utf8'));
  for (const { name, labels, value } of samples) run.measure(name, value, labels);
  const first = (name: string): number => samples.find((sample) => sample.name === name)?.value ?? Number.NaN;
  const free = first('minio_cluster_capacity_usable_free_bytes');
  run.measure(
    'minio_cluster_capacity_usable_free_ratio',
    free / first('minio_cluster_capacity_usable_total_bytes'),
  );
}

/** The lines of the text exposition that count here. */
export function readMetrics(text: string): MinioSample[] {
  return text.split('\n').flatMap((line) => {
    const [, name = '', pairs = '', value = ''] = /^([a-z_]+)(?:\{(.*)\})? ([^ ]+)/.exec(line) ?? [];
    if (!TAKEN.includes(name)) return [];
    const bucket = /(?:^|,)bucket="([^"]*)"/.exec(pairs)?.[1];
    const labels: Record<string, string> = bucket === undefined ? {} : { bucket };
    return [{ name, labels, value: Number(value) }];
  });
}

function at(endpoint: URL, path: string): URL {
  return new URL(`/minio/${path}`, endpoint);
}
