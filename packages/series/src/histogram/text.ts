import { floatText, shortText } from '../float-text.ts';
import { type Bucket, bucketsOf } from './buckets.ts';
import type { Histogram } from './histogram.ts';

/** A histogram in one line: `{count:20, sum:10, [-2,-1):2, [-0.001,0.001]:2, (0.5,1]:1}`, empty buckets left out. */
export function histogramText(histogram: Histogram): string {
  const texts = [`count:${shortText(histogram.count)}`, `sum:${shortText(histogram.sum)}`];
  for (const { lower, upper, count, lowerInclusive, upperInclusive } of filledBuckets(histogram)) {
    const opening = lowerInclusive ? '[' : '(';
    const closing = upperInclusive ? ']' : ')';
    texts.push(`${opening}${shortText(lower)},${shortText(upper)}${closing}:${shortText(count)}`);
  }
  return `{${texts.join(', ')}}`;
}

/** How an answer says which of a bucket's bounds belong to it. Source: Prometheus' documentation of its HTTP API. */
const BOUNDARY_RULES = { 'open left': 0, 'open right': 1, open: 2, closed: 3 } as const;

/** A bucket of an answer: the rule of its bounds, the bounds and the count. */
export type BucketRow = readonly [rule: number, lower: string, upper: string, count: string];

/** The buckets that are not empty, from the lowest on, as the HTTP API shows them. */
export function bucketRows(histogram: Histogram): BucketRow[] {
  return filledBuckets(histogram).map((bucket) => [
    BOUNDARY_RULES[ruleOf(bucket)],
    floatText(bucket.lower),
    floatText(bucket.upper),
    floatText(bucket.count),
  ]);
}

function ruleOf({ lowerInclusive, upperInclusive }: Bucket): keyof typeof BOUNDARY_RULES {
  if (lowerInclusive) return upperInclusive ? 'closed' : 'open right';
  return upperInclusive ? 'open left' : 'open';
}

function filledBuckets(histogram: Histogram): Bucket[] {
  return bucketsOf(histogram).filter(({ count }) => count !== 0);
}
