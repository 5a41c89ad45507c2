import { floatText, histogramQuantile, type NaNEffect, shortText } from '@vigie/series';
import { type Row, setFloat } from '../evaluate/columns.ts';
import { ExecutionError } from '../evaluate/execution-error.ts';
import { forMetricName } from '../evaluate/histogram-texts.ts';
import type { RowIdentity } from '../evaluate/names.ts';
import { classicQuantile } from './classic-estimates.ts';
import { ForcedMonotonicity } from './forced-monotonicity.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';
import { eachHistogram } from './histogram-sources.ts';
import { ResultRows } from './result-rows.ts';

export const HISTOGRAM_QUANTILES: readonly FunctionEntry[] = [
  {
    name: 'histogram_quantile',
    args: ['scalar', 'vector'],
    returns: 'vector',
    evaluate: (call) => ({
      type: 'vector',
      rows: quantileRows(call, { vector: 1, quantiles: [0], label: null }),
    }),
  },
  {
    name: 'histogram_quantiles',
    args: ['vector', 'string', 'scalar'],
    more: 9,
    returns: 'vector',
    experimental: true,
    evaluate: (call) => {
      const label = call.string(1);
      if (label === '' || !label.isWellFormed())
        throw new ExecutionError(`invalid label name in histogram_quantiles(): ${label}`);
      const quantiles = Array.from({ length: call.count - 2 }, (_, at) => at + 2);
      return { type: 'vector', rows: quantileRows(call, { vector: 0, quantiles, label }) };
    },
  },
];

/** Where the arguments are, and the label that tells results of one histogram apart. */
interface Shape {
  readonly vector: number;
  readonly quantiles: readonly number[];
  readonly label: string | null;
}

function quantileRows(call: FunctionCall, { vector, quantiles, label }: Shape): readonly Row[] {
  const columns = quantiles.map((place) => call.scalar(place));
  for (const [at, place] of quantiles.entries())
    for (const quantile of new Set(columns[at])) requirePart(call, quantile, place);
  const rows = new ResultRows(call.context.steps.count, (identity, quantile: number) =>
    label === null ? identity : labelled(identity, label, quantile),
  );
  const forced = new ForcedMonotonicity();
  eachHistogram(call, vector, {
    native: ({ identity, metric }, histogram, step) => {
      for (const column of columns) {
        const quantile = column[step] ?? 0;
        const { value, nanEffect } = histogramQuantile(histogram, quantile);
        if (nanEffect !== null) sayNaN(call, nanEffect, metric);
        setFloat(rows.of(identity, label === null ? 0 : quantile), step, value);
      }
    },
    classic: ({ identity, metric }, buckets, step) => {
      for (const column of columns) {
        const quantile = column[step] ?? 0;
        const { value, repair } = classicQuantile(buckets, quantile);
        if (repair !== null) forced.add(call.context.delayedNameRemoval ? metric : '', repair, step);
        setFloat(rows.of(identity, label === null ? 0 : quantile), step, value);
      }
    },
  });
  forced.say(call, vector);
  return rows.all;
}

function labelled({ labels, dropName }: RowIdentity, label: string, quantile: number): RowIdentity {
  return { labels: labels.with(label, quantileText(quantile)), dropName };
}

function requirePart(call: FunctionCall, quantile: number, place: number): void {
  if (quantile >= 0 && quantile <= 1) return;
  const text = `quantile value should be between 0 and 1, got ${floatText(quantile)}`;
  call.context.warn(text, call.expression(place).span);
}

const NAN_TEXTS: Readonly<Record<NaNEffect, string>> = {
  'result is NaN': 'input to histogram_quantile has NaN observations, result is NaN',
  'result is skewed': 'input to histogram_quantile has NaN observations, result is skewed higher',
};

function sayNaN(call: FunctionCall, effect: NaNEffect, metric: string): void {
  call.context.info(NAN_TEXTS[effect] + forMetricName(metric), call.expression(0).span);
}

/** A quantile as OpenMetrics writes it in a label: `0.9`, `1.0`. */
function quantileText(quantile: number): string {
  const text = shortText(quantile);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
