import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config } from './config.ts';
import { HEALTHCHECKS_NAMES, PLACEHOLDERS } from './healthchecks-names.ts';
import { CHANNEL_NAMES } from './initial-channels.ts';
import { loadConfig } from './load.ts';
import { memorySource } from './memory-source.ts';
import { ConfigError } from './problem.ts';
import { allSettings } from './settings.ts';

type Env = Record<string, string>;

/** Variables without their prefix, and what they make of one part of the configuration. */
interface Case {
  env: Env;
  read: (config: Config) => unknown;
  means: unknown;
}

const KEY = 'k'.repeat(32);
const DB = { DB: 'postgres', DB_HOST: 'db' };
const MAIL = { EMAIL_HOST: 'mx.example' };
const HOOK = 'http://127.0.0.1:9/hook';
const SLACK = { SLACK_ENABLED: 'True', SLACK_WEBHOOK_URL: HOOK };
const PAGERDUTY = { PAGERDUTY_ENABLED: '1', PAGERDUTY_KEY: 'r1' };
const database = (config: Config) => config.databaseUrl;
const mail = (config: Config) => config.mail.url;
const channels = (config: Config) => config.initialChannels;
const slackTo = (channel: string | null) => [
  { kind: 'slack', name: channel === null ? 'Slack' : `Slack ${channel}`, settings: { url: HOOK, channel } },
];
const pagerDuty = [{ kind: 'pagerduty', name: 'PagerDuty', settings: { key: 'r1' } }];

// biome-ignore format: one line a row
const READ: Record<string, Case> = {
  SITE_NAME: { env: { SITE_NAME: 'Site' }, read: (c) => c.siteName, means: 'Site' },
  SITE_ROOT: { env: { SITE_ROOT: 'https://hc.example/' }, read: (c) => c.baseUrl, means: 'https://hc.example' },
  SECRET_KEY: { env: { SECRET_KEY: KEY }, read: (c) => c.secretKey, means: KEY },
  REGISTRATION_OPEN: { env: { REGISTRATION_OPEN: 'True' }, read: (c) => c.registrationOpen, means: true },
  ALLOWED_HOSTS: { env: { ALLOWED_HOSTS: 'a,localhost' }, read: (c) => c.allowedHosts, means: ['a', 'localhost'] },
  TIMEZONE: { env: { TIMEZONE: 'Asia/Tokyo' }, read: (c) => c.timeZone, means: 'Asia/Tokyo' },
  TIME_ZONE: { env: { TIME_ZONE: 'Asia/Tokyo' }, read: (c) => c.timeZone, means: 'Asia/Tokyo' },
  DEBUG: { env: { DEBUG: 'True' }, read: (c) => c.logLevel, means: 'debug' },
  PING_ENDPOINT: { env: { PING_ENDPOINT: 'https://hc-ping.example' }, read: (c) => c.pingEndpoint, means: 'https://hc-ping.example/' },
  PING_EMAIL_DOMAIN: { env: { PING_EMAIL_DOMAIN: 'mail.example' }, read: (c) => c.pingEmailDomain, means: 'mail.example' },
  PING_BODY_LIMIT: { env: { PING_BODY_LIMIT: 'None' }, read: (c) => c.pingBodyLimit, means: null },
  SMTPD_PORT: { env: { SMTPD_PORT: '2525' }, read: (c) => c.smtp?.port, means: 2525 },
  METRICS_KEY: { env: { METRICS_KEY: KEY }, read: (c) => c.metricsKey, means: KEY },
  INTEGRATIONS_ALLOW_PRIVATE_IPS: { env: { INTEGRATIONS_ALLOW_PRIVATE_IPS: 'no' }, read: (c) => c.allowPrivateTargets, means: false },
  API_KEY: { env: { API_KEY: KEY }, read: (c) => c.project.apiKey, means: KEY },
  READ_KEY: { env: { READ_KEY: KEY }, read: (c) => c.project.readKey, means: KEY },
  PING_KEY: { env: { PING_KEY: 'abcdefghijklmnopqrstuv' }, read: (c) => c.project.pingKey, means: 'abcdefghijklmnopqrstuv' },
  DB: { env: { DB: 'sqlite', DB_HOST: 'db' }, read: database, means: 'sqlite:./data/vigie.db' },
  DB_HOST: { env: DB, read: database, means: 'postgres://postgres@db:5432/hc' },
  DB_PORT: { env: { ...DB, DB_PORT: '5433' }, read: database, means: 'postgres://postgres@db:5433/hc' },
  DB_NAME: { env: { ...DB, DB_NAME: 'h c' }, read: database, means: 'postgres://postgres@db:5432/h%20c' },
  DB_USER: { env: { ...DB, DB_USER: 'u@x' }, read: database, means: 'postgres://u%40x@db:5432/hc' },
  DB_PASSWORD: { env: { ...DB, DB_PASSWORD: 'p:/@?#%' }, read: database, means: 'postgres://postgres:p%3A%2F%40%3F%23%25@db:5432/hc' },
  DB_SSLMODE: { env: { ...DB, DB_SSLMODE: 'require' }, read: database, means: 'postgres://postgres@db:5432/hc?uselibpqcompat=true&sslmode=require' },
  EMAIL_HOST: { env: MAIL, read: mail, means: 'smtp://mx.example:587?requireTLS=true' },
  EMAIL_PORT: { env: { ...MAIL, EMAIL_PORT: '25' }, read: mail, means: 'smtp://mx.example:25?requireTLS=true' },
  EMAIL_HOST_USER: { env: { ...MAIL, EMAIL_HOST_USER: 'a@b' }, read: mail, means: 'smtp://a%40b@mx.example:587?requireTLS=true' },
  EMAIL_HOST_PASSWORD: { env: { ...MAIL, EMAIL_HOST_USER: 'a', EMAIL_HOST_PASSWORD: 'p w' }, read: mail, means: 'smtp://a:p%20w@mx.example:587?requireTLS=true' },
  EMAIL_USE_TLS: { env: { ...MAIL, EMAIL_USE_TLS: 'False' }, read: mail, means: 'smtp://mx.example:587?ignoreTLS=true' },
  EMAIL_USE_SSL: { env: { ...MAIL, EMAIL_USE_SSL: 'true', EMAIL_PORT: '465' }, read: mail, means: 'smtps://mx.example:465' },
  DEFAULT_FROM_EMAIL: { env: { DEFAULT_FROM_EMAIL: 'm@b.example' }, read: (c) => c.mail.from, means: 'm@b.example' },
  SLACK_ENABLED: { env: { ...SLACK, SLACK_ENABLED: 'False' }, read: channels, means: [] },
  SLACK_WEBHOOK_URL: { env: SLACK, read: channels, means: slackTo(null) },
  SLACK_WEBHOOK: { env: { SLACK_ENABLED: 'yes', SLACK_WEBHOOK: HOOK }, read: channels, means: slackTo(null) },
  SLACK_CHANNEL: { env: { ...SLACK, SLACK_CHANNEL: '#ops' }, read: channels, means: slackTo('#ops') },
  PAGERDUTY_ENABLED: { env: { PAGERDUTY_KEY: 'r1' }, read: channels, means: [] },
  PAGERDUTY_KEY: { env: PAGERDUTY, read: channels, means: pagerDuty },
};

/** Refused or left out: the variables as they are, and what is said. */
// biome-ignore format: one line a row
const REFUSED: [string, Env, RegExp][] = [
  ['an API key of another length', { HEALTHCHECKS_API_KEY: 'short-key-0123456789' }, /^HEALTHCHECKS_API_KEY=\*\*\*: must be exactly 32 characters/],
  ['MySQL', { DB: 'mysql', DB_HOST: 'db' }, /^DB="mysql": MySQL is not supported/],
  ['an unknown database', { DB: 'oracle' }, /^DB="oracle": must be postgres or sqlite/],
  ['PostgreSQL without a host', { DB: 'postgres' }, /^DB="postgres": needs DB_HOST/],
  ['a database host that is a path', { DB: 'postgres', DB_HOST: '/run/postgresql' }, /^DB_HOST="\/run\/postgresql": must be a host name/],
  ['a database port in words', { ...DB, DB_PORT: 'five' }, /^DB_PORT="five": must be a whole number/],
  ['an unknown TLS mode', { ...DB, DB_SSLMODE: 'maybe' }, /^DB_SSLMODE="maybe": must be one of disable, require, verify-full/],
  ['TLS in both ways', { ...MAIL, EMAIL_USE_TLS: 'True', EMAIL_USE_SSL: 'True' }, /^EMAIL_USE_TLS="True": excludes EMAIL_USE_SSL/],
  ['a truth value that is none', { ...MAIL, EMAIL_USE_TLS: 'oui' }, /^EMAIL_USE_TLS="oui": must be true or false/],
  ['a webhook that is no URL', { SLACK_ENABLED: 'True', SLACK_WEBHOOK_URL: 'hooks.slack.com/x' }, /^SLACK_WEBHOOK_URL=\*\*\*: must be an http/],
  ['a secret given twice', { SECRET_KEY: KEY, SECRET_KEY_FILE: 'f' }, /^SECRET_KEY=\*\*\*: SECRET_KEY_FILE is given too/],
];

/** Accepted with a warning. */
// biome-ignore format: one line a row
const WARNED: [string, Env, RegExp][] = [
  ['a variable nobody knows', { HEALTHCHECKS_SITENAME: 'x' }, /^HEALTHCHECKS_SITENAME is not known and is ignored; did you mean HEALTHCHECKS_SITE_NAME\?$/],
  ['a SQLite file of Healthchecks', { DB: 'sqlite', DB_NAME: '/data/hc.sqlite' }, /^DB_NAME is ignored/],
  ['Slack without a webhook', { HEALTHCHECKS_SLACK_ENABLED: 'True' }, /^HEALTHCHECKS_SLACK_ENABLED is set, but no webhook/],
  ['PagerDuty without a key', { PAGERDUTY_ENABLED: 'True', PAGERDUTY_KEY: 'your-integration-key' }, /^PAGERDUTY_ENABLED is set, but no key/],
];

function prefixed(env: Env): Env {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [`HEALTHCHECKS_${name}`, value]));
}

for (const [name, { plain, secret, ignored }] of Object.entries(HEALTHCHECKS_NAMES)) {
  const row = READ[name];
  if (ignored) {
    test(`HEALTHCHECKS_${name} belongs to clients and changes nothing`, () => {
      const { config, warnings } = loadConfig(
        memorySource({ env: { [`HEALTHCHECKS_${name}`]: 'http://h:1/not a value' } }),
      );
      assert.deepEqual(config, loadConfig(memorySource({})).config);
      assert.deepEqual(warnings, []);
    });
    continue;
  }
  test(`HEALTHCHECKS_${name} is read${plain ? ', and without its prefix' : ', not without its prefix'}`, () => {
    assert.ok(row, 'the name has no test');
    const { env, read, means } = row;
    assert.deepEqual(read(loadConfig(memorySource({ env: prefixed(env) })).config), means);
    const withoutPrefix = read(loadConfig(memorySource({ env })).config);
    assert.deepEqual(withoutPrefix, plain ? means : read(loadConfig(memorySource({})).config));
    if (!secret) return;
    const { [name]: value = '', ...others } = env;
    const fromFile = memorySource({
      env: { ...prefixed(others), [`HEALTHCHECKS_${name}_FILE`]: 's' },
      files: { s: `${value}\n` },
    });
    assert.deepEqual(read(loadConfig(fromFile).config), means);
  });
}

test('every name is read by exactly one setting, or makes channels, or is ignored', () => {
  const readers = [...allSettings.flatMap(({ healthchecks }) => healthchecks), ...CHANNEL_NAMES].sort();
  const read = Object.entries(HEALTHCHECKS_NAMES).filter(([, { ignored }]) => !ignored);
  assert.deepEqual(readers, read.map(([name]) => name).sort());
});

for (const [what, env, line] of REFUSED) {
  test(`${what} stops the start`, () => {
    assert.throws(
      () => loadConfig(memorySource({ env })),
      (error) => error instanceof ConfigError && line.test(error.message),
    );
  });
}

for (const [what, env, line] of WARNED) {
  test(`${what} is worth a warning`, () => {
    const { warnings } = loadConfig(memorySource({ env }));
    assert.ok(
      warnings.some((warning) => line.test(warning)),
      warnings.join('\n'),
    );
  });
}

test('the prefixed form wins over the plain one', () => {
  const env = { SITE_NAME: 'plain', HEALTHCHECKS_SITE_NAME: 'prefixed' };
  assert.equal(loadConfig(memorySource({ env })).config.siteName, 'prefixed');
});

test('a plain DB_HOST alone, which other programs use too, does not select PostgreSQL', () => {
  assert.equal(
    loadConfig(memorySource({ env: { DB_HOST: 'db' } })).config.databaseUrl,
    'sqlite:./data/vigie.db',
  );
  const env = { HEALTHCHECKS_DB_HOST: 'db' };
  assert.equal(loadConfig(memorySource({ env })).config.databaseUrl, 'postgres://postgres@db:5432/hc');
});

test('IPv6 addresses of servers stand in brackets', () => {
  const { config } = loadConfig(
    memorySource({ env: { EMAIL_HOST: '::1', DB: 'postgres', DB_HOST: 'fd00::5' } }),
  );
  assert.equal(config.mail.url, 'smtp://[::1]:587?requireTLS=true');
  assert.equal(config.databaseUrl, 'postgres://postgres@[fd00::5]:5432/hc');
});

test('a debug setting of another program is left alone', () => {
  assert.equal(loadConfig(memorySource({ env: { DEBUG: 'express:*' } })).config.logLevel, 'info');
});

for (const placeholder of PLACEHOLDERS) {
  test(`the placeholder ${placeholder} counts as not given, with a warning`, () => {
    const { config, warnings } = loadConfig(memorySource({ env: { HEALTHCHECKS_API_KEY: placeholder } }));
    assert.equal(config.project.apiKey, null);
    assert.deepEqual(warnings, [
      'HEALTHCHECKS_API_KEY still holds the placeholder of an example file: it counts as not given',
    ]);
  });
}
