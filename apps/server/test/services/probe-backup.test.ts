/** The backup probe against a real MinIO; files are tested beside the probe. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AwsClient } from 'aws4fetch';
import { backup as kind } from '../../src/probes/kinds/backup/probe.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { noMinio, startMinio } from '../support/peers/minio.ts';

const missing = await noMinio();
const options = { skip: missing ?? false };
if (missing !== null) console.error(`NOT TESTED against a real MinIO: ${missing}`);

test('the newest object below a prefix', options, async () => {
  await using minio = await startMinio();
  const { endpoint, access_key, secret_key } = minio;
  const client = new AwsClient({ accessKeyId: access_key, secretAccessKey: secret_key, service: 's3' });
  const put = async (path: string, size: number): Promise<void> => {
    const { status } = await client.fetch(`${endpoint}/${path}`, { method: 'PUT', body: 'x'.repeat(size) });
    assert.equal(status, 200);
  };
  const look = (more = {}, bucket = 'backups') =>
    probing(kind, { s3: { endpoint, bucket, prefix: 'db/', access_key, secret_key }, ...more });
  assertFailed(await look(), 'not_found', /NoSuchBucket/);
  await put('backups', 0);
  assertFailed(await look(), 'not_found', /no object below "db\/"/);
  await put('backups/db/1.dump', 300);
  await put('backups/other', 9_000);
  const result = await look();
  assertWell(result);
  assert.equal(valuesOf(result)['backup_size_bytes'], 300);
  assert.equal(result.details['newest'], 'db/1.dump');
  assertFailed(await look({ min_bytes: 301 }), 'unhealthy', /300 bytes/);
  assertFailed(await look({}, 'elsewhere'), 'not_found');
  await minio.stop();
  assertFailed(await look(), 'refused');
});
