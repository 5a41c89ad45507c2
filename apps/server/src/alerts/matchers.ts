/** Matchers over labels, as in Alertmanager: a label that is missing is the empty text. */
import { RE2JS } from 're2js';
import { AppError, messageOf } from '../errors.ts';
import type { Labels } from './model.ts';

/** The form of Alertmanager's API. */
export interface Matcher {
  name: string;
  value: string;
  isRegex: boolean;
  isEqual: boolean;
}

export type Test = (labels: Labels) => boolean;

/** Sets of matchers that stay compiled; they are few, and looked at for each alert. */
const KEPT = 500;
const compiled = new Map<string, Test>();

/** The test that a stored list of matchers stands for: all of them must hold. */
export function testOf(stored: string): Test {
  const known = compiled.get(stored);
  if (known !== undefined) return known;
  const tests = (JSON.parse(stored) as Matcher[]).map(matcherTest);
  const test: Test = (labels) => tests.every((one) => one(labels));
  if (compiled.size >= KEPT) compiled.clear();
  compiled.set(stored, test);
  return test;
}

/** One matcher's test. @throws AppError `invalid` when its regular expression is none. */
export function matcherTest({ name, value, isRegex, isEqual }: Matcher): Test {
  if (!isRegex) return (labels) => ((labels[name] ?? '') === value) === isEqual;
  const pattern = compile(value);
  return (labels) => pattern.matcher(labels[name] ?? '').matches() === isEqual;
}

/** RE2: its time is linear in the text, whatever the expression. It must match the whole value. */
function compile(expression: string): RE2JS {
  try {
    return RE2JS.compile(expression);
  } catch (error) {
    throw new AppError('invalid', `not a regular expression (RE2): ${expression}: ${messageOf(error)}`, {
      field: 'matchers',
    });
  }
}

/** As people write it: `severity=~"critical|error"`. */
export function matcherText({ name, value, isRegex, isEqual }: Matcher): string {
  const operator = isRegex ? (isEqual ? '=~' : '!~') : isEqual ? '=' : '!=';
  return `${name}${operator}${JSON.stringify(value)}`;
}
