import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorOf, readGreeting } from './greeting.ts';

test('a greeting is INFO with JSON that has a version', () => {
  assert.equal(readGreeting('INFO {"version":"2.9.10","jetstream":true}', 'x').jetstream, true);
  for (const line of ['', 'INFO', 'INFO {', 'INFO {"version":3}', 'HTTP/1.1 400 Bad Request']) {
    assert.throws(() => readGreeting(line, 'x'), { reason: 'protocol' }, line);
  }
});

test('errors have reasons', () => {
  const cases: [string, string][] = [
    ["-ERR 'Authorization Violation'", 'auth'],
    ["-ERR 'Authentication Timeout'", 'auth'],
    ['-ERR \'Permissions Violation for Publish to "x"\'', 'forbidden'],
    ["-ERR 'maximum connections exceeded'", 'limit'],
    ["-ERR 'Secure Connection - TLS Required'", 'protocol'],
    ["-ERR 'Stale Connection'", 'unhealthy'],
    ['PONGO', 'protocol'],
  ];
  for (const [line, reason] of cases) assert.equal(errorOf(line, 'x').reason, reason, line);
});
