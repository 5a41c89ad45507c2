import assert from 'node:assert/strict';
import { test } from 'node:test';
import { samplesOf } from './stats.ts';

test('statistics become the exporter’s series; those that an old server lacks are absent', () => {
  const samples = samplesOf(
    new Map([
      ['uptime', '5'],
      ['bytes', '100'],
      ['limit_maxbytes', '67108864'],
      ['get_hits', '3'],
      ['cmd_set', '7'],
      ['version', '1.6.18'],
      ['curr_items', 'many'],
    ]),
  );
  assert.deepEqual(
    samples.map(({ name, value, labels }) => [name, value, Object.values(labels).join(' ')]),
    [
      ['memcached_uptime_seconds', 5, ''],
      ['memcached_current_bytes', 100, ''],
      ['memcached_limit_bytes', 67_108_864, ''],
      ['memcached_commands_total', 3, 'get hit'],
      ['memcached_commands_total', 7, 'set hit'],
    ],
  );
});
