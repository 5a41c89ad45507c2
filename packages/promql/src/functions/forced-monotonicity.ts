import { shortText } from '@vigie/series';
import { timeOf } from '../evaluate/columns.ts';
import { forMetricName } from '../evaluate/histogram-texts.ts';
import { type Repair, widened } from './classic-repair.ts';
import type { FunctionCall } from './function-entry.ts';

const SEE = 'https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile';

/** Repairs of one metric's histograms: what and when. */
interface Repairs {
  readonly repair: Repair;
  readonly samples: number;
  readonly firstStep: number;
  readonly lastStep: number;
}

/** Collects where the counts of classic histograms had to be repaired, which is said once for each metric. */
export class ForcedMonotonicity {
  readonly #byMetric = new Map<string, Repairs>();

  add(metric: string, repair: Repair, step: number): void {
    const before = this.#byMetric.get(metric);
    this.#byMetric.set(metric, {
      repair: widened(before?.repair ?? null, repair),
      samples: (before?.samples ?? 0) + 1,
      firstStep: Math.min(before?.firstStep ?? step, step),
      lastStep: Math.max(before?.lastStep ?? step, step),
    });
  }

  say(call: FunctionCall, place: number): void {
    const { steps } = call.context;
    const dateOf = (step: number): string => `${new Date(timeOf(steps, step)).toISOString().slice(0, 19)}Z`;
    for (const [metric, { repair, samples, firstStep, lastStep }] of this.#byMetric) {
      const reason = `input to histogram_quantile needed to be fixed for monotonicity (see ${SEE})`;
      const buckets = `from buckets ${shortText(repair.from)} to ${shortText(repair.to)}`;
      const most = `with a max diff of ${twoDigits(repair.most)}`;
      const times = `over ${samples} samples from ${dateOf(firstStep)} to ${dateOf(lastStep)}`;
      const text = `${reason}${forMetricName(metric)}, ${buckets}, ${most}, ${times}`;
      call.context.info(text, call.expression(place).span);
    }
  }
}

/** Go's `%.2g`. */
function twoDigits(value: number): string {
  return shortText(Number(value.toPrecision(2)), 2);
}
