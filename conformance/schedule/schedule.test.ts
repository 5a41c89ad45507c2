import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { isValidExpression, next, parseSchedule, previous, type Schedule } from '@vigie/schedule';

/** Expression, time zone, base in UTC, seconds between the base and each occurrence. */
type Case = readonly [string, string, string, readonly (number | null)[]];

interface Observed {
  readonly valid: readonly string[];
  readonly invalid: readonly string[];
  readonly next: readonly Case[];
  readonly previous: readonly Case[];
}

const cron = observed('cron.json');
const oncalendar = observed('oncalendar.json');

function observed(file: string): Observed {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}

for (const [name, data] of Object.entries({ cron, oncalendar })) {
  test(`${name}: valid expressions are taken, invalid ones refused`, () => {
    for (const expression of data.valid) assert.ok(isValidExpression(expression), JSON.stringify(expression));
    for (const expression of data.invalid)
      assert.ok(!isValidExpression(expression), JSON.stringify(expression));
  });
}

test('cron: next occurrences', () => assertCases(cron.next, next, 1));
test('cron: previous occurrences', () => assertCases(cron.previous, previous, -1));
test('OnCalendar: next occurrences', () => assertCases(oncalendar.next, next, 1));

function assertCases(cases: readonly Case[], step: typeof next, sign: 1 | -1): void {
  for (const [expression, timeZone, base, want] of cases) {
    const start = Date.parse(`${base.replace(' ', 'T')}Z`);
    const found = follow(parseSchedule(expression, timeZone), start, want.length, step);
    const got = found.map((time) => time && (sign * (time - start)) / 1000);
    assert.deepEqual(got, want, JSON.stringify([expression, timeZone, base]));
  }
}

/** So many steps on from a time; null ends it, where nothing comes any more. */
function follow(schedule: Schedule, start: number, count: number, step: typeof next): (number | null)[] {
  const found: (number | null)[] = [];
  for (let time: number | null = start; time !== null && found.length < count; found.push(time)) {
    time = step(schedule, time);
  }
  return found;
}
