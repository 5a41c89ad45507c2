/** The TLS probe against a real nginx, and a real PostgreSQL that turns to TLS when asked. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { tls } from '../../src/probes/kinds/tls/probe.ts';
import { makeAuthority } from '../../src/probes/testing/certificates.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { startNginx } from '../support/peers/nginx.ts';
import { startPostgres } from '../support/postgres.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

test('the certificate of a web server, while it serves and afterwards', async () => {
  using authority = makeAuthority();
  await using nginx = await startNginx(authority.issue('localhost', 20));
  const settings = { host: 'localhost', port: nginx.securePort, tls_ca: authority.ca };
  const result = await probing(tls, settings);
  assertWell(result);
  const days = valuesOf(result)['probe_ssl_days_left'] ?? 0;
  assert.ok(days > 19 && days < 21, `${days}`);
  assert.deepEqual(result.details['certificate_names'], ['localhost']);
  assertFailed(await probing(tls, { ...settings, port: nginx.port }), 'protocol', /does not speak TLS/);
  await nginx.stop();
  assertFailed(await probing(tls, settings), 'refused');
});

test('PostgreSQL without and with TLS', async () => {
  using authority = makeAuthority();
  using folder = tempFolder('postgres-tls');
  const server = await startPostgres();
  try {
    const { port, hostname: host } = new URL(server.url);
    const settings = { host, port: Number(port), starttls: 'postgres', tls_ca: authority.ca };
    assertFailed(await probing(tls, settings), 'tls', /PostgreSQL without TLS/);
    const { cert, key } = authority.issue('127.0.0.1');
    chmodSync(folder.path, 0o755);
    writeFileSync(join(folder.path, 'cert.pem'), cert);
    writeFileSync(join(folder.path, 'key.pem'), key, { mode: 0o600 });
    if (process.getuid?.() === 0) chownSync(join(folder.path, 'key.pem'), userId('postgres'), 0);
    await turnOnTls(server.url, folder.path);
    await until('PostgreSQL has read its settings', 5_000, async () => {
      return (await probing(tls, settings)).failure === null;
    });
    assertFailed(await probing(tls, { ...settings, tls_ca: '' }), 'tls', /not trusted/);
  } finally {
    await server.close();
  }
});

function userId(name: string): number {
  return Number(execFileSync('id', ['-u', name], { encoding: 'utf8' }));
}

async function turnOnTls(url: string, folder: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`alter system set ssl_cert_file = '${join(folder, 'cert.pem')}'`);
    await client.query(`alter system set ssl_key_file = '${join(folder, 'key.pem')}'`);
    await client.query('alter system set ssl = on');
    await client.query('select pg_reload_conf()');
  } finally {
    await client.end();
  }
}
