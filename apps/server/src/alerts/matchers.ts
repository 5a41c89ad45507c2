/** Matchers over labels, as in Alertmanager: a label that is missing is the empty text. */
import type { RE2JS } from 're2js';
import { AppError, messageOf } from '../errors.ts';
import { compileRe2 } from '../re2.ts';
import type { Labels } from './model.ts';
import { Steps } from './steps.ts';

/** The form of Alertmanager's API. */
export interface Matcher {
  name: string;
  value: string;
  isRegex: boolean;
  isEqual: boolean;
}

/** `steps`: what it may cost, together with other tests; a stock of its own unless given. */
export type Test = (labels: Labels, steps?: Steps) => boolean;

/** Where lists of matchers come from, unless told otherwise. */
const FIELD = 'matchers';

/** Sets of matchers that stay compiled: more than one project may have, as they are looked at for each alert. */
const KEPT = 2_000;
const compiled = new Map<string, Test>();

/** The test that a stored list of matchers stands for: all of them must hold. */
export function testOf(stored: string): Test {
  const known = compiled.get(stored);
  if (known !== undefined) return known;
  const test = testOfMatchers(JSON.parse(stored) as Matcher[]);
  if (compiled.size >= KEPT) compiled.clear();
  compiled.set(stored, test);
  return test;
}

/**
 * The test that all of these must hold; those that cost nothing come first. An expression for which too few steps are
 * left is not tried: the list matches nothing then, so that a message rather goes out than that everything waits.
 * @throws AppError `invalid` when a regular expression is none.
 */
export function testOfMatchers(matchers: readonly Matcher[]): Test {
  const trials = matchers.map((matcher) => trialOf(matcher)).sort((one, other) => one.size - other.size);
  return (labels, steps = Steps.forAlert()) =>
    trials.every(({ name, size, test }) => {
      const value = labelValue(labels, name);
      return steps.take(size * value.length) && test(value);
    });
}

/** One matcher's test. @throws AppError `invalid` when its regular expression is none. */
export function matcherTest(matcher: Matcher): Test {
  const { name, test } = trialOf(matcher);
  return (labels) => test(labelValue(labels, name));
}

interface Trial {
  name: string;
  /** Instructions that each character costs at most. */
  size: number;
  test(value: string): boolean;
}

function trialOf({ name, value: wanted, isRegex, isEqual }: Matcher, field = FIELD): Trial {
  if (!isRegex) return { name, size: 0, test: (value) => (value === wanted) === isEqual };
  const pattern = compile(wanted, field);
  const test = (value: string): boolean => pattern.matcher(value).matches() === isEqual;
  return { name, size: pattern.programSize(), test };
}

/** Only what is a label: every object has a `constructor` too. */
function labelValue(labels: Labels, name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? '') : '';
}

/**
 * Instructions of all the expressions of a list, and of all the silences of a project: what one look at an alert costs
 * at most, for each character of its labels. While labels have 50 characters or fewer no expression goes untried.
 */
export const MOST_INSTRUCTIONS = 5_000;

/**
 * Makes sure that a list of matchers may hold something back.
 * @throws AppError `invalid` when an expression is none or all of them cost too much, and when the list matches
 * alerts that have none of its labels.
 */
export function requireMatchers(matchers: readonly Matcher[]): void {
  requireBounded(matchers);
  // As in Alertmanager, one that is negated is enough.
  if (matchers.every((matcher) => matcher.isEqual && matcherTest(matcher)({}))) {
    throw refused('must hold one that does not match an empty label');
  }
}

/** `field`: where they were given. @throws AppError `invalid` when an expression is none, or all of them cost too much. */
export function requireBounded(matchers: readonly Matcher[], field = FIELD): void {
  if (instructionsOf(matchers, field) > MOST_INSTRUCTIONS) {
    throw refused('holds regular expressions that are too large', field);
  }
}

/** Instructions of the expressions of a list. @throws AppError `invalid` when one is none. */
export function instructionsOf(matchers: readonly Matcher[], field = FIELD): number {
  return matchers.reduce((sum, matcher) => sum + (matcher.isRegex ? trialOf(matcher, field).size : 0), 0);
}

function refused(message: string, field = FIELD): AppError {
  return new AppError('invalid', `${field} ${message}`, { field });
}

/** RE2: its time is linear in the text, whatever the expression. It must match the whole value. */
function compile(expression: string, field: string): RE2JS {
  try {
    return compileRe2(expression);
  } catch (error) {
    throw refused(`holds no regular expression (RE2): ${cut(expression)}: ${cut(messageOf(error))}`, field);
  }
}

/** Characters of an expression that its refusal repeats. */
const SHOWN = 100;

function cut(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}...`;
}

/** As people write it: `severity=~"critical|error"`. */
export function matcherText({ name, value, isRegex, isEqual }: Matcher): string {
  const operator = isRegex ? (isEqual ? '=~' : '!~') : isEqual ? '=' : '!=';
  return `${name}${operator}${JSON.stringify(value)}`;
}
