import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { type LoadedConfig, loadConfig } from './load.ts';
import { memorySource } from './memory-source.ts';
import { ConfigError, type Problem } from './problem.ts';
import { type AnySetting, flagOf } from './setting.ts';
import { allSettings, settings } from './settings.ts';
import type { ConfigSource } from './source.ts';

/** Good text and the value it means; the default; bad text and what is said of it. */
interface Case {
  good: string;
  means: unknown;
  fallback: unknown;
  bad: string;
  reason: RegExp;
}

const LONG = 'x'.repeat(5000);
const KEY = 'k'.repeat(32);
const DAY = 86_400_000;
const URL_WANTED = /^must be an http:\/\/ or https:\/\/ URL/;
const INTEGER_WANTED = /^must be a whole number from \d+ to \d+/;
const DURATION_WANTED = /^must be a duration such as 12h/;

// biome-ignore format: one line a row
const CASES: Record<keyof typeof settings, Case> = {
  host: { good: '::1', means: '::1', fallback: '0.0.0.0', bad: 'http://x', reason: /host name or IP/ },
  port: { good: '9000', means: 9000, fallback: 8000, bad: '65536', reason: INTEGER_WANTED },
  publicListen: { good: ':81', means: { host: '0.0.0.0', port: 81 }, fallback: null, bad: '81', reason: /"host:port" or ":port"/ },
  smtpPort: { good: '25', means: { host: '0.0.0.0', port: 25 }, fallback: { host: '0.0.0.0', port: 8001 }, bad: 'no', reason: /65535, or off$/ },
  tlsCertFile: { good: 'cert', means: 'cert', fallback: undefined, bad: LONG, reason: /at most 4096/ },
  tlsKeyFile: { good: 'key', means: 'key', fallback: undefined, bad: LONG, reason: /at most 4096/ },
  dataDir: { good: '/data', means: '/data', fallback: './data', bad: LONG, reason: /at most 4096/ },
  databaseUrl: { good: 'postgresql://a:b@h/n', means: 'postgres://a:b@h/n', fallback: 'sqlite:./data/vigie.db', bad: 'mysql://h/n', reason: /sqlite:<path> or postgres:/ },
  baseUrl: { good: 'https://V.example/hc/', means: 'https://v.example/hc', fallback: 'http://localhost:8000', bad: 'v.example', reason: URL_WANTED },
  pingEndpoint: { good: 'https://p.example', means: 'https://p.example/', fallback: 'http://localhost:8000/ping/', bad: 'ftp://p', reason: URL_WANTED },
  pingEmailDomain: { good: 'mail.example', means: 'mail.example', fallback: 'localhost', bad: 'a@b', reason: /host name/ },
  pingBodyLimit: { good: 'None', means: null, fallback: 10_000, bad: '-1', reason: /whole number .* or none$/ },
  pingLogLimit: { good: '1000', means: 1000, fallback: 100, bad: '0', reason: INTEGER_WANTED },
  siteName: { good: 'Été', means: 'Été', fallback: 'Vigie', bad: 'a\nb', reason: /control characters/ },
  timeZone: { good: 'Europe/Paris', means: 'Europe/Paris', fallback: 'UTC', bad: '+02:00', reason: /IANA time zone/ },
  logLevel: { good: 'DEBUG', means: 'debug', fallback: 'info', bad: 'loud', reason: /^must be one of trace, debug/ },
  metricsKey: { good: 'metrics-key-of-16', means: 'metrics-key-of-16', fallback: null, bad: LONG, reason: /at most 200/ },
  deadmanUrl: { good: 'https://d.example/p?x=1', means: 'https://d.example/p?x=1', fallback: null, bad: 'd.example', reason: URL_WANTED },
  secretKey: { good: KEY, means: KEY, fallback: null, bad: LONG, reason: /at most 1000/ },
  adminEmail: { good: 'a@b.example', means: 'a@b.example', fallback: null, bad: 'a', reason: /an e-mail address/ },
  adminPassword: { good: 'correct horse', means: 'correct horse', fallback: null, bad: '1234567', reason: /8 to 1000/ },
  adminToken: { good: KEY, means: KEY, fallback: null, bad: LONG, reason: /at most 1000/ },
  projectName: { good: 'Prod', means: 'Prod', fallback: 'My project', bad: LONG, reason: /at most 200/ },
  apiKey: { good: KEY, means: KEY, fallback: null, bad: `${KEY}k`, reason: /exactly 32 characters/ },
  readKey: { good: KEY, means: KEY, fallback: null, bad: 'k', reason: /exactly 32 characters/ },
  pingKey: { good: 'abcdefgh12', means: 'abcdefgh12', fallback: null, bad: 'a/b/c/d/e', reason: /letters, digits/ },
  registrationOpen: { good: 'yes', means: true, fallback: false, bad: 'maybe', reason: /^must be true or false/ },
  allowedHosts: { good: 'a.example, .b.example', means: ['a.example', '.b.example'], fallback: ['*'], bad: 'a,b c', reason: /holds "b c"/ },
  trustedProxies: { good: '10.0.0.0/8,fd00::1', means: ['10.0.0.0/8', 'fd00::1'], fallback: [], bad: '10.0.0.0/33', reason: /holds "10.0.0.0\/33"/ },
  anonymousRole: { good: 'readonly', means: 'readonly', fallback: 'none', bad: 'owner', reason: /none, readonly, member, manager/ },
  anonymousFrom: { good: '192.168.0.0/16', means: ['192.168.0.0/16'], fallback: ['127.0.0.0/8', '::1/128'], bad: 'here', reason: /holds "here"/ },
  allowPrivateTargets: { good: 'False', means: false, fallback: true, bad: '2', reason: /^must be true or false/ },
  allowTargets: { good: 'db.internal,10.1.2.3', means: ['db.internal', '10.1.2.3'], fallback: [], bad: 'http://x', reason: /holds "http:/ },
  uplinkTargets: { good: '9.9.9.9:53,Gw.lan:80', means: ['9.9.9.9:53', 'gw.lan:80'], fallback: [], bad: '9.9.9.9', reason: /holds "9.9.9.9"/ },
  retentionPings: { good: '12h', means: DAY / 2, fallback: null, bad: '12', reason: DURATION_WANTED },
  retentionFlips: { good: '400d', means: 400 * DAY, fallback: 93 * DAY, bad: '0d', reason: DURATION_WANTED },
  retentionDeliveries: { good: '2w', means: 14 * DAY, fallback: 93 * DAY, bad: '101y', reason: DURATION_WANTED },
  retentionAlerts: { good: '1y', means: 365 * DAY, fallback: 400 * DAY, bad: '101y', reason: DURATION_WANTED },
  mailUrl: { good: 'smtps://u:p@m.example', means: 'smtps://u:p@m.example', fallback: null, bad: 'http://m', reason: /smtp:\/\/ or smtps/ },
  mailFrom: { good: 'Vigie <v@b.example>', means: 'Vigie <v@b.example>', fallback: 'vigie@localhost', bad: 'Vigie v@b', reason: /e-mail address/ },
};

/** Settings that are refused alone get their partner. */
const PARTNERS: Record<string, string> = {
  tlsCertFile: '--tls-key-file=key',
  tlsKeyFile: '--tls-cert-file=cert',
  adminPassword: '--admin-email=a@b.example',
};

const FILES = { cert: 'PEM', key: 'PEM' };

function valueAt(loaded: LoadedConfig, { key }: AnySetting): unknown {
  const [first = '', second] = key.split('.');
  const value: unknown = new Map<string, unknown>(Object.entries(loaded.config)).get(first);
  return second === undefined ? value : new Map<string, unknown>(Object.entries(value ?? {})).get(second);
}

function fileWith(path: string, value: unknown): Record<string, string> {
  const [first = '', second] = path.split('.');
  return {
    ...FILES,
    'vigie.yml': stringify(second === undefined ? { [first]: value } : { [first]: { [second]: value } }),
  };
}

function problemsOf(source: ConfigSource): Problem[] {
  try {
    loadConfig(source);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

for (const [id, row] of Object.entries(CASES)) {
  const setting: AnySetting = settings[id as keyof typeof settings];
  const { env, path, secret } = setting;
  const flag = flagOf(env);
  const argv = [PARTNERS[id] ?? []].flat();
  /** Each way to give a text, with the name it has there. */
  const ways = (text: string): [string, ConfigSource][] => [
    [env, memorySource({ env: { [env]: text }, argv, files: FILES })],
    [flag, memorySource({ argv: [...argv, `${flag}=${text}`], files: FILES })],
    [path, memorySource({ argv, files: fileWith(path, text) })],
  ];

  test(`${env}: variable, flag and file mean the same; a bad value is refused by name`, () => {
    assert.deepEqual(valueAt(loadConfig(memorySource({})), setting), row.fallback);
    for (const [, source] of ways(row.good))
      assert.deepEqual(valueAt(loadConfig(source), setting), row.means);
    for (const [name, source] of ways(row.bad)) {
      const problem = problemsOf(source).find((candidate) => candidate.name === name);
      assert.match(problem?.reason ?? '', row.reason);
      assert.equal(problem?.value === '***', secret);
      assert.equal(problem?.line, name === path ? (path.includes('.') ? 2 : 1) : undefined);
    }
  });

  if (!secret) continue;
  test(`${env}: is also read from a file, and not from both`, () => {
    const files = { ...FILES, secret: `${row.good}\n` };
    const both: [string, ConfigSource][] = [
      [`${env}_FILE`, memorySource({ env: { [`${env}_FILE`]: 'secret' }, argv, files })],
      [`${flag}-file`, memorySource({ argv: [...argv, `${flag}-file`, 'secret'], files })],
      [`${path}_file`, memorySource({ argv, files: { ...files, ...fileWith(`${path}_file`, 'secret') } })],
    ];
    for (const [name, source] of both) {
      const loaded = loadConfig(source);
      assert.deepEqual(valueAt(loaded, setting), row.means);
      assert.match(
        loaded.sources[setting.key] ?? '',
        name === `${path}_file` ? /^vigie.yml:\d$/ : new RegExp(`^${name}$`),
      );
    }
    const twice = memorySource({ env: { [env]: row.good, [`${env}_FILE`]: 'secret' }, argv, files });
    assert.match(problemsOf(twice)[0]?.reason ?? '', /_FILE is given too/);
    const missing = memorySource({ env: { [`${env}_FILE`]: 'elsewhere' }, argv });
    assert.match(problemsOf(missing)[0]?.reason ?? '', /^cannot read the file/);
    const empty = memorySource({ env: { [`${env}_FILE`]: 'empty' }, argv, files: { empty: '\n' } });
    assert.match(problemsOf(empty)[0]?.reason ?? '', /^the file is empty/);
  });
}

test('the table names everything once', () => {
  for (const names of [
    allSettings.map(({ key }) => key),
    allSettings.map(({ env }) => env),
    allSettings.map(({ path }) => path),
  ]) {
    assert.equal(new Set(names).size, names.length);
  }
});

test('all settings of one group need a restart, or none does', () => {
  for (const [group, rows] of Map.groupBy(allSettings, ({ key }) => key.replace(/\..*/, ''))) {
    assert.equal(new Set(rows.map(({ restart }) => restart)).size, 1, group);
  }
});
