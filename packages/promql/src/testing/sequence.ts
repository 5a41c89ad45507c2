import type { Histogram } from '@vigie/series';
import { HISTOGRAM_TEXT, type NotedHistogram, readHistogram, stepHistogram } from './histogram-notation.ts';
import { readNumber } from './number-text.ts';

/** One place of a series: nothing, the end of the series, or a sample. */
export type SequenceItem =
  | { readonly kind: 'gap' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'float'; readonly value: number }
  | {
      readonly kind: 'histogram';
      readonly histogram: Histogram;
      /** The text gives a counter reset hint; without that, whoever compares does not look at it. */
      readonly hinted: boolean;
    };

const GAP: SequenceItem = { kind: 'gap' };
const STALE: SequenceItem = { kind: 'stale' };

/** The most items of one series: a slip of the hand in `x10` is not to fill the memory. */
const MOST_ITEMS = 1_000_000;

const FLOAT = String.raw`[+-]?(?:0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[iI][nN][fF]|[nN][aA][nN])`;
const TIMES = String.raw`(?:x(?<times>\d+))?(?=\s|$)`;
const SYMBOL_ITEM = new RegExp(`(?<symbol>_|stale)${TIMES}`, 'y');
const HISTOGRAM_ITEM = new RegExp(
  `(?<base>${HISTOGRAM_TEXT})(?:(?<sign>[+-])(?<step>${HISTOGRAM_TEXT}))?${TIMES}`,
  'y',
);
/** The difference has a sign of its own: `1+2x3`, `1-2x3`, `1+-2x3`. */
const FLOAT_ITEM = new RegExp(`(?<base>${FLOAT})(?:(?<sign>[+-])(?<step>${FLOAT})(?=x))?${TIMES}`, 'y');

/**
 * Reads the values of a series: `1 2+3x2 _ _x3 stale NaN {{schema:0 sum:1}}x2`.
 * @throws {RangeError} saying which item is none.
 */
export function readSequence(text: string): SequenceItem[] {
  const items: SequenceItem[] = [];
  for (let at = skipBlanks(text, 0); at < text.length; ) {
    const read = readItem(text, at);
    if (read === undefined) throw new RangeError(`no value of a series: ${JSON.stringify(text.slice(at))}`);
    if (items.length + read.items.length > MOST_ITEMS) throw new RangeError('too many values in one series');
    items.push(...read.items);
    at = skipBlanks(text, read.end);
  }
  return items;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

interface ReadItem {
  readonly items: readonly SequenceItem[];
  readonly end: number;
}

type Groups = Readonly<Record<string, string | undefined>>;

function readItem(text: string, at: number): ReadItem | undefined {
  return (
    readWith(SYMBOL_ITEM, text, at, symbols) ??
    readWith(HISTOGRAM_ITEM, text, at, histograms) ??
    readWith(FLOAT_ITEM, text, at, floats)
  );
}

function readWith(
  pattern: RegExp,
  text: string,
  at: number,
  make: (groups: Groups) => readonly SequenceItem[],
): ReadItem | undefined {
  pattern.lastIndex = at;
  const groups = pattern.exec(text)?.groups;
  return groups === undefined ? undefined : { items: make(groups), end: pattern.lastIndex };
}

/** `x3` means three more of a value, but three of a gap. */
function repeats({ times }: Groups, least: number): number {
  const count = times === undefined ? 1 : Number(times) + least;
  if (count > MOST_ITEMS) throw new RangeError('too many values in one series');
  return count;
}

function symbols(groups: Groups): readonly SequenceItem[] {
  if (groups['symbol'] === '_') return new Array<SequenceItem>(repeats(groups, 0)).fill(GAP);
  return new Array<SequenceItem>(repeats(groups, 1)).fill(STALE);
}

function floats(groups: Groups): readonly SequenceItem[] {
  const sign = groups['sign'] === '-' ? -1 : 1;
  const step = sign * (readNumber(groups['step'] ?? '0') ?? 0);
  let value = readNumber(groups['base'] ?? '') ?? 0;
  return Array.from({ length: repeats(groups, 1) }, () => {
    const item: SequenceItem = { kind: 'float', value };
    value += groups['step'] === undefined ? 0 : step;
    return item;
  });
}

function histograms(groups: Groups): readonly SequenceItem[] {
  let noted = readHistogram(groups['base'] ?? '');
  const step = groups['step'] === undefined ? undefined : readHistogram(groups['step']);
  const sign = groups['sign'] === '-' ? -1 : 1;
  return Array.from({ length: repeats(groups, 1) }, () => {
    const item = itemOf(noted);
    if (step !== undefined) noted = stepHistogram(noted, step, sign);
    return item;
  });
}

function itemOf({ histogram, hinted }: NotedHistogram): SequenceItem {
  return { kind: 'histogram', histogram, hinted };
}
