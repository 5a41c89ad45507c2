import {
  addHistograms,
  COUNTER_RESET_HINTS,
  type CounterResetHint,
  type Histogram,
  type Span,
  scaleHistogram,
} from '@vigie/series';
import { readNumber } from './number-text.ts';

/** What a histogram looks like among the values of a series. */
export const HISTOGRAM_TEXT = String.raw`\{\{[^{}]*\}\}`;

export interface NotedHistogram {
  readonly histogram: Histogram;
  /** The notation gives a counter reset hint. */
  readonly hinted: boolean;
}

const ENTRY = /\s*([a-z_]+):(\[[^\]]*\]|[^\s\]]+)\s*/y;

const KEYS: ReadonlySet<string> = new Set([
  'schema',
  'sum',
  'count',
  'z_bucket',
  'z_bucket_w',
  'buckets',
  'offset',
  'n_buckets',
  'n_offset',
  'custom_values',
  'counter_reset_hint',
]);

/**
 * Reads `{{schema:0 sum:1 count:2 buckets:[1 1]}}`; what is not given is zero or empty.
 * @throws {RangeError} naming the key that is unknown, comes twice or has no such value.
 */
export function readHistogram(text: string): NotedHistogram {
  const entries = readEntries(text.slice(2, -2));
  const number = (key: string): number => one(key, entries.get(key) ?? '0');
  const list = (key: string): number[] => many(key, entries.get(key) ?? '[]');
  const hint = entries.get('counter_reset_hint');
  const positiveBuckets = list('buckets');
  const negativeBuckets = list('n_buckets');
  const histogram: Histogram = {
    schema: number('schema'),
    count: number('count'),
    sum: number('sum'),
    zeroThreshold: number('z_bucket_w'),
    zeroCount: number('z_bucket'),
    positiveSpans: oneSpan(number('offset'), positiveBuckets),
    positiveBuckets,
    negativeSpans: oneSpan(number('n_offset'), negativeBuckets),
    negativeBuckets,
    customValues: list('custom_values'),
    counterResetHint: hint === undefined ? 'unknown' : hintOf(hint),
  };
  return { histogram, hinted: hint !== undefined };
}

/**
 * The next histogram of a run (`{{..}}+{{..}}x3`): the one before with the step added, or taken away.
 * @throws {RangeError} when the step has coarser buckets, or only one of the two has custom ones.
 */
export function stepHistogram(before: NotedHistogram, step: NotedHistogram, sign: 1 | -1): NotedHistogram {
  const { counterResetHint, schema } = step.histogram;
  const sum = addHistograms(before.histogram, {
    ...scaleHistogram(step.histogram, sign),
    counterResetHint,
  });
  if (sum === null || before.histogram.schema > schema)
    throw new RangeError(
      `a histogram of schema ${before.histogram.schema} cannot go on in steps of schema ${schema}`,
    );
  return { histogram: sum.histogram, hinted: before.hinted };
}

/** The counts of a side of a histogram by the absolute index of their bucket. */
export function bucketsByIndex(spans: readonly Span[], buckets: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  let index = 0;
  let at = 0;
  for (const { offset, length } of spans) {
    index += offset;
    for (let place = 0; place < length; place++) counts.set(index++, buckets[at++] ?? 0);
  }
  return counts;
}

function readEntries(text: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  ENTRY.lastIndex = 0;
  for (let at = 0; text.slice(at).trim() !== ''; at = ENTRY.lastIndex) {
    ENTRY.lastIndex = at;
    const [, key = '', value = ''] = ENTRY.exec(text) ?? [];
    if (!KEYS.has(key)) throw new RangeError(`no entry of a histogram: ${JSON.stringify(text.slice(at))}`);
    if (entries.has(key)) throw new RangeError(`${key} comes twice in a histogram`);
    entries.set(key, value);
  }
  return entries;
}

function one(key: string, text: string): number {
  const value = readNumber(text);
  if (value === undefined) throw new RangeError(`${key} of a histogram is no number: ${text}`);
  return value;
}

function many(key: string, text: string): number[] {
  if (!text.startsWith('[')) throw new RangeError(`${key} of a histogram is no list: ${text}`);
  return text
    .slice(1, -1)
    .split(/\s+/)
    .filter((part) => part !== '')
    .map((part) => one(key, part));
}

function oneSpan(offset: number, buckets: readonly number[]): Span[] {
  return buckets.length === 0 ? [] : [{ offset, length: buckets.length }];
}

function hintOf(text: string): CounterResetHint {
  const hint = COUNTER_RESET_HINTS.find((each) => each === text);
  if (hint === undefined) throw new RangeError(`no counter reset hint: ${text}`);
  return hint;
}
