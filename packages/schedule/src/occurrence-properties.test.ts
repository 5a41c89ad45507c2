import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type CompiledLine, compiled } from './compiled.ts';
import { type DstRule, nextOccurrence, previousOccurrence } from './occurrence.ts';
import { next, parseSchedule, previous } from './schedule.ts';
import { ScheduleError } from './schedule-error.ts';
import { TIME_ZONES } from './timezone.ts';
import { zoneOffsets } from './zone-offsets.ts';

/** Another seed: `SCHEDULE_SEED=7 node --test ...`. */
const SEED = Number(process.env['SCHEDULE_SEED'] ?? 20_260_102);

function utc(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}:00Z`);
}

/** A stretch of real time around a change of the clock, minute by minute or second by second. */
interface Walk {
  readonly zone: string;
  readonly start: number;
  readonly step: number;
  /** What the clock on the wall shows at each step. */
  readonly walls: readonly number[];
}

/** Reads the wall clock from Intl at each step, so that nothing is shared with the code under test. */
function walk(zone: string, start: number, step: number, count: number): Walk {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const walls = Array.from({ length: count }, (_, index) => {
    const [month, day, year, hour, minute, second] = format
      .format((start + index * step) * 1000)
      .match(/\d+/g)!
      .map(Number);
    return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) / 1000;
  });
  return { zone, start, step, walls };
}

/** All occurrences on a walk, found by looking at every step. */
function bruteForce(
  { start, step, walls }: Walk,
  rule: DstRule,
  matches: (wall: number) => boolean,
): number[] {
  const time = (index: number) => start + index * step;
  if (rule === 'elapsed') return walls.flatMap((wall, index) => (matches(wall) ? [time(index)] : []));
  const firstIndex = new Map<number, number>();
  walls.forEach((wall, index) => {
    if (!firstIndex.has(wall)) firstIndex.set(wall, index);
  });
  const found = new Set<number>();
  for (let wall = walls[0]!; wall <= walls.at(-1)!; wall += step) {
    if (!matches(wall)) continue;
    const index = firstIndex.get(wall);
    if (index !== undefined) found.add(time(index));
    else if (rule === 'shift') found.add(time(walls.findIndex((later) => later > wall)));
  }
  return [...found].sort((a, b) => a - b);
}

const CHANGES = [
  ['Europe/Paris', '2024-03-31 01:00'],
  ['Europe/Paris', '2024-10-27 01:00'],
  ['America/New_York', '2024-03-10 07:00'],
  ['America/New_York', '2024-11-03 06:00'],
  ['Australia/Lord_Howe', '2024-10-05 15:30'],
  ['Australia/Lord_Howe', '2024-04-06 15:00'],
  ['Asia/Kathmandu', '2024-02-28 18:15'],
  ['Africa/Casablanca', '2023-03-19 02:00'],
  ['Africa/Casablanca', '2023-04-23 02:00'],
  ['America/Havana', '2024-03-10 05:00'],
  ['America/Havana', '2024-11-03 05:00'],
  ['Pacific/Apia', '2011-12-30 10:00'],
  ['Pacific/Apia', '2021-04-03 14:00'],
  ['America/St_Johns', '2010-11-07 02:31'],
  ['America/Caracas', '2007-12-09 07:00'],
  ['Pacific/Chatham', '2017-04-01 14:00'],
  ['Antarctica/Troll', '2024-03-31 01:00'],
  ['UTC', '2024-02-28 23:00'],
] as const;

const DAY = 86_400;
const minuteWalks = CHANGES.map(([zone, at]) => walk(zone, utc(at) / 1000 - DAY, 60, 2880));
const secondWalks = CHANGES.filter(([zone]) => /Paris|Lord|Kath|Havana|Chatham/.test(zone)).map(
  ([zone, at]) => walk(zone, utc(at) / 1000 - 6000, 1, 12_000),
);

interface FieldCase {
  readonly text: string;
  readonly values: ReadonlySet<number>;
}

/** A field of one to three items: values, ranges and steps, with the separator of its language. */
function fieldCase(min: number, max: number, dots: string): fc.Arbitrary<FieldCase> {
  const value = fc.integer({ min, max });
  const item = fc
    .tuple(value, value, fc.integer({ min: 1, max: 20 }), fc.nat({ max: 3 }))
    .map(([a, b, step, form]) => {
      const [low, high] = a < b ? [a, b] : [b, a === b ? a + 1 : a];
      if (form === 0 || high > max) return { text: `${a}`, test: (v: number) => v === a };
      if (form === 1) return { text: `${low}${dots}${high}`, test: (v: number) => low <= v && v <= high };
      const to = form === 2 ? max : high;
      const text = form === 2 ? `${low}/${step}` : `${low}${dots}${high}/${step}`;
      return { text, test: (v: number) => low <= v && v <= to && (v - low) % step === 0 };
    });
  return fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => {
    const all = Array.from({ length: max - min + 1 }, (_, index) => min + index);
    const values = new Set(all.filter((v) => items.some(({ test }) => test(v))));
    return { text: items.map(({ text }) => text).join(','), values };
  });
}

function everyValue(min: number, max: number, text = '*'): FieldCase {
  return { text, values: new Set(Array.from({ length: max - min + 1 }, (_, index) => min + index)) };
}

/** Cron alone writes a step after a star. */
function starStep(min: number, max: number): fc.Arbitrary<FieldCase> {
  return fc.integer({ min: 1, max: max + 5 }).map((step) => {
    const values = [...everyValue(min, max).values].filter((value) => (value - min) % step === 0);
    return { text: `*/${step}`, values: new Set(values) };
  });
}

/** Half of the time `*`, else something narrower. */
function often(every: FieldCase, other: fc.Arbitrary<FieldCase>): fc.Arbitrary<FieldCase> {
  return fc.oneof(fc.constant(every), other);
}

interface Case {
  readonly expression: string;
  readonly rule: DstRule;
  readonly matches: (wall: number) => boolean;
}

const cronField = (min: number, max: number) =>
  often(everyValue(min, max), fc.oneof(fieldCase(min, max, '-'), starStep(min, max)));

const cronCase: fc.Arbitrary<Case> = fc
  .tuple(cronField(0, 59), cronField(0, 23), cronField(1, 31), cronField(1, 12), cronField(0, 7))
  .map((fields) => {
    const [minutes, hours, days, months, weekdays] = fields;
    const [fixed, both] = [
      [minutes, hours],
      [days, weekdays],
    ].map((pair) => pair.some(({ text }) => text.startsWith('*')));
    const matches = (wall: number) => {
      const date = new Date(wall * 1000);
      const day = days.values.has(date.getUTCDate());
      const weekday = weekdays.values.has(date.getUTCDay()) || weekdays.values.has(date.getUTCDay() + 7);
      if (!(both ? day && weekday : day || weekday)) return false;
      return (
        wall % 60 === 0 &&
        minutes.values.has(date.getUTCMinutes()) &&
        hours.values.has(date.getUTCHours()) &&
        months.values.has(date.getUTCMonth() + 1)
      );
    };
    return {
      expression: fields.map(({ text }) => text).join(' '),
      rule: fixed ? 'elapsed' : 'shift',
      matches,
    };
  });

const onCalendarCase: fc.Arbitrary<Case> = fc
  .tuple(
    often(everyValue(1, 12), fieldCase(1, 12, '..')),
    often(everyValue(1, 31), fieldCase(1, 31, '..')),
    often(everyValue(0, 23), fieldCase(0, 23, '..')),
    often(everyValue(0, 59), fieldCase(0, 59, '..')),
    fc.oneof(fc.constant({ text: '0', values: new Set([0]) }), fieldCase(0, 59, '..')),
  )
  .map(([months, days, hours, minutes, seconds]) => {
    const matches = (wall: number) => {
      const date = new Date(wall * 1000);
      return (
        seconds.values.has(date.getUTCSeconds()) &&
        minutes.values.has(date.getUTCMinutes()) &&
        hours.values.has(date.getUTCHours()) &&
        days.values.has(date.getUTCDate()) &&
        months.values.has(date.getUTCMonth() + 1)
      );
    };
    const expression = `${months.text}-${days.text} ${hours.text}:${minutes.text}:${seconds.text}`;
    return { expression, rule: 'skip', matches };
  });

/** Compares next and previous from some points of a walk with what brute force found on it. */
function agreesWithBruteForce(
  { expression, rule, matches }: Case,
  on: Walk,
  points: readonly number[],
): void {
  const { pattern, dst } = compiledLine(expression);
  assert.equal(dst, rule);
  const zone = zoneOffsets(on.zone);
  const occurrences = bruteForce(on, rule, matches);
  const end = on.start + on.walls.length * on.step;
  for (const point of points) {
    const at = on.start + Math.floor(point * (end - on.start));
    const wantNext = occurrences.find((time) => time > at);
    const gotNext = nextOccurrence(pattern, zone, rule, at);
    if (wantNext !== undefined) assert.equal(gotNext, wantNext, `next after ${at}`);
    else assert.ok(gotNext === null || gotNext >= end, `no next before ${end}, but ${gotNext}`);
    const wantPrevious = occurrences.findLast((time) => time < at);
    const gotPrevious = previousOccurrence(pattern, zone, rule, at);
    if (wantPrevious !== undefined) assert.equal(gotPrevious, wantPrevious, `previous before ${at}`);
    else
      assert.ok(
        gotPrevious === null || gotPrevious < on.start,
        `no previous after ${on.start}, but ${gotPrevious}`,
      );
  }
}

/** The dates of random expressions need not exist; those that never come are no cases. */
function compiledLine(expression: string): CompiledLine {
  try {
    return compiled(expression).lines[0]!;
  } catch (error) {
    fc.pre(!(error instanceof ScheduleError));
    throw error;
  }
}

const points = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
  minLength: 6,
  maxLength: 6,
});

test('cron agrees with walking through the minutes around changes of the clock', (t) => {
  t.diagnostic(`seed ${SEED}`);
  const property = fc.property(cronCase, fc.nat({ max: minuteWalks.length - 1 }), points, (one, index, at) =>
    agreesWithBruteForce(one, minuteWalks[index]!, at),
  );
  fc.assert(property, { seed: SEED, numRuns: 1200 });
});

test('OnCalendar agrees with walking through the seconds around changes of the clock', (t) => {
  t.diagnostic(`seed ${SEED}`);
  const property = fc.property(
    onCalendarCase,
    fc.nat({ max: secondWalks.length - 1 }),
    points,
    (one, index, at) => agreesWithBruteForce(one, secondWalks[index]!, at),
  );
  fc.assert(property, { seed: SEED, numRuns: 150 });
});

test('next and previous are inverse in any zone at any time', (t) => {
  t.diagnostic(`seed ${SEED}`);
  const time = fc.integer({ min: utc('1971-01-01 00:00'), max: utc('2150-01-01 00:00') });
  const expression = fc.oneof(cronCase, onCalendarCase).map((one) => one.expression);
  const property = fc.property(expression, fc.constantFrom(...TIME_ZONES), time, (text, zone, now) => {
    compiledLine(text);
    const schedule = parseSchedule(text, zone);
    const following = next(schedule, now);
    const preceding = previous(schedule, now);
    if (following !== null) {
      assert.ok(following > now);
      const back = previous(schedule, following);
      assert.ok(back === null || back <= now);
      if (back !== null) assert.equal(next(schedule, back), following);
    }
    if (preceding !== null) {
      assert.ok(preceding < now);
      const forth = next(schedule, preceding);
      assert.ok(forth !== null && forth >= now);
      assert.equal(previous(schedule, forth), preceding);
    }
  });
  fc.assert(property, { seed: SEED, numRuns: 1200 });
});
