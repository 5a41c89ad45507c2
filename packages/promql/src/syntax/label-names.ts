import { decodeString } from './decode-string.ts';
import { quote } from './quote.ts';
import type { TokenStream } from './token-stream.ts';
import { isLabelName } from './tokens.ts';

const name = 'grouping opts';
const OPENING = { name, expected: '"("' };
const LABEL = { name, expected: 'label' };
const NEXT = { name, expected: '"," or ")"' };

/** Reads a list of label names in parentheses: any words, quoted names, a comma behind the last. */
export function readLabelNames(tokens: TokenStream): string[] {
  tokens.expect('(', OPENING);
  const names: string[] = [];
  while (tokens.takeIf(')') === undefined) {
    names.push(readLabelName(tokens));
    if (tokens.peek().word !== ')') tokens.expect(',', NEXT);
  }
  return names;
}

function readLabelName(tokens: TokenStream): string {
  const token = tokens.peek();
  if (token.kind !== 'string') {
    return isLabelName(token) ? tokens.take().text : tokens.unexpected(LABEL);
  }
  const name = decodeString(tokens.take().text);
  if (name === '' || !name.isWellFormed()) {
    tokens.refuse(`invalid label name for grouping: ${quote(name)}`, token);
  }
  return name;
}
