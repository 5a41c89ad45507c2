import type { Labels } from './labels.ts';
import { fullMatch } from './regex.ts';

export const MATCH_OPERATORS = ['=', '!=', '=~', '!~'] as const;
export type MatchOperator = (typeof MATCH_OPERATORS)[number];

/** Tells by one label's value which series are meant; a label that is not there has the empty value. */
export interface Matcher {
  readonly name: string;
  readonly operator: MatchOperator;
  readonly value: string;
  /** Whether a label value fits. */
  matches(value: string): boolean;
}

/**
 * Makes a matcher. Expressions are RE2, match the whole value, and their dot matches a line's end.
 * @throws {Error} the reason when the expression is none of RE2's.
 */
export function matcher(name: string, operator: MatchOperator, value: string): Matcher {
  return { name, operator, value, matches: test(operator, value) };
}

function test(operator: MatchOperator, expected: string): (value: string) => boolean {
  if (operator === '=') return (value) => value === expected;
  if (operator === '!=') return (value) => value !== expected;
  const matches = fullMatch(expected);
  return operator === '=~' ? matches : (value) => !matches(value);
}

/** Whether a label set fits every matcher. */
export function matchesAll(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.every(({ name, matches }) => matches(labels.get(name)));
}
