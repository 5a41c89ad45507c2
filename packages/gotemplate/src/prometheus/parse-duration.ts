import { quote } from '../format/quote.ts';
import { CallError } from '../template-error.ts';

/** Units in milliseconds, the longest first: each may come once, in this order. */
const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['y', 31_536_000_000n],
  ['w', 604_800_000n],
  ['d', 86_400_000n],
  ['h', 3_600_000n],
  ['m', 60_000n],
  ['s', 1000n],
  ['ms', 1n],
]);
/** The longest that Go's durations hold. */
const LARGEST = 2n ** 63n / 1_000_000n;

/**
 * The seconds of a duration as Prometheus writes them, such as `1h30m`; a minus may stand before it.
 * @throws {CallError} when it is none, or longer than 292 years.
 */
export function parseDuration(text: string): number {
  const bare = text.replace(/^-/u, '');
  if (bare === '0') return 0;
  if (bare === '') throw new CallError('empty duration string');
  const parts = [...bare.matchAll(/(\d+)(\D*)/gu)];
  if (!/^\d/u.test(bare)) throw invalid(bare);
  let sum = 0n;
  let before: bigint | undefined;
  for (const [, count = '', name = ''] of parts) {
    const unit = UNITS.get(name);
    if (name === '' || (unit !== undefined && before !== undefined && unit >= before)) throw invalid(bare);
    if (unit === undefined) throw new CallError(`unknown unit ${quote(name)} in duration ${quote(bare)}`);
    sum += unit * BigInt(count.slice(0, LONGEST_COUNT));
    before = unit;
  }
  if (sum > LARGEST) throw new CallError('duration out of range');
  return (Number(sum) / 1000) * (text.startsWith('-') ? -1 : 1);
}

/** More digits are out of range whatever they are. */
const LONGEST_COUNT = 30;

function invalid(text: string): CallError {
  return new CallError(`not a valid duration string: ${quote(text)}`);
}
