import { Random } from '../../../apps/server/test/simulation/random.ts';
import { outcomeText } from '../../../packages/promql/src/testing/outcome.ts';
import type { Answer } from './answer.ts';
import { type Difference, differenceOf } from './comparison.ts';
import { type DataSeries, EPOCH, randomSeries, SPAN } from './data.ts';
import { type RandomQuery, randomQuery } from './expressions/random-query.ts';
import { knownReason } from './known-differences.ts';
import { OwnEngine } from './own-engine.ts';
import type { RealEngine } from './prometheus.ts';

/** Queries that are asked at a time: the other engine computes while ours does. */
const AT_A_TIME = 6;
/** Milliseconds of samples that are written at a time: Prometheus takes none that are older by an hour. */
const SLICE = 20 * 60_000;
/** Characters of each answer that are shown. */
const SHOWN = 1500;

/** What gives the elements of an instant query an order, unless it groups them. */
const ORDERED = /^(sort|sort_desc|topk|bottomk) ?\(/;

/** What came of a differential run. */
export interface Report {
  /** Answers that were compared: two of each expression. */
  compared: number;
  /** Of those, that are errors in both, and that have no series in both. */
  errors: number;
  empty: number;
  /** How many were set aside, by reason. */
  readonly setAside: Map<string, number>;
  readonly faults: string[];
}

/** Asks both engines the same about the same random data. */
export async function runDifferential(real: RealEngine, seed: number, count: number): Promise<Report> {
  const own = new OwnEngine();
  for (const slice of slices(randomSeries(new Random(seed)))) {
    own.write(slice);
    await real.write(slice);
  }
  const report: Report = { compared: 0, errors: 0, empty: 0, setAside: new Map(), faults: [] };
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) await askBoth(randomQuery(seed, next++), own, real, report);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return report;
}

/** The series in slices of time, all of them in each. */
function slices(series: readonly DataSeries[]): DataSeries[][] {
  return Array.from({ length: Math.ceil(SPAN / SLICE) + 1 }, (_, at) => {
    const from = EPOCH + at * SLICE;
    return series.map(({ labels, samples }) => ({
      labels,
      samples: samples.filter(({ time }) => time >= from && time < from + SLICE),
    }));
  });
}

async function askBoth(query: RandomQuery, own: OwnEngine, real: RealEngine, report: Report): Promise<void> {
  for (const kind of ['instant', 'range'] as const) {
    const [theirs, ours] = await Promise.all([real[kind](query), own[kind](query)]);
    report.compared++;
    if (theirs.error !== null) report.errors++;
    else if ('series' in theirs.outcome && theirs.outcome.series.length === 0) report.empty++;
    const ordered = kind === 'instant' && ORDERED.test(query.text);
    const found = differenceOf(theirs, ours, ordered);
    if (found === null) continue;
    const reason = await knownReason({ query, kind, theirs, ours, found, own });
    if (reason === null) report.faults.push(faultText(query, kind, found, theirs, ours));
    else report.setAside.set(reason, (report.setAside.get(reason) ?? 0) + 1);
  }
}

function faultText(
  { text, time, start, end, step }: RandomQuery,
  kind: 'instant' | 'range',
  found: Difference,
  theirs: Answer,
  ours: Answer,
): string {
  const when = kind === 'instant' ? `at ${time}` : `from ${start} to ${end} step ${step}`;
  return `${text}\n  ${when}: ${found.kind}: ${found.text}\n  Prometheus: ${shown(theirs)}\n  Vigie: ${shown(ours)}`;
}

function shown({ outcome, error }: Answer): string {
  const text = error === null ? outcomeText(outcome) : `${error.type}: ${error.message}`;
  return text.slice(0, SHOWN);
}
