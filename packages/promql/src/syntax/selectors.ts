import { type Matcher, type MatchOperator, METRIC_NAME, matcher } from '@vigie/series';
import type { Span, VectorSelector } from './ast.ts';
import { decodeString } from './decode-string.ts';
import { quote } from './quote.ts';
import type { TokenStream } from './token-stream.ts';
import type { Token } from './tokens.ts';

const CONTEXT = 'label matching';

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
  const { start } = tokens.take();
  const matchers: Matcher[] = [];
  const quoted: string[] = [];
  while (tokens.takeIf('}') === undefined) {
    if (tokens.peek().kind === 'string' && isNameAlone(tokens.peekBehind())) {
      const name = readMetricName(tokens);
      quoted.push(name);
      matchers.push(matcher(METRIC_NAME, '=', name));
    } else {
      matchers.push(readMatcher(tokens));
    }
    if (tokens.peek().word !== '}') tokens.expect(',', CONTEXT, '"," or "}"');
  }
  requireOneName(tokens, matchers, quoted, { start, end: tokens.lastEnd });
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

/** A name that stands alone in quotes is the metric's: then nothing else may say what it is. */
function requireOneName(
  tokens: TokenStream,
  matchers: readonly Matcher[],
  [quoted]: readonly string[],
  span: Span,
): void {
  if (quoted === undefined) return;
  const names = matchers.filter(({ name }) => name === METRIC_NAME);
  if (names.length === 1) return;
  const other = names.find(({ value }) => value !== quoted)?.value ?? quoted;
  tokens.refuse(`metric name must not be set twice: ${quote(quoted)} or ${quote(other)}`, span);
}

function readMatcher(tokens: TokenStream): Matcher {
  const label = tokens.peek();
  if (label.kind !== 'identifier' && label.kind !== 'string') {
    tokens.unexpected(CONTEXT, 'identifier or "}"');
  }
  tokens.take();
  const name = label.kind === 'string' ? decodeString(label.text) : label.text;
  const operator = readOperator(tokens);
  if (tokens.peek().kind !== 'string') tokens.unexpected(CONTEXT, 'string');
  const value = tokens.take();
  const { start } = label;
  try {
    return matcher(name, operator, decodeString(value.text));
  } catch (error) {
    return tokens.refuse(error instanceof Error ? error.message : String(error), { start, end: value.end });
  }
}

function readOperator(tokens: TokenStream): MatchOperator {
  const { word } = tokens.peek();
  if (word !== '=' && word !== '!=' && word !== '=~' && word !== '!~') {
    return tokens.unexpected(CONTEXT, 'label matching operator');
  }
  tokens.take();
  return word;
}
