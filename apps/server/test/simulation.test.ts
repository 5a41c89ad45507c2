/**
 * Promises 1 to 3 over thirty virtual days of power cuts, lost packets, set clocks, full disks and bad
 * providers, while checks wait for each other, flap and run too long, and people silence, maintain, acknowledge,
 * pause and resume. `VIGIE_SIM_SEED` and `VIGIE_SIM_DAYS` choose another month. Two nodes on one database:
 * services/simulated-nodes.test.ts.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report } from './simulation/report.ts';
import { CHECKS, DAYS, PROMPT, SEED, simulated, tell } from './simulation/run.ts';
import { percentile } from './support/ping-load.ts';

/** Servers that share the checks, each in a month of its own: as many as run at a time on a small machine. */
const SERVERS = 2;

test(`${DAYS} days of trouble lose no ping, no deadline and no message`, async (t) => {
  const from = performance.now();
  const seeds = Array.from({ length: SERVERS }, (_, server) => SEED + server * 1_000_003);
  const plan = { days: DAYS, checks: CHECKS / SERVERS, nodes: 1 } as const;
  const reports = await Promise.all(seeds.map((seed) => simulated({ ...plan, seed })));
  const seconds = (performance.now() - from) / 1000;
  t.diagnostic(`${SERVERS} x ${DAYS} virtual days, ${CHECKS} checks in all, ${seconds.toFixed(1)} s`);
  reports.forEach((report, server) => {
    tell(t, report, seeds[server] ?? SEED);
    judge(report);
  });
});

/** No promise is broken, and what could have broken them did come about. */
function judge({ violations, delays, alerts, people, ...report }: Report): void {
  assert.deepEqual(violations, []);
  assert.ok(percentile(delays, 0.99) <= PROMPT);
  const { cut, step, full } = report.troubles;
  assert.ok(cut > DAYS / 2 && step > 0 && full > 0 && report.doubled > 0);
  assert.ok(Object.values({ ...alerts, ...people }).every((count) => count > DAYS / 2));
  assert.ok(report.flips > CHECKS / SERVERS && delays.length > CHECKS / SERVERS / 2);
}

test('the same seed gives the same report, and another seed another one', async () => {
  const plan = { days: 2, checks: 100, nodes: 1 } as const;
  const [one, same, other] = await Promise.all([7, 7, 8].map((seed) => simulated({ ...plan, seed })));
  assert.deepEqual(same, one);
  assert.notDeepEqual(other, one);
});
