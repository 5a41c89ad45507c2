import { addHistograms, CUSTOM_BUCKETS_SCHEMA, type Histogram, scaleHistogram } from '@vigie/series';

/**
 * Whether a counter of native histograms began anew between two samples: as the later one says, or because
 * something has become less or is told apart more finely than before.
 * Source: Prometheus' native histogram specification.
 */
export function isReset(before: Histogram, after: Histogram): boolean {
  if (after.counterResetHint === 'reset') return true;
  if (after.counterResetHint === 'not_reset') return false;
  if ((after.counterResetHint === 'gauge') !== (before.counterResetHint === 'gauge')) return true;
  if (after.count < before.count) return true;
  const custom = after.schema === CUSTOM_BUCKETS_SCHEMA;
  if (custom !== (before.schema === CUSTOM_BUCKETS_SCHEMA)) return true;
  if (after.schema > before.schema || after.zeroThreshold < before.zeroThreshold) return true;
  const growth = addHistograms(after, scaleHistogram(before, -1))?.histogram;
  return (
    growth === undefined ||
    growth.zeroCount < 0 ||
    growth.positiveBuckets.some((count) => count < 0) ||
    growth.negativeBuckets.some((count) => count < 0)
  );
}
