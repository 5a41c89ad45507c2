import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../command.ts';
import { type Connection, type ConnectionFlags, connectionFrom, type Variables } from './connection.ts';

const THEIRS = {
  HEALTHCHECKS_API_URL: 'http://hc:8000/api/v1/',
  HEALTHCHECKS_API_KEY: 'theirs',
  HEALTHCHECKS_PING_URL: 'https://hc-ping.example/',
};

const CASES: [string, ConnectionFlags, Variables, Variables, Partial<Connection>][] = [
  [
    'nothing is given',
    {},
    {},
    {},
    { url: 'http://localhost:8000', pings: 'http://localhost:8000/ping', key: null, pingKey: null },
  ],
  [
    'our variables',
    {},
    { VIGIE_URL: 'https://v/', VIGIE_API_KEY: 'k', VIGIE_PING_KEY: 'p' },
    {},
    { url: 'https://v', pings: 'https://v/ping', key: 'k', pingKey: 'p' },
  ],
  [
    "those of Healthchecks' clients",
    {},
    THEIRS,
    {},
    { url: 'http://hc:8000', pings: 'https://hc-ping.example', key: 'theirs' },
  ],
  [
    'ours win over theirs',
    {},
    { ...THEIRS, VIGIE_URL: 'https://v', VIGIE_API_KEY: 'k' },
    {},
    { url: 'https://v', pings: 'https://v/ping', key: 'k' },
  ],
  [
    'flags win over all',
    { url: 'http://f', key: 'f', pingKey: 'g' },
    { ...THEIRS, VIGIE_URL: 'https://v' },
    {},
    { url: 'http://f', pings: 'http://f/ping', key: 'f', pingKey: 'g' },
  ],
  [
    'the ping address alone tells the server',
    {},
    { HEALTHCHECKS_PING_URL: 'http://hc/ping' },
    {},
    { url: 'http://hc', pings: 'http://hc/ping' },
  ],
  [
    'a file fills what is open',
    {},
    {},
    THEIRS,
    { url: 'http://hc:8000', pings: 'https://hc-ping.example', key: 'theirs' },
  ],
  [
    'the environment wins over a file',
    {},
    { VIGIE_URL: 'https://v' },
    THEIRS,
    { url: 'https://v', pings: 'https://v/ping', key: 'theirs' },
  ],
  [
    'blank counts as not given',
    {},
    { VIGIE_URL: ' ', VIGIE_API_KEY: '' },
    {},
    { url: 'http://localhost:8000', key: null },
  ],
];

for (const [name, flags, env, file, expected] of CASES) {
  test(`where the server is: ${name}`, () => {
    const connection = connectionFrom(flags, env, file);
    assert.deepEqual({ ...connection, ...expected }, connection);
  });
}

test('an address that is none is refused by name', () => {
  for (const url of ['localhost:8000', 'ftp://x', 'http://', 'http://[']) {
    assert.throws(() => connectionFrom({ url }, {}), UsageError);
  }
  assert.throws(() => connectionFrom({}, { HEALTHCHECKS_PING_URL: 'x/ping' }), /x/);
});
