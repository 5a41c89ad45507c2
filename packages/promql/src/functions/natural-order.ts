import { compareUtf8 } from '@vigie/series';

const CHUNKS = /[0-9]+|[^0-9]+/g;
const DIGITS = /^[0-9]/;

/**
 * Orders texts as people do: runs of digits by their number, everything else by its bytes.
 * @returns below, at or above zero; zero for equal texts alone.
 */
export function compareNaturally(a: string, b: string): number {
  const left = a.match(CHUNKS) ?? [];
  const right = b.match(CHUNKS) ?? [];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = compareChunks(left[at] ?? '', right[at] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length || compareUtf8(a, b);
}

function compareChunks(a: string, b: string): number {
  if (!DIGITS.test(a) || !DIGITS.test(b)) return compareUtf8(a, b);
  const left = a.replace(/^0+/, '');
  const right = b.replace(/^0+/, '');
  return left.length - right.length || compareUtf8(left, right);
}
