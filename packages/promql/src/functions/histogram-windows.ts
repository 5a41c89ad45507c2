import {
  addHistograms,
  compactHistogram,
  type Histogram,
  type HistogramSum,
  HistogramTotal,
  isReset,
  subtractHistograms,
} from '@vigie/series';
import {
  boundsReconciled,
  type HistogramOperation,
  mixedSchemas,
  ResetHints,
  resetCollision,
} from '../evaluate/histogram-texts.ts';
import type { Span } from '../syntax/ast.ts';
import { quote } from '../syntax/quote.ts';

/** What native histograms of one series may have that keeps them from a meaning. */
export type HistogramTrouble = 'not a counter' | 'not a gauge' | 'mixed buckets' | 'reset collision';

/** Says things of a metric besides its result. */
export interface Say {
  trouble(what: HistogramTrouble): void;
  /** Custom bounds of which some are not in both of two histograms. */
  reconciled(operation: HistogramOperation): void;
}

const TEXTS: Readonly<Record<HistogramTrouble, (metric: string) => string>> = {
  'not a counter': (metric) => `this native histogram metric is not a counter: ${quote(metric)}`,
  'not a gauge': (metric) => `this native histogram metric is not a gauge: ${quote(metric)}`,
  'mixed buckets': mixedSchemas,
  'reset collision': () => resetCollision('aggregation'),
};

/** Where annotations go. */
interface Listener {
  warn(text: string, span: Span): void;
  info(text: string, span: Span): void;
}

/** Says what there is to say of one metric at one place. */
export function sayOf(listener: Listener, metric: string, span: Span): Say {
  return {
    trouble: (what) => listener.warn(TEXTS[what](metric), span),
    reconciled: (operation) => listener.info(boundsReconciled(operation), span),
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
  return totalOf(window, say)?.histogram;
}

/** The mean of a window, in the same way. */
export function averageOfHistograms(window: HistogramWindow, say: Say): Histogram | undefined {
  return totalOf(window, say)?.dividedBy(window.to - window.from);
}

function totalOf(window: HistogramWindow, say: Say): HistogramTotal | undefined {
  const [first, ...rest] = inWindow(window);
  if (first === undefined) return undefined;
  const total = new HistogramTotal(first);
  const hints = new ResetHints();
  hints.see(first);
  for (const histogram of rest) {
    hints.see(histogram);
    const addition = total.add(histogram);
    if (addition === 'bounds reconciled') say.reconciled('aggregation');
    if (addition !== 'incompatible') continue;
    say.trouble('mixed buckets');
    return undefined;
  }
  if (hints.contradict) say.trouble('reset collision');
  return total;
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
  let difference = ignoresFirst ? last : told(subtractHistograms(last, first), 'subtraction', say);
  for (const [at, histogram] of rest.entries()) {
    const before = rest[at - 1] ?? first;
    const lost = counter && (at > 0 || zeroBefore) && isReset(before, histogram);
    if (lost) difference = difference && told(addHistograms(difference, before), 'addition', say);
  }
  return difference && asGrowth(difference);
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
    counter && isReset(before, last) ? last : told(subtractHistograms(last, before), 'subtraction', say);
  return difference && asGrowth(difference);
}

/** Growth is no counter, whatever it was made of. */
function asGrowth(difference: Histogram): Histogram {
  return compactHistogram({ ...difference, counterResetHint: 'gauge' });
}

function sayKind(histograms: readonly Histogram[], counter: boolean, say: Say): void {
  const gauges = histograms.filter(({ counterResetHint }) => counterResetHint === 'gauge');
  if (counter && gauges.length > 0) say.trouble('not a counter');
  const ends = [histograms[0], histograms.at(-1)];
  if (!counter && ends.some((each) => each?.counterResetHint !== 'gauge')) say.trouble('not a gauge');
}

/** What two histograms came to, having said what has to be said of it. */
function told(sum: HistogramSum | null, operation: HistogramOperation, say: Say): Histogram | undefined {
  if (sum === null) {
    say.trouble('mixed buckets');
    return undefined;
  }
  if (sum.boundsReconciled) say.reconciled(operation);
  return sum.histogram;
}

function inWindow({ histograms, from, to }: HistogramWindow): Histogram[] {
  return histograms.slice(from, to).filter((histogram) => histogram !== undefined);
}
