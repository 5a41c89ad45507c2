import { AGGREGATIONS, type Span } from './ast.ts';
import { quote } from './quote.ts';

export type TokenKind =
  | 'end'
  | 'identifier'
  | 'metric'
  | 'string'
  | 'number'
  | 'duration'
  | 'keyword'
  | 'aggregation'
  | 'operator'
  | 'mark';

/** A word or sign of a text. */
export interface Token extends Span {
  readonly kind: TokenKind;
  /** As it is written. */
  readonly text: string;
  /** What tells keywords, aggregations, operators and marks: in lower case; empty for all others. */
  readonly word: string;
}

/** Words that operators are written as. */
const OPERATOR_WORDS = ['and', 'or', 'unless', 'atan2'];

const KEYWORDS = [
  'offset',
  'smoothed',
  'anchored',
  'by',
  'without',
  'on',
  'ignoring',
  'group_left',
  'group_right',
  'bool',
  'fill',
  'fill_left',
  'fill_right',
  'start',
  'end',
  'step',
  'range',
  'min_of',
  'max_of',
];

/** Every word with a meaning of its own, in lower case. */
const WORDS: ReadonlyMap<string, TokenKind> = new Map<string, TokenKind>([
  ...OPERATOR_WORDS.map((word) => [word, 'operator'] as const),
  ...KEYWORDS.map((word) => [word, 'keyword'] as const),
  ...AGGREGATIONS.map((word) => [word, 'aggregation'] as const),
  ['inf', 'number'],
  ['nan', 'number'],
]);

/** Keywords that are functions as well, where a parenthesis follows. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set([
  'start',
  'end',
  'step',
  'range',
  'min_of',
  'max_of',
]);

/** Words that name no metric when they stand alone. */
const NO_METRIC = new Set(['on', 'ignoring', 'group_left', 'group_right', 'bool', 'atan2']);

/** The token of a word outside of braces: words are told apart whatever their case. */
export function wordToken(text: string, start: number): Token {
  const lower = text.toLowerCase();
  const kind = WORDS.get(lower) ?? (text.includes(':') ? 'metric' : 'identifier');
  const plain = kind === 'identifier' || kind === 'metric' || kind === 'number';
  return { kind, text, word: plain ? '' : lower, start, end: start + text.length };
}

/** Whether a token may be a label's name in a list. */
export function isLabelName(token: Token): boolean {
  return isWord(token) && token.kind !== 'metric' && token.word !== 'without';
}

/** Whether a token is a word of any kind, other than a number's. */
export function isWord({ kind, word }: Token): boolean {
  return kind === 'identifier' || kind === 'metric' || /^[a-z]/u.test(word);
}

/** Whether a token may be a metric's name. */
export function isMetricName(token: Token): boolean {
  return isWord(token) && !NO_METRIC.has(token.word);
}

/** What messages call a token. */
export function describe({ kind, text }: Token): string {
  switch (kind) {
    case 'end':
      return 'end of input';
    case 'keyword':
      return `<${text}>`;
    case 'operator':
      return `<op:${text}>`;
    case 'aggregation':
      return `<aggr:${text}>`;
    case 'mark':
      return quote(text);
    case 'metric':
      return `metric identifier ${quote(text)}`;
    case 'identifier':
      return `identifier ${quote(text)}`;
    default:
      return `${kind} ${shortened(text)}`;
  }
}

/** How much of a literal a message shows. */
const SHOWN = 10;

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length > SHOWN ? `${quote(characters.slice(0, SHOWN).join(''))}...` : quote(text);
}
