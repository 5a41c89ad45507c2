/** More alerts than a project may have: the effect is bounded, is told, and nobody else waits for it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { AlertsAccepted } from '@vigie/contract';
import { ACTIVE_LIMIT } from '../../src/alerts/receive.ts';
import { KEYS, spawnApiServer } from '../support/api-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

const PER_REQUEST = 10_000;
const REQUESTS = ACTIVE_LIMIT / PER_REQUEST + 2;
/** Requests under way at once. */
const SENDERS = 3;
/** Milliseconds that a ping takes at most meanwhile, on a machine that has other work too. */
const SLOWEST_PING = 2_000;
/** MB that the process has at most. */
const MOST_MEMORY = 900;

function rssOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1000;
}

test('more alerts than a project may have are refused by name, and pings go on', async () => {
  using folder = tempFolder('many-alerts');
  await using server = await spawnApiServer({ dataDir: folder.path });
  const check = await server.createCheck({ name: 'job' });
  let done = false;
  let slowest = 0;
  let most = 0;
  const pinging = (async (): Promise<number> => {
    let count = 0;
    for (; !done; count++) {
      const from = performance.now();
      const answer = await fetch(`${server.url}/ping/${check.id}`);
      assert.equal(answer.status, 200);
      slowest = Math.max(slowest, performance.now() - from);
      most = Math.max(most, rssOf(server.pid));
      await delay(50);
    }
    return count;
  })();
  let next = 0;
  let accepted = 0;
  let rejected = 0;
  const sender = async (): Promise<void> => {
    while (next < REQUESTS) {
      const request = next++;
      const list = Array.from({ length: PER_REQUEST }, (_, i) => ({
        labels: { alertname: 'Storm', instance: `host-${request}-${i}` },
        ends_at: new Date(Date.now() + 86_400_000).toISOString(),
      }));
      const answer = await server.call<AlertsAccepted>('POST', '/api/vigie/alerts', list);
      accepted += answer.accepted;
      rejected += answer.rejected.length;
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  done = true;
  const pings = await pinging;
  assert.deepEqual([accepted, rejected], [ACTIVE_LIMIT, REQUESTS * PER_REQUEST - ACTIVE_LIMIT]);
  const metrics = await fetch(`${server.url}/metrics`, { headers: { 'X-Metrics-Key': KEYS.metrics } });
  const text = await metrics.text();
  assert.match(text, new RegExp(`^vigie_alerts\\{state="firing"\\} ${ACTIVE_LIMIT}$`, 'm'));
  assert.match(text, new RegExp(`^vigie_alerts_refused_total\\{reason="too_many"\\} ${rejected}$`, 'm'));
  assert.ok(pings > 10 && slowest < SLOWEST_PING, `${pings} pings, the slowest took ${slowest} ms`);
  assert.ok(most < MOST_MEMORY, `${most} MB`);
});
