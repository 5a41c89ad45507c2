import assert from 'node:assert/strict';
import { test } from 'node:test';
import { denial, mqttFailure } from './refusal.ts';

test('codes of both versions and errors without any have reasons', () => {
  const cases: [unknown, string][] = [
    [Object.assign(new Error('x'), { code: 5 }), 'auth'],
    [Object.assign(new Error('x'), { code: 135 }), 'auth'],
    [Object.assign(new Error('x'), { code: 1 }), 'protocol'],
    [Object.assign(new Error('x'), { code: 136 }), 'unhealthy'],
    [Object.assign(new Error('x'), { code: 151 }), 'limit'],
    [Object.assign(new Error('x'), { code: 'ETIMEDOUT' }), 'timeout'],
    [new Error('Invalid header flag bits, must be 0x0 for puback packet'), 'protocol'],
  ];
  for (const [error, reason] of cases) assert.equal(mqttFailure(error, 'x').reason, reason);
  assert.equal(denial(135, 'publish', 'x').reason, 'forbidden');
  assert.equal(denial(151, 'publish', 'x').reason, 'limit');
});
