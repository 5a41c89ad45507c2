/** Runs a simulation in a process of its own, and tells what came about. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { percentile } from '../support/ping-load.ts';
import { tempFolder } from '../support/temp-folder.ts';
import type { Report } from './report.ts';
import type { SimulationOptions } from './simulation.ts';

/** Which month is simulated, unless told otherwise. */
export const SEED = Number(process.env['VIGIE_SIM_SEED'] ?? 1);
export const DAYS = Number(process.env['VIGIE_SIM_DAYS'] ?? 30);
export const CHECKS = 1_000;
/** Milliseconds from deadline to message, the provider's own delay included. */
export const PROMPT = 250;
/** Hardly anything that a simulation makes lives on: fewer collections, which others would have to wait for. */
const YOUNG = ['--max-semi-space-size=64'];
const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') };

/** Lives through the simulated time. @throws AssertionError when its process ends without a report. */
export async function simulated(own: Omit<SimulationOptions, 'folder'>): Promise<Report> {
  // The disk model decides what survives; where the bytes lie only decides how long it takes.
  const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  using folder = tempFolder('simulation', memory);
  const child = fork(new URL('./worker.ts', import.meta.url), { execArgv: YOUNG, env });
  const options: SimulationOptions = { ...own, folder: folder.path };
  child.send(options);
  const died = once(child, 'exit').then(([code]) => assert.fail(`the simulation ended with code ${code}`));
  const [report] = (await Promise.race([once(child, 'message'), died])) as [Report];
  child.kill();
  await died.catch(() => undefined);
  return report;
}

/** Says what came about, so that a failure can be had again. */
export function tell(t: TestContext, report: Report, seed: number): void {
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
