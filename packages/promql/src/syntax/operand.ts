import { readAggregation } from './aggregation.ts';
import type { Expression, Parentheses } from './ast.ts';
import { readCall } from './call.ts';
import { isNumber, readNumber, readString } from './literals.ts';
import { readSelector } from './selectors.ts';
import type { Source } from './source.ts';
import { readModifiersOfTime } from './time-modifiers.ts';
import { FUNCTION_WORDS, isMetricName, isWord, type Token } from './tokens.ts';

/** Reads what operators stand between, with all that follows it: ranges, offsets, `@`. */
export function readOperand(source: Source): Expression {
  return readModifiersOfTime(source, readPrimary(source));
}

function readPrimary(source: Source): Expression {
  const { tokens } = source;
  const token = tokens.peek();
  if (isNumber(token)) return readNumber(tokens);
  if (token.kind === 'string') return readString(tokens);
  if (token.word === '(') return readParentheses(source);
  if (token.word === '{') return readSelector(tokens, undefined);
  if (!isWord(token)) return tokens.unexpected();
  const behind = tokens.peekBehind().word;
  if (token.kind === 'aggregation' && ['(', 'by', 'without'].includes(behind)) return readAggregation(source);
  if (behind === '(' && isFunctionName(token)) return readCall(source);
  if (!isMetricName(token)) return tokens.unexpected();
  return readSelector(tokens, tokens.take());
}

function readParentheses(source: Source): Parentheses {
  const { start } = source.tokens.take();
  const expression = source.expression();
  return { kind: 'parentheses', expression, span: { start, end: source.tokens.expect(')').end } };
}

function isFunctionName({ kind, word }: Token): boolean {
  return kind === 'identifier' || FUNCTION_WORDS.has(word);
}
