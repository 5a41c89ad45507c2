/** A bad configuration: it stops the start, and changes nothing of a running server. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnApiServer } from '../support/api-server.ts';
import { type ServerProcess, StartFailed, spawnServer } from '../support/server-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

/** Milliseconds from a signal to its effect. */
const RELOADED_WITHIN = 5_000;
/** Milliseconds from new certificate files to a handshake with them: the server looks every 10 s. */
const RENEWED_WITHIN = 15_000;
/** Milliseconds: each handshake is a process. */
const HANDSHAKES_APART = 500;

async function siteName(server: ServerProcess): Promise<string | undefined> {
  const entry = (await (await fetch(`${server.url}/api/vigie/entry`)).json()) as { site_name?: string };
  return entry.site_name;
}

/** The first entry of a level in a piece of the log. */
function logged(level: number, log: string): string | undefined {
  const line = log.split('\n').find((text) => text.includes(`"level":${level},`));
  return line && (JSON.parse(line) as { msg: string }).msg;
}
const warning = (log: string): string | undefined => logged(40, log);
const error = (log: string): string | undefined => logged(50, log);

/** What is wrong with a file, and what the log says of it. */
const BROKEN: [name: string, text: string, says: RegExp][] = [
  ['no YAML', 'site_name: "New\n', /vigie\.yml:2: a character is missing: .*quote/],
  ['a value that cannot be', 'site_name: New\nlog_level: loud\n', /vigie\.yml:2\b.*log_level.*loud.*one of/],
  ['a name that is no setting', 'site_name: New\nsite_nam: x\n', /vigie\.yml:2\b.*site_nam.*site_name/],
];

/** What `openssl` sees of the server's certificate. */
function certificateName(server: ServerProcess): string {
  const target = `127.0.0.1:${server.port}`;
  const seen = execFileSync('openssl', ['s_client', '-connect', target], {
    input: '',
    encoding: 'utf8',
    stdio: 'pipe',
  });
  return /subject=CN ?= ?(\S+)/.exec(seen)?.[1] ?? '';
}

/** Makes a certificate and puts it in place of the one that is there. */
function certify(folder: string, name: string): { certFile: string; keyFile: string } {
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    `${keyFile}.new`,
  ];
  const args = ['req', '-x509', ...key, '-out', `${certFile}.new`, '-days', '2', '-subj', `/CN=${name}`];
  execFileSync('openssl', args, { stdio: 'pipe' });
  for (const file of [keyFile, certFile]) renameSync(`${file}.new`, file);
  return { certFile, keyFile };
}

/** Variables, and what the start says of them: name, value, reason. */
const BAD: [name: string, env: Record<string, string>, says: RegExp][] = [
  ['a port that is none', { VIGIE_PORT: '99999' }, /VIGIE_PORT.*99999.*65535/],
  [
    'a URL of no database',
    { VIGIE_DATABASE_URL: 'mysql://db/vigie' },
    /VIGIE_DATABASE_URL.*(sqlite|postgres)/,
  ],
  ['a time zone that is none', { VIGIE_TIMEZONE: 'Europe/Pari' }, /VIGIE_TIMEZONE.*Europe\/Pari.*zone/],
  ['a name that is no setting', { VIGIE_PROT: '8000' }, /VIGIE_PROT.*VIGIE_PORT/],
  ['a variable of Healthchecks', { EMAIL_HOST: 'mail', EMAIL_PORT: 'smtp' }, /EMAIL_PORT.*smtp/],
  ['a file that is not there', { VIGIE_SECRET_KEY_FILE: '/nowhere' }, /VIGIE_SECRET_KEY_FILE.*\/nowhere/],
];

describe('configuration', { concurrency: true }, () => {
  for (const [name, env, says] of BAD) {
    test(`${name} in the environment stops the start with its name, value and reason`, async (t) => {
      using folder = tempFolder('bad-start');
      const failure = await spawnServer({ dataDir: folder.path, env }).then(
        () => assert.fail('it started'),
        (error: unknown) => error,
      );
      assert.ok(failure instanceof StartFailed);
      const [, ...said] = failure.message.split('\n');
      t.diagnostic(said.join(' ').trim());
      assert.equal(failure.code, 1);
      assert.match(said.join('\n'), says);
      assert.ok(said.length < 6, 'no stack trace');
    });
  }

  test('SIGHUP takes a good configuration, and of a bad one nothing, with its reason', async (t) => {
    using folder = tempFolder('reload');
    const file = join(folder.path, 'vigie.yml');
    writeFileSync(file, 'site_name: First\n');
    await using server = await spawnServer({ dataDir: folder.path, env: { VIGIE_CONFIG: file } });
    assert.equal(await siteName(server), 'First');
    const write = (text: string): void => {
      writeFileSync(file, text);
      process.kill(server.pid, 'SIGHUP');
    };
    write('site_name: Second\n');
    await until('the new name', RELOADED_WITHIN, async () => (await siteName(server)) === 'Second');
    for (const [name, text, says] of BROKEN) {
      const before = server.output().length;
      write(text);
      const said = await until(name, RELOADED_WITHIN, () => error(server.output().slice(before)));
      t.diagnostic(said);
      assert.match(said, says);
      assert.equal(await siteName(server), 'Second');
    }
    write('site_name: Third\n');
    await until('the next good one', RELOADED_WITHIN, async () => (await siteName(server)) === 'Third');
  });

  test('SIGHUP: what needs no restart holds at once', async () => {
    using folder = tempFolder('reload');
    const file = join(folder.path, 'vigie.yml');
    writeFileSync(file, 'ping:\n  body_limit: 50\n  log_limit: 1\n');
    await using server = await spawnApiServer({ dataDir: folder.path, env: { VIGIE_CONFIG: file } });
    const { id } = await server.createCheck({ name: 'reloaded' });
    const send = () =>
      fetch(`${server.url}/ping/${id}`, {
        method: 'POST',
        headers: { 'X-Forwarded-For': '192.0.2.1' },
        body: 'x'.repeat(100),
      });
    const seen = async () => {
      const { headers } = await send();
      const pings = await server.pings(id);
      return {
        limit: headers.get('ping-body-limit'),
        size: pings.at(-1)?.size,
        from: pings.at(-1)?.remote_addr,
      };
    };
    assert.deepEqual(await seen(), { limit: '50', size: 50, from: '127.0.0.1' });
    const text =
      'site_name: New\ntrusted_proxies: loopback\nlog_level: error\nping:\n  body_limit: 70\n  log_limit: 150\n';
    writeFileSync(file, text);
    process.kill(server.pid, 'SIGHUP');
    await until('the new name', RELOADED_WITHIN, async () => (await siteName(server)) === 'New');
    assert.deepEqual(await seen(), { limit: '70', size: 70, from: '192.0.2.1' });
    // Each hundredth ping cuts the log: with the limit of the start one ping would be left of the 200.
    for (let n = 2; n < 200; n += 1) await send();
    const { items } = await server.call<{ items: unknown[] }>(
      'GET',
      `/api/vigie/checks/${id}/pings?limit=500`,
    );
    assert.equal(items.length, 150);
  });

  test('SIGHUP takes a new log level, and tells of nothing that has not changed', async () => {
    using folder = tempFolder('reload');
    const file = join(folder.path, 'vigie.yml');
    writeFileSync(file, 'site_name: First\n');
    await using server = await spawnServer({ dataDir: folder.path, env: { VIGIE_CONFIG: file } });
    const from = server.output().length;
    const reload = async (name: string, rest: string): Promise<void> => {
      writeFileSync(file, `site_name: ${name}\n${rest}`);
      process.kill(server.pid, 'SIGHUP');
      await until(name, RELOADED_WITHIN, async () => (await siteName(server)) === name);
    };
    await reload('Second', '');
    await reload('Third', 'project:\n  name: Other\n');
    const told = await until('a word on it', RELOADED_WITHIN, () => warning(server.output().slice(from)));
    assert.match(told, /^project\.name has changed/, 'the port that the start chose is no change');
    const before = server.output().length;
    await reload('Fourth', 'log_level: error\nproject:\n  name: Another\n');
    writeFileSync(file, 'log_level: loud\n');
    process.kill(server.pid, 'SIGHUP');
    await until('the error', RELOADED_WITHIN, () => error(server.output().slice(before)));
    assert.equal(warning(server.output().slice(before)), undefined);
  });

  test('new certificate files serve the next handshakes', async (t) => {
    using folder = tempFolder('tls');
    await using server = await spawnTlsServer(folder.path);
    assert.equal(certificateName(server), 'first.example.org');
    const url = `https://first.example.org:${server.port}/livez`;
    const trust = ['--cacert', join(folder.path, 'cert.pem'), '--resolve'];
    const args = ['-sS', ...trust, `first.example.org:${server.port}:127.0.0.1`, url];
    assert.equal(execFileSync('curl', args, { encoding: 'utf8' }), 'OK');
    const from = performance.now();
    certify(folder.path, 'second.example.org');
    await until('the new certificate', RENEWED_WITHIN, async () => {
      await delay(HANDSHAKES_APART);
      return certificateName(server) === 'second.example.org';
    });
    t.diagnostic(`the new certificate is served after ${((performance.now() - from) / 1000).toFixed(1)} s`);
  });

  test('a bad certificate file is told, and the last good certificate stays', async (t) => {
    using folder = tempFolder('tls');
    await using server = await spawnTlsServer(folder.path);
    writeFileSync(join(folder.path, 'cert.pem'), 'not a certificate');
    const said = await until('a word on it', RENEWED_WITHIN, () => error(server.output()));
    t.diagnostic(said);
    assert.match(said, /TLS certificate is not taken: .*PEM/);
    assert.equal(certificateName(server), 'first.example.org');
  });
});

async function spawnTlsServer(folder: string): Promise<ServerProcess> {
  const { certFile, keyFile } = certify(folder, 'first.example.org');
  const env = { VIGIE_TLS_CERT_FILE: certFile, VIGIE_TLS_KEY_FILE: keyFile };
  return spawnServer({ dataDir: join(folder, 'data'), env });
}
