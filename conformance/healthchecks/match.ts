import assert from 'node:assert/strict';
import type { Json } from './case.ts';

/** What matchers need to know: the time of the server, epoch ms, and by how much it may be off. */
export interface Now {
  at: number;
  tolerance: number;
}

const SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/;
const MICROSECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/;

/** Strings that stand for a form instead of themselves. */
const FORMS: Record<string, (actual: Json) => boolean> = {
  $any: () => true,
  $uuid: (actual) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(actual)),
  $seconds: (actual) => SECONDS.test(String(actual)),
  $microseconds: (actual) => MICROSECONDS.test(String(actual)),
  $string: (actual) => typeof actual === 'string',
  $integer: (actual) => Number.isInteger(actual),
};

/** Asserts that a JSON value is as expected: equal, or of the form that a matcher describes. */
export function assertMatches(actual: Json | undefined, expected: Json, now: Now, where: string): void {
  if (expected === '$absent') {
    assert.equal(actual, undefined, `${where} must be absent`);
    return;
  }
  assert.ok(actual !== undefined, `${where} is absent`);
  if (typeof expected === 'string' && expected.startsWith('$')) assertForm(actual, expected, now, where);
  else if (Array.isArray(expected)) assertItems(actual, expected, now, where);
  else if (typeof expected === 'object' && expected !== null) assertObject(actual, expected, now, where);
  else
    assert.deepEqual(
      actual,
      expected,
      `${where} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`,
    );
}

function assertItems(actual: Json, expected: Json[], now: Now, where: string): void {
  assert.ok(Array.isArray(actual), `${where} is no array`);
  assert.equal(
    actual.length,
    expected.length,
    `${where} has ${actual.length} items: ${JSON.stringify(actual)}`,
  );
  expected.forEach((item, i) => {
    assertMatches(actual[i], item, now, `${where}.${i}`);
  });
}

function assertObject(actual: Json, expected: { [key: string]: Json }, now: Now, where: string): void {
  assert.ok(typeof actual === 'object' && actual !== null && !Array.isArray(actual), `${where} is no object`);
  assert.deepEqual(Object.keys(actual).sort(), Object.keys(expected).sort(), `the keys of ${where}`);
  assertHas(actual, expected, now, where);
}

/** Asserts that the object has these keys with these values, whatever else it has. */
export function assertHas(
  actual: { [key: string]: Json },
  expected: { [key: string]: Json },
  now: Now,
  where: string,
): void {
  for (const [key, item] of Object.entries(expected))
    assertMatches(actual[key], item, now, `${where}.${key}`);
}

function assertForm(actual: Json, expected: string, now: Now, where: string): void {
  const said = `${where} is ${JSON.stringify(actual)}, which is no ${expected}`;
  const form = FORMS[expected];
  const [name, argument = ''] = split(expected);
  if (form !== undefined) assert.ok(form(actual), said);
  else if (name === '$re') assert.match(String(actual), new RegExp(argument), said);
  else if (name === '$in') assertInstant(actual, Number(argument), now, said);
  else assert.fail(`there is no matcher ${expected}`);
}

function split(expected: string): [string, string] {
  const colon = expected.indexOf(':');
  return [expected.slice(0, colon), expected.slice(colon + 1)];
}

/** `$in:60`: the instant in 60 seconds, rounded down to whole seconds. */
function assertInstant(actual: Json, seconds: number, now: Now, said: string): void {
  const wanted = Math.floor((now.at + seconds * 1000) / 1000) * 1000;
  const iso = new Date(wanted).toISOString();
  assert.ok(Math.abs(Date.parse(String(actual)) - wanted) <= now.tolerance, `${said} (${iso})`);
}
