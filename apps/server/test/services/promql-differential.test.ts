/** Random expressions over random data: the engine answers as a real Prometheus does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RealEngine } from '../../../../conformance/promql/differential/prometheus.ts';
import { runDifferential } from '../../../../conformance/promql/differential/run.ts';
import { spawnPrometheus } from '../support/prometheus.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const EXPRESSIONS = 2000;
/** Milliseconds. */
const READY_WITHIN = 30_000;
/** Another one asks other questions about other data. */
const SEED = Number(process.env['VIGIE_DIFF_SEED'] ?? 1);
/** The part of the answers that may be set aside as known to differ between 2.42 and 3.x. */
const MOST_SET_ASIDE = 0.05;
const SHOWN_FAULTS = 20;

test(`${EXPRESSIONS} random expressions have the answers of Prometheus`, async (t) => {
  t.diagnostic(`VIGIE_DIFF_SEED=${SEED}`);
  using folder = tempFolder('promql-differential');
  const flags = ['--web.enable-remote-write-receiver', '--storage.tsdb.retention.time=100y'];
  await using server = await spawnPrometheus(folder.path, '{}', flags);
  await until('Prometheus is ready', READY_WITHIN, async () => {
    server.requireRunning();
    return (await fetch(`${server.url}/-/ready`).catch(() => null))?.ok;
  });
  const report = await runDifferential(new RealEngine(server.url), SEED, EXPRESSIONS);
  const { compared, errors, empty, setAside, faults } = report;
  t.diagnostic(`${compared} answers compared: ${errors} errors, ${empty} without series`);
  for (const [reason, count] of setAside) t.diagnostic(`set aside: ${count}: ${reason}`);
  assert.deepEqual(faults.slice(0, SHOWN_FAULTS), [], `${faults.length} answers differ`);
  const aside = [...setAside.values()].reduce((sum, each) => sum + each, 0);
  assert.ok(aside < MOST_SET_ASIDE * compared, `${aside} of ${compared} answers were set aside`);
});
