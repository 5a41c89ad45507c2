/**
 * Promises 1 to 3 over thirty virtual days of power cuts, lost packets, set clocks, full disks and bad
 * providers, while checks wait for each other and people silence, maintain and acknowledge. `VIGIE_SIM_SEED`
 * and `VIGIE_SIM_DAYS` choose another month.
 */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import type { Report } from './simulation/report.ts';
import type { SimulationOptions } from './simulation/simulation.ts';
import { percentile } from './support/ping-load.ts';
import { tempFolder } from './support/temp-folder.ts';

const SEED = Number(process.env['VIGIE_SIM_SEED'] ?? 1);
const DAYS = Number(process.env['VIGIE_SIM_DAYS'] ?? 30);
const CHECKS = 1_000;
/** Milliseconds from deadline to message, the provider's own delay included. */
const PROMPT = 250;

async function simulated(seed: number, days: number, checks: number): Promise<Report> {
  // The disk model decides what survives; where the bytes lie only decides how long it takes.
  const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  using folder = tempFolder('simulation', memory);
  const child = fork(new URL('./simulation/worker.ts', import.meta.url), { execArgv: [] });
  const options: SimulationOptions = { seed, days, checks, folder: folder.path };
  child.send(options);
  const died = once(child, 'exit').then(([code]) => assert.fail(`the simulation ended with code ${code}`));
  const [report] = (await Promise.race([once(child, 'message'), died])) as [Report];
  child.kill();
  await died.catch(() => undefined);
  return report;
}

test(`${DAYS} days of trouble lose no ping, no deadline and no message`, async (t) => {
  const from = performance.now();
  const report = await simulated(SEED, DAYS, CHECKS);
  const seconds = (performance.now() - from) / 1000;
  const { pings, delays } = report;
  const [p99, longest] = [percentile(delays, 0.99), Math.max(...delays)];
  t.diagnostic(
    `seed ${SEED} (VIGIE_SIM_SEED): ${DAYS} virtual days, ${CHECKS} checks, ${seconds.toFixed(1)} s`,
  );
  t.diagnostic(
    `${pings.taken} pings answered, ${pings.refused} refused, ${pings.unanswered} unanswered, ` +
      `${pings.lost} requests or answers lost`,
  );
  t.diagnostic(
    `${report.cuts} power cuts, ${report.steps} clock steps, ${report.fulls} full disks; ` +
      `${report.flips} flips, ${report.messages} messages, ${report.doubled} of them again with the same key`,
  );
  const { alerts, people } = report;
  t.diagnostic(
    `${people.silenced} silences, ${people.changed} of them changed and ${people.expired} ended early, ` +
      `${people.windows} windows opened or removed, ${people.acknowledged} acknowledgements; ` +
      `${alerts.held} times held (by silences ${alerts.silence}, windows ${alerts.maintenance}, ` +
      `dependencies ${alerts.dependency}), ${alerts.released} told later, ${alerts.untold} never`,
  );
  t.diagnostic(
    `from decision to message where nothing was in the way: p99 ${p99} ms, longest ${longest} ms of ${delays.length}`,
  );
  assert.deepEqual(report.violations, []);
  assert.ok(p99 <= PROMPT);
  assert.ok(report.cuts > DAYS / 2 && report.steps > 0 && report.fulls > 0 && report.doubled > 0);
  assert.ok(Object.values({ ...alerts, ...people }).every((count) => count > DAYS / 2));
  assert.ok(report.flips > CHECKS && delays.length > CHECKS / 2);
});

test('the same seed gives the same report, and another seed another one', async () => {
  const [one, same, other] = await Promise.all([7, 7, 8].map((seed) => simulated(seed, 2, 100)));
  assert.deepEqual(same, one);
  assert.notDeepEqual(other, one);
});
