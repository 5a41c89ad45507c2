import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadConfig } from './load.ts';
import { memorySource } from './memory-source.ts';
import { ConfigError } from './problem.ts';
import type { ConfigSource } from './source.ts';

function messageFor(source: ConfigSource): string {
  try {
    loadConfig(source);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

test('a flag wins over a variable, that over Healthchecks, that over the file, that over the default', () => {
  const argv = ['--site-name=flag'];
  const env = { VIGIE_SITE_NAME: 'own', SITE_NAME: 'theirs' };
  const files = { 'vigie.yml': 'site_name: file' };
  const all = [
    loadConfig(memorySource({ argv, env, files })),
    loadConfig(memorySource({ env, files })),
    loadConfig(memorySource({ env: { SITE_NAME: 'theirs' }, files })),
    loadConfig(memorySource({ files })),
    loadConfig(memorySource({})),
  ];
  assert.deepEqual(
    all.map(({ config }) => config.siteName),
    ['flag', 'own', 'theirs', 'file', 'Vigie'],
  );
  const origins = ['--site-name', 'VIGIE_SITE_NAME', 'SITE_NAME', 'vigie.yml:1', 'default'];
  assert.deepEqual(
    all.map(({ sources }) => sources['siteName']),
    origins,
  );
});

test('blank values count as not given, in every source', () => {
  const env = { VIGIE_PORT: ' ', SITE_NAME: '', VIGIE_SECRET_KEY_FILE: '' };
  const { config } = loadConfig(
    memorySource({
      env,
      argv: ['--host='],
      files: { 'vigie.yml': 'log_level:\nlisten:\n  port: ""\nmail:\n' },
    }),
  );
  assert.deepEqual(config, loadConfig(memorySource({})).config);
});

test('every problem is told at once, each on its line, with name, value and reason', () => {
  const source = memorySource({
    argv: ['--prot=1', 'start'],
    env: {
      VIGIE_PORT: 'http',
      VIGIE_HOTS: 'x',
      VIGIE_SECRET_KEY: 's'.repeat(2000),
      HEALTHCHECKS_READ_KEY: 'short',
    },
    files: { 'vigie.yml': 'listen:\n  port: 70000\n' },
  });
  assert.deepEqual(messageFor(source).split('\n'), [
    'VIGIE_HOTS: unknown variable; did you mean VIGIE_HOST?',
    '--prot: unknown flag; did you mean --port?',
    'argument 2: is no flag; flags are --name=value',
    'VIGIE_PORT="http": must be a whole number from 0 to 65535',
    'vigie.yml:2: listen.port=70000: must be a whole number from 0 to 65535',
    'VIGIE_SECRET_KEY=***: must be text of at most 1000 characters',
    'HEALTHCHECKS_READ_KEY=***: must be exactly 32 characters, without spaces',
  ]);
});

test('a mistyped name never shows the value, which may be a secret', () => {
  const source = memorySource({
    argv: ['--secret-kye', 'hunter2', 'hunter2', '--admin-tokn=hunter2'],
    env: { VIGIE_SECRET: 'hunter2' },
    files: { 'vigie.yml': 'secret_kye: hunter2\nadmin:\n  token: *hunter2\n' },
  });
  const message = messageFor(source);
  assert.notEqual(message, '');
  assert.doesNotMatch(message, /hunter2/);
});

test('the login in a URL that should have none is not shown', () => {
  const message = messageFor(memorySource({ env: { VIGIE_BASE_URL: 'https://me:hunter2@v.example' } }));
  assert.match(message, /^VIGIE_BASE_URL="https:\/\/\*\*\*@v.example": must be/);
});

test('a Healthchecks variable that another source overrules is not even looked at', () => {
  const { config } = loadConfig(
    memorySource({ env: { VIGIE_DATABASE_URL: 'sqlite:x', DB: 'mysql', DB_HOST: 'app-db' } }),
  );
  assert.equal(config.databaseUrl, 'sqlite:x');
});

test('where the command line finds the server is no setting of the server', () => {
  assert.equal(loadConfig(memorySource({ env: { VIGIE_URL: 'http://localhost:9000' } })).config.port, 8000);
});

test('variables that Kubernetes sets for a service are not settings', () => {
  const env = {
    VIGIE_PORT: 'tcp://10.0.0.1:8000',
    VIGIE_PORT_8000_TCP: 'tcp://10.0.0.1:8000',
    VIGIE_PORT_8000_TCP_ADDR: '10.0.0.1',
    VIGIE_SERVICE_HOST: '10.0.0.1',
    VIGIE_SERVICE_PORT: '8000',
    VIGIE_WEB_PORT: 'tcp://10.0.0.2:80',
  };
  assert.equal(loadConfig(memorySource({ env })).config.port, 8000);
});

test('the file is the one in the working directory, or the one named, which must exist', () => {
  const files = { 'vigie.yml': 'site_name: here', '/etc/v.yml': 'site_name: there' };
  assert.equal(loadConfig(memorySource({ files })).config.siteName, 'here');
  assert.equal(
    loadConfig(memorySource({ files, env: { VIGIE_CONFIG: '/etc/v.yml' } })).config.siteName,
    'there',
  );
  assert.equal(
    loadConfig(memorySource({ files, argv: ['--config', '/etc/v.yml'] })).config.siteName,
    'there',
  );
  assert.equal(
    messageFor(memorySource({ argv: ['--config=no.yml'] })),
    '--config="no.yml": cannot read the file: no such file',
  );
});

test('certificate and key go together, and must exist', () => {
  const env = { VIGIE_TLS_CERT_FILE: 'cert' };
  const message = messageFor(memorySource({ env, files: { cert: '' } }));
  assert.equal(message, 'VIGIE_TLS_KEY_FILE: is missing; the certificate and its key go together');
  const absent = messageFor(
    memorySource({ env: { ...env, VIGIE_TLS_KEY_FILE: 'key' }, files: { cert: '' } }),
  );
  assert.equal(absent, 'VIGIE_TLS_KEY_FILE="key": there is no such file');
});

test('with a certificate the default address is https', () => {
  const env = { VIGIE_TLS_CERT_FILE: 'c', VIGIE_TLS_KEY_FILE: 'k', VIGIE_PORT: '8443' };
  assert.equal(
    loadConfig(memorySource({ env, files: { c: '', k: '' } })).config.pingEndpoint,
    'https://localhost:8443/ping/',
  );
});

test('an admin password needs an account, and the two API keys must differ', () => {
  const key = 'k'.repeat(32);
  const env = { VIGIE_ADMIN_PASSWORD: 'correct horse', VIGIE_API_KEY: key, VIGIE_READ_KEY: key };
  assert.deepEqual(messageFor(memorySource({ env })).split('\n'), [
    'VIGIE_ADMIN_EMAIL: is missing, but a password is given',
    'VIGIE_READ_KEY: is the same as the read-write key',
  ]);
});

test('a short secret works, with a warning that does not show it', () => {
  const { warnings } = loadConfig(memorySource({ env: { VIGIE_ADMIN_TOKEN: 'tok' } }));
  assert.deepEqual(warnings, ['VIGIE_ADMIN_TOKEN is shorter than 16 characters and can be guessed']);
});

test('the addresses derive from the base URL', () => {
  const { config } = loadConfig(memorySource({ env: { SITE_ROOT: 'https://hc.example:8443/sub/' } }));
  const { baseUrl, pingEndpoint, pingEmailDomain, mail } = config;
  assert.deepEqual(
    [baseUrl, pingEndpoint, pingEmailDomain, mail.from],
    ['https://hc.example:8443/sub', 'https://hc.example:8443/sub/ping/', 'hc.example', 'vigie@hc.example'],
  );
});

test('e-mail pings and flags: off listens on none, a truth value may stand alone', () => {
  const { config } = loadConfig(memorySource({ argv: ['--registration-open', '--smtp-port', 'off'] }));
  assert.deepEqual([config.smtp, config.registrationOpen], [null, true]);
  assert.equal(messageFor(memorySource({ argv: ['--port', '--host=::'] })), '--port: needs a value');
  assert.equal(messageFor(memorySource({ argv: ['--port=1', '--port=2'] })), '--port: is given twice');
});

/** As `docker compose --env-file` reads it: a # after a blank begins a comment. */
function envFile(name: string): Record<string, string> {
  const text = readFileSync(
    new URL(`../../../../examples/healthchecks-env/${name}`, import.meta.url),
    'utf8',
  );
  const pairs = text
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line))
    .map((line): [string, string] => [
      line.slice(0, line.indexOf('=')),
      line.slice(line.indexOf('=') + 1).replace(/\s+#.*/, ''),
    ]);
  return Object.fromEntries(pairs);
}

test('the environment files of a Healthchecks installation load as they are', () => {
  const env = { ...envFile('env.healthchecks'), ...envFile('checks.env.healthchecks') };
  const { config, warnings } = loadConfig(memorySource({ env }));
  assert.equal(Object.keys(env).length, 45);
  assert.deepEqual(config, {
    ...loadConfig(memorySource({})).config,
    siteName: 'SaaS Backend Monitoring',
    allowedHosts: ['healthchecks', 'localhost', 'monitoring.example.com'],
    databaseUrl: 'postgres://healthchecks@healthchecks-db:5432/healthchecks',
    mail: {
      url: 'smtp://monitoring%40example.com@smtp.gmail.com:587?requireTLS=true',
      from: 'monitoring@example.com',
    },
  });
  const placeholders = [
    'DB_PASSWORD',
    'SECRET_KEY',
    'API_KEY',
    'READ_KEY',
    'EMAIL_HOST_PASSWORD',
    'SLACK_WEBHOOK',
  ];
  assert.deepEqual(warnings, [
    ...placeholders.map(
      (name) => `HEALTHCHECKS_${name} still holds the placeholder of an example file: it counts as not given`,
    ),
    'HEALTHCHECKS_SLACK_ENABLED is set, but no webhook is given: no Slack channel is made',
  ]);
});

test('the compose file of a Healthchecks installation gives the same by plain names', () => {
  const env = envFile('env.healthchecks');
  const real = { ...env, HEALTHCHECKS_DB_PASSWORD: 'p/w', HEALTHCHECKS_SECRET_KEY: 's'.repeat(50) };
  const passed = [
    'SECRET_KEY',
    'REGISTRATION_OPEN',
    'SITE_NAME',
    'DB_HOST',
    'DB_PORT',
    'DB_NAME',
    'DB_USER',
    'DB_PASSWORD',
  ];
  const values = new Map<string, string>(Object.entries(real));
  const compose = Object.fromEntries(passed.map((name) => [name, values.get(`HEALTHCHECKS_${name}`) ?? '']));
  const { config } = loadConfig(memorySource({ env: { ...compose, DB: 'postgres', DEBUG: 'False' } }));
  assert.equal(config.databaseUrl, 'postgres://healthchecks:p%2Fw@healthchecks-db:5432/healthchecks');
  assert.deepEqual(
    [config.siteName, config.logLevel, config.secretKey],
    ['SaaS Backend Monitoring', 'info', 's'.repeat(50)],
  );
});
