/** The ICMP probe with the system's own ping. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { icmp } from '../../src/probes/kinds/icmp/probe.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';

test('this machine replies', async () => {
  const result = await probing(icmp, { host: 'localhost', count: 2 });
  assertWell(result);
  const values = valuesOf(result);
  assert.equal(values['probe_icmp_packet_loss_ratio'], 0);
  const time = values['probe_icmp_duration_seconds{phase="rtt"}'] ?? 0;
  assert.ok(time > 0 && time < 0.5, `${time}`);
  assert.equal(result.details['packets_received'], 2);
});

test('a machine that is nowhere does not (192.0.2.0/24 is for documentation: RFC 5737)', async () => {
  const { failure } = await probing(icmp, { host: '192.0.2.77', count: 2 });
  assert.match(failure?.reason ?? '', /^(timeout|unreachable)$/, failure?.message);
  assertFailed(await probing(icmp, { host: '192.0.2.77', count: 10 }, { timeout: 200 }), 'timeout');
});
