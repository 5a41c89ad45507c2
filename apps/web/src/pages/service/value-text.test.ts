import assert from 'node:assert/strict';
import { test } from 'node:test';
import { valueText } from './value-text.ts';

const cases: [name: string, value: number, text: string][] = [
  ['probe_duration_seconds', 0.25, '250 ms'],
  ['redis_memory_used_ratio', 0.934, '93.4%'],
  ['pg_database_size_bytes', 2048, '2 kB'],
  ['probe_ssl_earliest_cert_expiry', 1_800_000_000, 'Jan 15, 2027'],
  ['process_start_time_seconds', 12, '12 sec'],
  ['pg_connections', 1_234_567, '1,234,570'],
  ['ratio', 0.5, '0.5'],
];

for (const [name, value, text] of cases) {
  test(`${name} ${value} is "${text}"`, () => assert.ok(valueText(name, value, 'en').startsWith(text)));
}
