import { type Matcher, type MatchOperator, METRIC_NAME, matcher } from '@vigie/series';
import type { VectorSelector } from './ast.ts';
import { decodeString } from './decode-string.ts';
import { quote } from './quote.ts';
import type { TokenStream } from './token-stream.ts';
import type { Token } from './tokens.ts';

/** What the library shows before an expression, though nobody wrote it: that a dot matches a line's end. */
const ADDED_FLAG = '`(?s)';

const name = 'label matching';
const LABEL = { name, expected: 'identifier or "}"' };
const OPERATOR = { name, expected: 'label matching operator' };
const STRING = { name, expected: 'string' };
const NEXT = { name, expected: '"," or "}"' };

/** Reads a selector: braces are next, or may follow the name that was taken. */
export function readSelector(tokens: TokenStream, name: Token | undefined): VectorSelector {
  const { start } = name ?? tokens.peek();
  const inside = tokens.peek().word === '{' ? readMatchers(tokens) : [];
  const span = { start, end: tokens.lastEnd };
  const outside = name === undefined ? [] : [matcher(METRIC_NAME, '=', name.text)];
  const matchers = [...inside, ...outside];
  return {
    kind: 'vectorSelector',
    name: name?.text ?? '',
    matchers,
    offset: null,
    at: null,
    edges: null,
    span,
  };
}

function readMatchers(tokens: TokenStream): Matcher[] {
  tokens.take();
  const matchers: Matcher[] = [];
  while (tokens.takeIf('}') === undefined) {
    if (tokens.peek().kind === 'string' && isNameAlone(tokens.peekBehind())) {
      matchers.push(matcher(METRIC_NAME, '=', readMetricName(tokens)));
    } else {
      matchers.push(readMatcher(tokens));
    }
    if (tokens.peek().word !== '}') tokens.expect(',', NEXT);
  }
  return matchers;
}

function isNameAlone({ word }: Token): boolean {
  return word === ',' || word === '}';
}

function readMetricName(tokens: TokenStream): string {
  const token = tokens.take();
  const name = decodeString(token.text);
  if (name === '' || !name.isWellFormed()) tokens.refuse(`invalid metric name ${quote(name)}`, token);
  return name;
}

function readMatcher(tokens: TokenStream): Matcher {
  const label = tokens.peek();
  if (label.kind !== 'identifier' && label.kind !== 'string') {
    tokens.unexpected(LABEL);
  }
  tokens.take();
  const name = label.kind === 'string' ? decodeString(label.text) : label.text;
  const operator = readOperator(tokens);
  if (tokens.peek().kind !== 'string') tokens.unexpected(STRING);
  const value = tokens.take();
  const { start } = label;
  try {
    return matcher(name, operator, decodeString(value.text));
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(ADDED_FLAG, '`') : String(error);
    return tokens.refuse(reason, { start, end: value.end });
  }
}

function readOperator(tokens: TokenStream): MatchOperator {
  const { word } = tokens.peek();
  if (word !== '=' && word !== '!=' && word !== '=~' && word !== '!~') {
    return tokens.unexpected(OPERATOR);
  }
  tokens.take();
  return word;
}
