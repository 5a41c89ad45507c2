import { readDuration } from './duration-text.ts';

const DURATION = String.raw`(?:\d+(?:ms|[ywdhms]))+|\d+(?:\.\d+)?`;
const ITEM = new RegExp(
  String.raw`^(?<base>_|[+-]?(?:${DURATION}))(?:(?<step>[+-](?:${DURATION})))?(?:x(?<times>\d+))?$`,
);

/**
 * Reads the start timestamps of a series' samples: `-1mx5 _ 0s-10sx3`, each from its sample's own time.
 * @returns milliseconds; null where it is unknown.
 * @throws {RangeError} saying which item is none.
 */
export function readStarts(text: string): (number | null)[] {
  const items = text.split(/\s+/).filter((item) => item !== '');
  return items.flatMap(readStart);
}

function readStart(item: string): (number | null)[] {
  const { base, step, times } = ITEM.exec(item)?.groups ?? {};
  if (base === undefined) throw new RangeError(`no start timestamp: ${item}`);
  if (base === '_') return new Array<null>(times === undefined ? 1 : Number(times)).fill(null);
  const first = readDuration(base);
  const change = step === undefined ? 0 : readDuration(step);
  return Array.from({ length: 1 + Number(times ?? 0) }, (_, at) => first + at * change);
}
