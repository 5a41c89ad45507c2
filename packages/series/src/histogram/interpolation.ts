import type { Bucket } from './buckets.ts';

/** The part of a bucket's observations that is taken to lie below a value within it. */
export function partBelow({ lower, upper, linear }: Bucket, value: number): number {
  if (linear) return (value - lower) / (upper - lower);
  const [from, to, at] = [lower, upper, value].map((each) => Math.log2(Math.abs(each)));
  return ((at ?? 0) - (from ?? 0)) / ((to ?? 0) - (from ?? 0));
}

/** The value below which a part of a bucket's observations is taken to lie: the reverse of `partBelow`. */
export function valueAt({ lower, upper, linear }: Bucket, part: number): number {
  if (linear) return lower + (upper - lower) * part;
  const from = Math.log2(Math.abs(lower));
  const to = Math.log2(Math.abs(upper));
  return Math.sign(lower) * 2 ** (from + (to - from) * part);
}
