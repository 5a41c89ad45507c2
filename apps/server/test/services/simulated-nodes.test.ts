/** Promises 2 and 3 over simulated days of two nodes on one database that die, hang and do not hear each other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHECKS, DAYS, PROMPT, SEED, simulated, tell } from '../simulation/run.ts';
import { percentile } from '../support/ping-load.ts';

/** A shorter time than that of one server, with more troubles in it. */
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
