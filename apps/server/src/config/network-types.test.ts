import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as network from './network-types.ts';
import { parseValue, type ValueType } from './value-types.ts';

/** A type, what is given, and what it means; undefined where it is refused. */
// biome-ignore format: one line a case
const CASES: [keyof typeof TYPES, string, unknown][] = [
  ['host', '127.0.0.1', '127.0.0.1'],
  ['host', '[::]', '::'],
  ['host', 'my_container', 'my_container'],
  ['host', 'a.b.', 'a.b.'],
  ['host', '256.0.0.1', undefined],
  ['host', '-a', undefined],
  ['host', 'a..b', undefined],
  ['host', `${'a'.repeat(64)}.b`, undefined],
  ['host', 'a:80', undefined],
  ['listenAddress', ':8080', { host: '0.0.0.0', port: 8080 }],
  ['listenAddress', '[::1]:0', { host: '::1', port: 0 }],
  ['listenAddress', 'pings.example:80', { host: 'pings.example', port: 80 }],
  ['listenAddress', '::1:80', undefined],
  ['listenAddress', 'a:65536', undefined],
  ['listenAddress', 'a:', undefined],
  ['addressRanges', 'loopback, 10.0.0.0/8', ['127.0.0.0/8', '::1/128', '10.0.0.0/8']],
  ['addressRanges', 'fd00::/8', ['fd00::/8']],
  ['addressRanges', 'fe80::1%eth0', undefined],
  ['addressRanges', '10.0.0.0/8/8', undefined],
  ['addressRanges', '::/129', undefined],
  ['addressRanges', '10.0.0.0/', undefined],
  ['targets', 'DB.internal,10.0.0.5', ['db.internal', '10.0.0.5']],
  ['targets', '*.internal', undefined],
  ['hostPatterns', '*', ['*']],
  ['hostPatterns', '[::1],.Example.com', ['[::1]', '.example.com']],
  ['hostPatterns', '*.example.com', undefined],
  ['baseUrl', 'http://h:8000///', 'http://h:8000'],
  ['baseUrl', 'http://h/?a', undefined],
  ['baseUrl', 'http://h/#a', undefined],
  ['baseUrl', 'http://u@h', undefined],
  ['baseUrl', 'http://', undefined],
  ['mailUrl', 'smtp://u:p@h?requireTLS=true', 'smtp://u:p@h?requireTLS=true'],
  ['mailUrl', 'smtp://', undefined],
  ['databaseUrl', 'sqlite:/a/b.db', 'sqlite:/a/b.db'],
  ['databaseUrl', 'sqlite:///a/b.db', 'sqlite:/a/b.db'],
  ['databaseUrl', 'sqlite://a/b.db', undefined],
  ['databaseUrl', 'sqlite:', undefined],
  ['databaseUrl', 'postgres://u:p@h:5432/n?sslmode=require', 'postgres://u:p@h:5432/n?sslmode=require'],
  ['databaseUrl', 'postgres:///n?host=/run/postgresql', 'postgres:///n?host=/run/postgresql'],
  ['databaseUrl', 'postgres:///n', undefined],
  ['databaseUrl', '/a/b.db', undefined],
];

const TYPES = {
  host: network.host,
  listenAddress: network.listenAddress,
  addressRanges: network.addressRanges,
  targets: network.targets,
  hostPatterns: network.hostPatterns,
  baseUrl: network.baseUrl,
  mailUrl: network.mailUrl,
  databaseUrl: network.databaseUrl,
} as const satisfies Record<string, ValueType<unknown>>;

for (const [name, given, means] of CASES) {
  test(`${name} ${means === undefined ? 'refuses' : 'takes'} ${given}`, () => {
    const parsed = parseValue<unknown>(TYPES[name], given);
    assert.deepEqual(parsed.ok ? parsed.value : undefined, means);
  });
}
