/** The S3 probe against a real MinIO. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AwsClient } from 'aws4fetch';
import { s3 as kind } from '../../src/probes/kinds/s3/probe.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { type Minio, noMinio, startMinio } from '../support/peers/minio.ts';

const missing = await noMinio();
const options = { skip: missing ?? false };
if (missing !== null) console.error(`NOT TESTED against a real MinIO: ${missing}`);

async function put({ endpoint, access_key, secret_key }: Minio, path: string, body = ''): Promise<void> {
  const client = new AwsClient({ accessKeyId: access_key, secretAccessKey: secret_key, service: 's3' });
  const response = await client.fetch(`${endpoint}/${path}`, { method: 'PUT', body });
  assert.equal(response.status, 200, await response.text());
}

test('a bucket with objects; health and room of MinIO', options, async () => {
  await using minio = await startMinio();
  const { endpoint, access_key, secret_key } = minio;
  const look = (more = {}) =>
    probing(
      kind,
      { endpoint, bucket: 'saas-documents', access_key, secret_key, minio: true, capacity: true, ...more },
      { timeout: 10_000 },
    );
  const absent = await look();
  assertFailed(absent, 'not_found', /NoSuchBucket/);
  assert.equal(absent.details['bucket_exists'], false);
  await put(minio, 'saas-documents');
  const empty = valuesOf(await look());
  assert.equal(empty['s3_bucket_objects{bucket="saas-documents"}'], 0);
  for (let i = 0; i < 3; i++) await put(minio, `saas-documents/a%20%26%20b/${i}.txt`, 'x'.repeat(100));
  await put(minio, 'saas-documents/other', 'y');
  const result = await look();
  assertWell(result);
  const values = valuesOf(result);
  assert.equal(values['s3_bucket_objects{bucket="saas-documents"}'], 4);
  assert.equal(values['s3_bucket_size_bytes{bucket="saas-documents"}'], 301);
  const newest = values['s3_newest_object_timestamp_seconds{bucket="saas-documents"}'] ?? 0;
  assert.ok(Math.abs(newest - Date.now() / 1000) < 60);
  assert.ok((values['minio_cluster_capacity_usable_total_bytes'] ?? 0) > 1e6);
  assert.ok((values['minio_cluster_capacity_usable_free_ratio'] ?? 2) <= 1);
  assert.deepEqual(result.details, {
    endpoint,
    bucket_name: 'saas-documents',
    bucket_exists: true,
    total_objects: 4,
    total_size_mb: 0,
  });
  const some = valuesOf(await look({ prefix: 'a & b/' }));
  assert.equal(some['s3_bucket_objects{bucket="saas-documents"}'], 3);

  const said = assertFailed(await look({ secret_key: 'guess-me' }), 'auth', /SignatureDoesNotMatch/);
  assert.doesNotMatch(said, /guess-me/);
  assertFailed(await look({ access_key: 'nobody' }), 'auth', /InvalidAccessKeyId/);
  await minio.stop();
  assertFailed(await look(), 'refused');
});
