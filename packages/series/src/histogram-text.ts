import { shortText } from './float-text.ts';
import { CUSTOM_BUCKETS_SCHEMA, type Histogram, type Span } from './histogram.ts';

/** A histogram in one line: `{count:20, sum:10, [-2,-1):2, [-0.001,0.001]:2, (0.5,1]:1}`, empty buckets left out. */
export function histogramText(histogram: Histogram): string {
  const { count, sum, zeroThreshold, zeroCount } = histogram;
  const texts = [`count:${shortText(count)}`, `sum:${shortText(sum)}`];
  const negative = filled(histogram.negativeSpans, histogram.negativeBuckets).reverse();
  for (const [index, inBucket] of negative) {
    const [lower, upper] = bounds(histogram, index);
    texts.push(`[${shortText(-upper)},${shortText(-lower)}):${shortText(inBucket)}`);
  }
  if (zeroCount !== 0) {
    const edge = shortText(zeroThreshold);
    texts.push(`[${shortText(-zeroThreshold)},${edge}]:${shortText(zeroCount)}`);
  }
  for (const [index, inBucket] of filled(histogram.positiveSpans, histogram.positiveBuckets)) {
    const [lower, upper] = bounds(histogram, index);
    // The first bucket of custom ones has no bound below it that could be left out.
    const opening = lower === -Infinity ? '[' : '(';
    texts.push(`${opening}${shortText(lower)},${shortText(upper)}]:${shortText(inBucket)}`);
  }
  return `{${texts.join(', ')}}`;
}

/** Buckets that are not empty, by their index. */
function filled(spans: readonly Span[], buckets: readonly number[]): [index: number, count: number][] {
  const found: [number, number][] = [];
  let index = 0;
  let at = 0;
  for (const { offset, length } of spans) {
    index += offset;
    for (let place = 0; place < length; place++, index++, at++) {
      const count = buckets[at] ?? 0;
      if (count !== 0) found.push([index, count]);
    }
  }
  return found;
}

/** A bucket's lower and upper bound. */
function bounds({ schema, customValues }: Histogram, index: number): [lower: number, upper: number] {
  if (schema === CUSTOM_BUCKETS_SCHEMA)
    return [index === 0 ? -Infinity : (customValues[index - 1] ?? Infinity), customValues[index] ?? Infinity];
  return [2 ** ((index - 1) * 2 ** -schema), 2 ** (index * 2 ** -schema)];
}
