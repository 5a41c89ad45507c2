import {
  addHistograms,
  compactHistogram,
  divideHistogram,
  type Histogram,
  scaleHistogram,
} from '@vigie/series';
import { boundsReconciled, MIXED_SCHEMAS, resetCollision } from '../evaluate/element-operators.ts';
import type { Span } from '../syntax/ast.ts';
import { quote } from '../syntax/quote.ts';
import { isReset } from './histogram-resets.ts';

/** Something to be said of a metric besides its result. */
export type Say = (what: HistogramTrouble) => void;

/** What native histograms of one series may have that keeps them from a meaning. */
export type HistogramTrouble =
  | 'not a counter'
  | 'not a gauge'
  | 'mixed buckets'
  | 'reset collision'
  | 'other bounds';

const TEXTS: Readonly<Record<HistogramTrouble, (metric: string, operation: string) => string>> = {
  'not a counter': (metric) => `this native histogram metric is not a counter: ${metric}`,
  'not a gauge': (metric) => `this native histogram metric is not a gauge: ${metric}`,
  'mixed buckets': (metric) => `${MIXED_SCHEMAS} for metric name ${metric}`,
  'reset collision': (_, operation) => resetCollision(operation),
  'other bounds': (_, operation) => boundsReconciled(operation),
};

/** Where annotations go. */
interface Listener {
  warn(text: string, span: Span): void;
  info(text: string, span: Span): void;
}

/** Says troubles of one metric at one place. */
export function sayOf(listener: Listener, metric: string, operation: string, span: Span): Say {
  return (what) => {
    const text = TEXTS[what](quote(metric), operation);
    if (what === 'other bounds') listener.info(text, span);
    else listener.warn(text, span);
  };
}

/** Some histograms of one series, one after another. */
export interface HistogramWindow {
  readonly histograms: readonly (Histogram | undefined)[];
  readonly from: number;
  /** One behind the last. */
  readonly to: number;
}

/** The sum of a window; undefined, having said so, when its buckets do not go together. */
export function sumOfHistograms(window: HistogramWindow, say: Say): Histogram | undefined {
  let sum: Histogram | undefined;
  for (const histogram of inWindow(window)) {
    sum = sum === undefined ? histogram : added(sum, histogram, say);
    if (sum === undefined) return undefined;
  }
  return sum === undefined ? undefined : compactHistogram(sum);
}

/** The mean of a window, in the same way. */
export function averageOfHistograms(window: HistogramWindow, say: Say): Histogram | undefined {
  const sum = sumOfHistograms(window, say);
  return sum === undefined ? undefined : compactHistogram(divideHistogram(sum, window.to - window.from));
}

/**
 * What a window's histograms have grown by from the first to the last; a counter's with what was lost at resets.
 * @param zeroBefore the counter was empty within the range, before the first.
 */
export function differenceOfHistograms(
  window: HistogramWindow,
  { counter, zeroBefore }: { counter: boolean; zeroBefore: boolean },
  say: Say,
): Histogram | undefined {
  const [first, ...rest] = inWindow(window);
  const last = rest.at(-1) ?? (zeroBefore ? first : undefined);
  if (first === undefined || last === undefined) return undefined;
  sayKind([first, ...rest], counter, say);
  const ignoresFirst = zeroBefore || (counter && rest[0] !== undefined && isReset(first, rest[0]));
  let difference = ignoresFirst ? last : added(last, scaleHistogram(first, -1), say, true);
  for (const [at, histogram] of rest.entries()) {
    const before = rest[at - 1] ?? first;
    const lost = counter && (at > 0 || zeroBefore) && isReset(before, histogram);
    if (lost && difference !== undefined) difference = added(difference, before, say, true);
  }
  return difference === undefined
    ? undefined
    : compactHistogram({ ...difference, counterResetHint: 'gauge' });
}

/** What the last of two histograms has more; undefined when their buckets do not go together. */
export function lastDifference(
  before: Histogram,
  last: Histogram,
  counter: boolean,
  say: Say,
): Histogram | undefined {
  sayKind([before, last], counter, say);
  const difference =
    counter && isReset(before, last) ? last : added(last, scaleHistogram(before, -1), say, true);
  return difference === undefined
    ? undefined
    : compactHistogram({ ...difference, counterResetHint: 'gauge' });
}

function sayKind(histograms: readonly Histogram[], counter: boolean, say: Say): void {
  const gauges = histograms.filter(({ counterResetHint }) => counterResetHint === 'gauge');
  if (counter && gauges.length > 0) say('not a counter');
  const ends = [histograms[0], histograms.at(-1)];
  if (!counter && ends.some((each) => each?.counterResetHint !== 'gauge')) say('not a gauge');
}

/** @param asGrowth hints say nothing of a difference. */
function added(a: Histogram, b: Histogram, say: Say, asGrowth = false): Histogram | undefined {
  const sum = addHistograms(a, b);
  if (sum === null) {
    say('mixed buckets');
    return undefined;
  }
  if (sum.resetCollision && !asGrowth) say('reset collision');
  if (sum.boundsReconciled) say('other bounds');
  return sum.histogram;
}

function inWindow({ histograms, from, to }: HistogramWindow): Histogram[] {
  return histograms.slice(from, to).filter((histogram) => histogram !== undefined);
}
