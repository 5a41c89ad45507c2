import { type Cells, hasFallen } from './cells.ts';
import { CUSTOM_BUCKETS_SCHEMA, type Histogram } from './histogram.ts';
import { alike, partsOf, sameBounds, withSchema, withZeroThreshold } from './parts.ts';

/** Whether two histograms say the same, however their buckets are written. NaN sums count as the same. */
export function equalHistograms(a: Histogram, b: Histogram): boolean {
  if (
    a.schema !== b.schema ||
    a.zeroThreshold !== b.zeroThreshold ||
    !Object.is(a.count, b.count) ||
    !Object.is(a.sum, b.sum) ||
    !Object.is(a.zeroCount, b.zeroCount) ||
    !sameBounds(a, b)
  )
    return false;
  const left = partsOf(a);
  const right = partsOf(b);
  return sameCells(left.positive, right.positive) && sameCells(left.negative, right.negative);
}

function sameCells(a: Cells, b: Cells): boolean {
  return !(hasFallen(a, b) || hasFallen(b, a));
}

/**
 * Whether a counter of native histograms began anew between two samples: as the later one says, or because
 * something has become less or is told apart more finely than before. The sum of observations says nothing.
 * Source: Prometheus' native histogram specification.
 */
export function isReset(before: Histogram, after: Histogram): boolean {
  if (after.counterResetHint === 'reset') return true;
  if (after.counterResetHint === 'not_reset') return false;
  if ((after.counterResetHint === 'gauge') !== (before.counterResetHint === 'gauge')) return true;
  if (after.count < before.count) return true;
  const custom = after.schema === CUSTOM_BUCKETS_SCHEMA;
  if (custom !== (before.schema === CUSTOM_BUCKETS_SCHEMA)) return true;
  if (custom) {
    const [now, then] = alike(partsOf(after), partsOf(before));
    return hasFallen(now.positive, then.positive);
  }
  return after.schema > before.schema || after.zeroThreshold < before.zeroThreshold || lost(before, after);
}

/** Whether a bucket has become less, of the earlier histogram in the later one's coarser buckets. */
function lost(before: Histogram, after: Histogram): boolean {
  const widened = withZeroThreshold(partsOf(before), after.zeroThreshold);
  if (widened.zeroThreshold !== after.zeroThreshold || after.zeroCount < widened.zeroCount) return true;
  const then = withSchema(widened, after.schema);
  const now = partsOf(after);
  return hasFallen(now.positive, then.positive) || hasFallen(now.negative, then.negative);
}
