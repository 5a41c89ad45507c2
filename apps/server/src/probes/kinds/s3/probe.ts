import { z } from 'zod';
import { asProbeFailure } from '../../failure.ts';
import { httpUrlOf } from '../../http-answer.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { eachObject, type S3Settings } from '../../s3/objects.ts';
import { s3Settings } from '../../s3/settings.ts';
import { instanceOf } from '../../setting-types.ts';
import { measureCapacity, requireHealthy } from './minio.ts';

const MEBIBYTE = 1_048_576;
const HTTPS = 443;
const HTTP = 80;

const settings = z.strictObject({
  ...s3Settings(),
  minio: z.boolean().default(false).meta({
    title: 'It is MinIO',
    title_fr: 'C’est MinIO',
    description: 'Its own health addresses are asked first',
    description_fr: 'Ses adresses de santé sont interrogées d’abord',
  }),
  capacity: z.boolean().default(false).meta({
    title: 'Measure MinIO’s room',
    title_fr: 'Mesurer la place de MinIO',
    description: 'From its metrics of the cluster',
    description_fr: 'D’après ses métriques de grappe',
  }),
  metrics_token: z.string().max(2_000).default('').meta({
    secret: true,
    title: 'Token of the metrics',
    title_fr: 'Jeton des métriques',
    description: 'Unless they are public (MINIO_PROMETHEUS_AUTH_TYPE)',
    description_fr: 'Sauf si elles sont publiques (MINIO_PROMETHEUS_AUTH_TYPE)',
  }),
});

/** A bucket on S3 or MinIO: health, whether it is there, what it holds. */
export const s3 = defineProbe({
  kind: 's3',
  title: 'S3 and MinIO',
  up: 's3_up',
  interval: 300,
  timeout: 10,
  settings,
  thresholds: [
    { metric: 'minio_cluster_capacity_usable_free_ratio', op: '<', warning: 0.15, critical: 0.05 },
    { metric: 'minio_cluster_drive_offline_total', op: '>', warning: 0, for: 2 },
  ],
  instance: ({ endpoint }) => instanceOf(endpoint, endpoint.startsWith('https:') ? HTTPS : HTTP),
  async probe(given, run) {
    const endpoint = httpUrlOf(given.endpoint, run);
    const ca = given.tls_ca.trim() === '' ? undefined : given.tls_ca;
    run.detail('endpoint', endpoint.origin);
    run.detail('bucket_name', given.bucket);
    if (given.minio) await requireHealthy(endpoint, ca, run);
    await measureBucket(given, run);
    if (given.capacity) await measureCapacity(endpoint, run.secret(given.metrics_token), ca, run);
  },
});

async function measureBucket(given: S3Settings, run: ProbeRun): Promise<void> {
  const { bucket } = given;
  const labels = { bucket };
  let [objects, size, newest] = [0, 0, 0];
  try {
    const hasMore = await eachObject(given, run, (object) => {
      objects++;
      size += object.size;
      newest = Math.max(newest, object.changed);
    });
    run.measure('s3_scan_truncated', hasMore ? 1 : 0, labels);
  } catch (error) {
    if (asProbeFailure(error).reason === 'not_found') run.detail('bucket_exists', false);
    throw error;
  }
  run.measure('s3_bucket_exists', 1, labels);
  run.measure('s3_bucket_objects', objects, labels);
  run.measure('s3_bucket_size_bytes', size, labels);
  if (newest > 0) run.measure('s3_newest_object_timestamp_seconds', newest / 1000, labels);
  run.detail('bucket_exists', true);
  run.detail('total_objects', objects);
  run.detail('total_size_mb', Math.round((size / MEBIBYTE) * 100) / 100);
}
