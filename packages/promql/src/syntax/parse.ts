import type { Binary, Expression, VectorMatching } from './ast.ts';
import { readExpression } from './binary.ts';
import { check } from './check.ts';
import { LONGEST_TEXT } from './limits.ts';
import { ParseError } from './parse-error.ts';
import type { ParseOptions } from './parse-options.ts';
import type { Source } from './source.ts';
import { TokenStream } from './token-stream.ts';

/**
 * Reads a PromQL expression and checks the types of all its parts.
 * @throws {ParseError} with the reason and the place of the first fault; the reasons are Prometheus' own.
 */
export function parse(text: string, options: ParseOptions): Expression {
  if (text.length > LONGEST_TEXT) {
    const reason = `expression is longer than ${LONGEST_TEXT} characters`;
    throw new ParseError(reason, { start: 0, end: text.length }, text);
  }
  const tokens = new TokenStream(text);
  const matchings = new Map<Binary, VectorMatching>();
  const source: Source = { tokens, options, matchings, expression: () => readExpression(source) };
  if (tokens.peek().kind === 'end') tokens.refuse('no expression found in input', { start: 0, end: 0 });
  const expression = source.expression();
  if (tokens.peek().kind !== 'end') tokens.unexpected();
  check(expression, { text, functions: options.functions, matchings });
  return expression;
}
