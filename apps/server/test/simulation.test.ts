/**
 * Promises 1 to 3 over thirty virtual days of power cuts, lost packets, set clocks, full disks and bad
 * providers, while checks wait for each other, flap and run too long, and people silence, maintain, acknowledge,
 * pause and resume; and of nodes on one database that die, hang and do not hear each other. `VIGIE_SIM_SEED` and
 * `VIGIE_SIM_DAYS` choose another month.
 */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Report } from './simulation/report.ts';
import type { SimulationOptions } from './simulation/simulation.ts';
import { percentile } from './support/ping-load.ts';
import { tempFolder } from './support/temp-folder.ts';

const SEED = Number(process.env['VIGIE_SIM_SEED'] ?? 1);
const DAYS = Number(process.env['VIGIE_SIM_DAYS'] ?? 30);
const CHECKS = 1_000;
/** Servers that share them, each in a month of its own: as many as run at a time on a small machine. */
const SERVERS = 2;
/** Milliseconds from deadline to message, the provider's own delay included. */
const PROMPT = 250;
/** Hardly anything that a simulation makes lives on: fewer collections, which others would have to wait for. */
const YOUNG = ['--max-semi-space-size=16'];
const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') };

async function simulated(own: Omit<SimulationOptions, 'folder'>): Promise<Report> {
  // The disk model decides what survives; where the bytes lie only decides how long it takes.
  const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  using folder = tempFolder('simulation', memory);
  const child = fork(new URL('./simulation/worker.ts', import.meta.url), { execArgv: YOUNG, env });
  const options: SimulationOptions = { ...own, folder: folder.path };
  child.send(options);
  const died = once(child, 'exit').then(([code]) => assert.fail(`the simulation ended with code ${code}`));
  const [report] = (await Promise.race([once(child, 'message'), died])) as [Report];
  child.kill();
  await died.catch(() => undefined);
  return report;
}

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

function tell(t: TestContext, report: Report, seed: number): void {
  const { pings, delays, alerts, people } = report;
  t.diagnostic(
    `seed ${seed} (VIGIE_SIM_SEED): ` +
      `${pings.taken} pings answered, ${pings.refused} refused, ${pings.unanswered} unanswered, ` +
      `${pings.lost} requests or answers lost`,
  );
  t.diagnostic(
    `${Object.entries(report.troubles)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ')}; ` +
      `${report.flips} flips, ${report.messages} messages, ${report.doubled} of them again with the same key`,
  );
  t.diagnostic(
    `${people.silenced} silences, ${people.changed} of them changed and ${people.expired} ended early, ` +
      `${people.windows} windows opened or removed, ${people.acknowledged} acknowledgements; ` +
      `${alerts.held} times held (by silences ${alerts.silence}, windows ${alerts.maintenance}, ` +
      `dependencies ${alerts.dependency}, flapping ${alerts.flapping}), ${alerts.released} told later, ` +
      `${alerts.untold} never`,
  );
  t.diagnostic(
    `${people.paused} pauses, ${people.resumed} ended by people, ${alerts.quiet} alerts ended by them; ` +
      `${alerts.runs} alerts about runs; ${report.refused} settlements came too late`,
  );
  t.diagnostic(
    `from decision to message where nothing was in the way: p99 ${percentile(delays, 0.99)} ms, ` +
      `longest ${Math.max(...delays)} ms of ${delays.length}`,
  );
}

/** No promise is broken, and what could have broken them did come about. */
function judge({ violations, delays, alerts, people, ...report }: Report): void {
  assert.deepEqual(violations, []);
  assert.ok(percentile(delays, 0.99) <= PROMPT);
  const { cut, step, full } = report.troubles;
  assert.ok(cut > DAYS / 2 && step > 0 && full > 0 && report.doubled > 0);
  assert.ok(Object.values({ ...alerts, ...people }).every((count) => count > DAYS / 2));
  assert.ok(report.flips > CHECKS / SERVERS && delays.length > CHECKS / SERVERS / 2);
}

/** Of the two nodes: a shorter time, with more troubles in it. */
const NODE_DAYS = Math.ceil(DAYS / 4);
const NODE_CHECKS = CHECKS / 8;

test('two nodes on one database lose nothing when one dies, hangs or hears nothing of the other', async (t) => {
  const plan = { days: NODE_DAYS, checks: NODE_CHECKS, nodes: 2 } as const;
  const report = await simulated({ ...plan, seed: SEED });
  tell(t, report, SEED);
  assert.deepEqual(report.violations, []);
  assert.ok(percentile(report.delays, 0.99) <= PROMPT);
  const { cut, stall, gap } = report.troubles;
  assert.ok(Math.min(cut, stall, gap) > NODE_DAYS && report.doubled > 0 && report.refused > 0);
  assert.ok(report.flips > NODE_CHECKS);
});

test('the same seed gives the same report, and another seed another one', async () => {
  const plan = { days: 2, checks: 100, nodes: 1 } as const;
  const [one, same, other] = await Promise.all([7, 7, 8].map((seed) => simulated({ ...plan, seed })));
  assert.deepEqual(same, one);
  assert.notDeepEqual(other, one);
});
