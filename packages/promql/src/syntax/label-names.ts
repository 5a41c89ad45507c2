import { decodeString } from './decode-string.ts';
import { quote } from './quote.ts';
import type { TokenStream } from './token-stream.ts';
import { isWord } from './tokens.ts';

const CONTEXT = 'grouping opts';

/** Reads a list of label names in parentheses: any words, quoted names, a comma behind the last. */
export function readLabelNames(tokens: TokenStream): string[] {
  tokens.expect('(', CONTEXT, '"("');
  const names: string[] = [];
  while (tokens.takeIf(')') === undefined) {
    names.push(readLabelName(tokens));
    if (tokens.peek().word !== ')') tokens.expect(',', CONTEXT, '"," or ")"');
  }
  return names;
}

function readLabelName(tokens: TokenStream): string {
  const token = tokens.peek();
  if (token.kind !== 'string') {
    return isWord(token) ? tokens.take().text : tokens.unexpected(CONTEXT, 'label');
  }
  const name = decodeString(tokens.take().text);
  if (name === '' || !name.isWellFormed()) {
    tokens.refuse(`invalid label name for grouping: ${quote(name)}`, token);
  }
  return name;
}
