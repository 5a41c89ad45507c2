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
import type { HistogramResets } from './histogram-resets.ts';

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

/** How growth is measured. */
export interface Growing {
  /** Where the counter began anew; null for a gauge, which does not. */
  readonly resets: HistogramResets | null;
  /** The counter was empty within the range, before the first. */
  readonly zeroBefore: boolean;
}

/** What a window's histograms have grown by from the first to the last; a counter's with what was lost at resets. */
export function differenceOfHistograms(
  window: HistogramWindow,
  { resets, zeroBefore }: Growing,
  say: Say,
): Histogram | undefined {
  const { histograms, from, to } = window;
  const first = histograms[from];
  const last = histograms[to - 1];
  if (first === undefined || last === undefined) return undefined;
  sayKind(window, resets !== null, say);
  const ignoresFirst = zeroBefore || resets?.at(from + 1) === true;
  let difference = ignoresFirst ? last : told(subtractHistograms(last, first), 'subtraction', say);
  for (let at = zeroBefore ? from + 1 : from + 2; at < to && resets !== null; at++) {
    const lost = resets.at(at) ? histograms[at - 1] : undefined;
    if (lost !== undefined) difference = difference && told(addHistograms(difference, lost), 'addition', say);
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
  sayKind({ histograms: [before, last], from: 0, to: 2 }, counter, say);
  const difference =
    counter && isReset(before, last) ? last : told(subtractHistograms(last, before), 'subtraction', say);
  return difference && asGrowth(difference);
}

/** Growth is no counter, whatever it was made of. */
function asGrowth(difference: Histogram): Histogram {
  return compactHistogram({ ...difference, counterResetHint: 'gauge' });
}

function sayKind({ histograms, from, to }: HistogramWindow, counter: boolean, say: Say): void {
  const isGauge = (at: number): boolean => histograms[at]?.counterResetHint === 'gauge';
  if (!counter) {
    if (!(isGauge(from) && isGauge(to - 1))) say.trouble('not a gauge');
    return;
  }
  for (let at = from; at < to; at++) {
    if (!isGauge(at)) continue;
    say.trouble('not a counter');
    return;
  }
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
