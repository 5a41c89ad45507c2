import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { test } from 'node:test';
import { listening } from '../../testing/peers.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { assertWrongCertificates } from '../../testing/wrong-certificates.ts';
import { assertWrongPeers } from '../../testing/wrong-peers.ts';
import { readMetrics } from './minio.ts';
import { s3 } from './probe.ts';

const at = (port: number, more = {}) => ({
  endpoint: `http://127.0.0.1:${port}`,
  bucket: 'documents',
  access_key: 'key',
  secret_key: 'secret',
  ...more,
});

/** A double of an S3 server: answers every request so. */
function answering(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  return listening(createServer(answer));
}

test('what is no S3 is told', async () => {
  await assertWrongPeers({ kind: s3, settings: at, waitsIn: 'list' });
  await assertWrongCertificates({
    kind: s3,
    settings: (port, ca) => at(port, { endpoint: `https://localhost:${port}`, tls_ca: ca ?? '' }),
  });
});

test('error codes have reasons, and one object is a list', async () => {
  const error = (code: string): string => `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`;
  const cases: [number, string, string | null][] = [
    [404, error('NoSuchBucket'), 'not_found'],
    [403, error('AccessDenied'), 'forbidden'],
    [403, error('InvalidAccessKeyId'), 'auth'],
    [403, error('SignatureDoesNotMatch'), 'auth'],
    [403, error('RequestTimeTooSkewed'), 'auth'],
    [301, error('PermanentRedirect'), 'config'],
    [503, error('SlowDown'), 'limit'],
    [503, '', 'unhealthy'],
    [200, '<html>Welcome</html>', 'protocol'],
    [200, '<ListBucketResult><Contents><Key>a</Key><Size>x</Size></Contents></ListBucketResult>', 'protocol'],
    [
      200,
      '<ListBucketResult><Contents><Key>1</Key><Size>5</Size><LastModified>2026-01-01T00:00:00Z</LastModified></Contents></ListBucketResult>',
      null,
    ],
    [200, '<ListBucketResult></ListBucketResult>', null],
  ];
  for (const [status, body, reason] of cases) {
    await using peer = await answering((_, response) => response.writeHead(status).end(body));
    const result = await probing(s3, at(peer.port));
    if (reason === null) assertWell(result);
    else assertFailed(result, reason);
    assert.doesNotMatch(JSON.stringify(result), /"secret"/);
  }
});

test('pages are followed up to a bound', async () => {
  let pages = 0;
  await using peer = await answering((_, response) => {
    pages++;
    const object =
      '<Contents><Key>k</Key><Size>2</Size><LastModified>2026-01-01T00:00:00Z</LastModified></Contents>';
    response.end(
      `<ListBucketResult>${object}${object}<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken></ListBucketResult>`,
    );
  });
  const values = valuesOf(await probing(s3, at(peer.port)));
  assert.equal(pages, 10);
  assert.equal(values['s3_bucket_objects{bucket="documents"}'], 20);
  assert.equal(values['s3_scan_truncated{bucket="documents"}'], 1);
});

test('of MinIO’s metrics some are taken', () => {
  const text =
    '# HELP x y\nminio_cluster_capacity_usable_free_bytes{server="127.0.0.1:9000"} 5e+09\n' +
    'minio_bucket_usage_total_bytes{bucket="documents",server="s"} 12\nminio_other 3\n';
  assert.deepEqual(readMetrics(text), [
    { name: 'minio_cluster_capacity_usable_free_bytes', labels: {}, value: 5e9 },
    { name: 'minio_bucket_usage_total_bytes', labels: { bucket: 'documents' }, value: 12 },
  ]);
});
