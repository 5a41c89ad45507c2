/** The gRPC probe against a real gRPC server: etcd, which has the health service. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grpc } from '../../src/probes/kinds/grpc/probe.ts';
import { makeAuthority } from '../../src/probes/testing/certificates.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { startEtcd } from '../support/peers/etcd.ts';

test('etcd that serves, a service that it does not know, etcd that is gone', async () => {
  await using etcd = await startEtcd();
  const url = `grpc://127.0.0.1:${etcd.port}`;
  const result = await probing(grpc, { url });
  assertWell(result);
  assert.equal(valuesOf(result)['probe_grpc_healthcheck_response{serving_status="SERVING"}'], 1);
  assertFailed(await probing(grpc, { url: `${url}/no.such.Service` }), 'not_found', /NOT_FOUND/);
  assertFailed(await probing(grpc, { url: url.replace('grpc:', 'grpcs:') }), 'protocol', /TLS/);
  await etcd.stop();
  assertFailed(await probing(grpc, { url }), 'refused');
});

test('etcd with TLS', async () => {
  using authority = makeAuthority();
  await using etcd = await startEtcd(authority.issue('localhost'));
  const url = `grpcs://localhost:${etcd.port}`;
  assertWell(await probing(grpc, { url, tls_ca: authority.ca }));
  assertFailed(await probing(grpc, { url }), 'tls', /not trusted/);
  const plain = await probing(grpc, { url: url.replace('grpcs:', 'grpc:') });
  assertFailed(plain, 'protocol', /does not answer in gRPC/);
});
