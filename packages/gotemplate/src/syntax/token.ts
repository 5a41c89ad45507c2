import { quote } from '../format/quote.ts';
export const KEYWORDS = [
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'nil',
  'range',
  'template',
  'with',
] as const;
export type Keyword = (typeof KEYWORDS)[number];

export type TokenKind =
  | Keyword
  | 'text'
  | 'left'
  | 'right'
  | 'space'
  | 'assign'
  | 'declare'
  | 'pipe'
  | 'char'
  | 'string'
  | 'raw'
  | 'character'
  | 'number'
  | 'bool'
  | 'identifier'
  | 'field'
  | 'variable'
  | 'dot'
  | 'open'
  | 'close'
  | 'eof'
  | 'error';

export interface Token {
  readonly kind: TokenKind;
  /** As written; of an error its message. */
  readonly text: string;
  /** Code units from the start of the template. */
  readonly at: number;
}

const SHOWN = 10;

/** A token as messages show it. */
export function describe({ kind, text }: Token): string {
  if (kind === 'eof') return 'EOF';
  if (kind === 'error') return text;
  if (kind === 'dot' || KEYWORDS.some((keyword) => keyword === kind)) return `<${text}>`;
  return [...text].length > SHOWN ? `${quote([...text].slice(0, SHOWN).join(''))}...` : quote(text);
}
