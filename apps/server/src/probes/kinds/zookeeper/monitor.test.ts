import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMonitor, versionOf } from './monitor.ts';

test('mntr is read by its names; anything else is no answer of it', () => {
  const monitor = parseMonitor(
    'zk_version\t3.8.0-5a02a05eddb59aee, built on 2022-02-25\nzk_server_state\tstandalone\nzk_avg_latency\t0.5\n' +
      'zk_p_cnt_x y\t3\nnoise\n',
  );
  assert.deepEqual([...(monitor ?? [])].slice(1), [
    ['zk_server_state', 'standalone'],
    ['zk_avg_latency', '0.5'],
  ]);
  assert.equal(monitor === null ? '' : versionOf(monitor), '3.8.0');
  assert.equal(versionOf(new Map([['zk_version', 'SNAPSHOT']])), null);
  for (const text of ['', 'HTTP/1.1 400 Bad Request\n', 'zk_up\t1\n']) assert.equal(parseMonitor(text), null);
});
