/** The evaluator alone: series in memory, no store, no HTTP. `node bench/metrics/promql.ts [expression]` */
import { pathToFileURL } from 'node:url';
import { createEngine, type Querier, type StoredSeries } from '@vigie/promql';
import { Labels, matchesAll } from '@vigie/series';
import { median, round, table } from '../support/table.ts';

const JOBS = 8;
const SERIES = 2_400;
const SAMPLES = 480;
/** Milliseconds between samples. */
const INTERVAL = 15_000;
/** Steps of the query, `INTERVAL` apart: what is left of the samples behind the first 12 minutes. */
const STEPS = 432;
/** The first runs are slower: the code is not compiled yet. */
const RUNS = 15;

const EXPRESSIONS = [
  'sum by (job) (rate(x[5m]))',
  'x',
  'x * 2 > 100',
  'x / on (instance) group_left y',
  'avg_over_time(x[5m])',
  'topk(5, x)',
  'quantile by (job) (0.9, x)',
  'max_over_time(rate(x[5m])[10m:1m])',
];

/** Milliseconds of some queries over 2,400 series at 432 steps: the best and the median of 15 runs. */
export async function promql(expressions: readonly string[] = EXPRESSIONS): Promise<string> {
  const engine = createEngine();
  const querier = memory();
  const end = SAMPLES * INTERVAL;
  const rows: (string | number)[][] = [['expression', 'best ms', 'median ms', 'CPU ms of the best']];
  for (const text of expressions) {
    const times: number[] = [];
    const busy: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const start = performance.now();
      const before = process.cpuUsage();
      await engine.range({ text, start: end - (STEPS - 1) * INTERVAL, end, step: INTERVAL }, querier);
      times.push(performance.now() - start);
      const { user, system } = process.cpuUsage(before);
      busy.push((user + system) / 1000);
    }
    rows.push([text, round(Math.min(...times)), round(median(times)), round(Math.min(...busy))]);
  }
  return table(rows);
}

/** Counters at their own speeds, each beginning anew once in a while, and one gauge for each instance. */
function memory(): Querier {
  const timestamps = Float64Array.from({ length: SAMPLES }, (_, at) => (at + 1) * INTERVAL);
  const series = Array.from({ length: SERIES }, (_, at) => ['x', at] as const);
  const stored = [...series, ...series.map(([, at]) => ['y', at] as const)].map(
    ([name, at]): StoredSeries => {
      const speed = 1 + (at % 17);
      const values = Float64Array.from({ length: SAMPLES }, (_, place) =>
        name === 'x' ? speed * ((place + at) % 400) : speed,
      );
      const labels = Labels.of({
        __name__: name,
        job: `job-${at % JOBS}`,
        instance: `host-${at}:9100`,
        ...(name === 'x' ? { mode: 'idle' } : {}),
      });
      const samples = { count: SAMPLES, timestamps, values, histograms: null, startTimestamps: null };
      return { labels, read: () => samples };
    },
  );
  return { select: async ({ matchers }) => stored.filter(({ labels }) => matchesAll(matchers, labels)) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , ...expressions] = process.argv;
  console.log(await promql(expressions.length > 0 ? expressions : EXPRESSIONS));
}
