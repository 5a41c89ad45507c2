import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { describe } from './describe.ts';
import { isValidExpression, next, parseSchedule, previous } from './schedule.ts';

const SEED = 20_260_104;
/** Milliseconds one expression of 100 characters may take to read. */
const LIMIT = 20;

/** The fastest of a few runs, so that a busy machine fails nobody. */
function fastest(run: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}

test('expressions made to be slow are read or refused quickly', () => {
  for (const expression of [
    ...['*-2-31\n', '*-2-30 *:*:*\n', 'Mon *-2-30..31\n', '1970/1-2-30\n'].map((line) => line.repeat(7)),
    'Sun *-3~7/1 2:5 CET\nSun *-3~7/1 1:5 WET\nSun *-3~7/1 3:5 EET\nSun *-3~7/1 1:5 GB\nSun *-3~7/1 1:5 Eire',
    '* * */20 * 1L,2L,3L,4L,5L,6L,7L',
    `${'*/1,'.repeat(22)}0 * 31 2 *`,
    `0 0 * * ${'1#1,'.repeat(22)}1#5`,
    `${'1970/1,'.repeat(12)}1970-2-30`,
    `*/${'9'.repeat(88)} * * * *`,
    `${'1'.repeat(98)}:0`,
    ...[',', '*', '-', '~', '/', '..', '#', 'a', '\n', ' ', 'Mon,', 'Mon..Sun,', '1:'].map((text) =>
      text.repeat(100).slice(0, 100),
    ),
  ]) {
    const time = fastest(() => isValidExpression(expression));
    assert.ok(time < LIMIT, `${time} ms for ${JSON.stringify(expression)}`);
  }
});

test('any text is either a schedule that works or refused, and nothing else', (t) => {
  t.diagnostic(`seed ${SEED}`);
  const pieces = [
    '*',
    '/',
    '-',
    ',',
    '..',
    '~',
    ':',
    '#',
    'L',
    'LW',
    ' ',
    ' ',
    ' ',
    '\n',
    '0',
    '1',
    '5',
    '31',
    '2024',
  ];
  const words = [
    'Mon',
    'SUN',
    'jan',
    'daily',
    'weekly',
    'UTC',
    'Europe/Paris',
    '* * * * *',
    '12:00',
    '*-*-*',
    'é',
    '\0',
  ];
  const text = fc
    .array(fc.constantFrom(...pieces, ...words), { maxLength: 16 })
    .map((parts) => parts.join(''));
  const property = fc.property(fc.oneof(text, fc.string({ maxLength: 100 })), (expression) => {
    if (!isValidExpression(expression)) return;
    const schedule = parseSchedule(expression, 'America/New_York');
    for (const time of [next(schedule, 1.7e12), previous(schedule, 1.7e12)]) {
      assert.ok(time === null || Number.isInteger(time));
    }
    assert.ok(describe(schedule, 'en').length > 0);
  });
  fc.assert(property, { seed: SEED, numRuns: 10_000 });
});
