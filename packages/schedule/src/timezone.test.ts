import assert from 'node:assert/strict';
import test from 'node:test';
import { canonicalTimeZone, expressionTimeZone, TIME_ZONES } from './timezone.ts';
import { ALIASES_OF } from './timezone-names.ts';

test('there are 483 zones, sorted, each its own canonical name and known to Intl', () => {
  assert.equal(TIME_ZONES.length, 483);
  assert.equal(new Set(TIME_ZONES).size, 483);
  assert.deepEqual(TIME_ZONES, [...TIME_ZONES].sort());
  for (const name of TIME_ZONES) {
    assert.equal(canonicalTimeZone(name), name);
    assert.doesNotThrow(() => new Intl.DateTimeFormat('en', { timeZone: name }), name);
  }
});

test('113 aliases give zones that are on the list, and are not on it themselves', () => {
  const aliases = Object.values(ALIASES_OF).flatMap((names) => names.split(' '));
  assert.equal(new Set(aliases).size, 113);
  for (const alias of aliases) {
    assert.ok(TIME_ZONES.includes(canonicalTimeZone(alias) ?? ''), alias);
    assert.ok(!TIME_ZONES.includes(alias), alias);
  }
});

test('an alias keeps the clock of the zone it stands for', () => {
  const clock = (timeZone: string, time: number) =>
    new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short', timeStyle: 'long' })
      .format(time)
      .slice(0, -4);
  for (const [canonical, names] of Object.entries(ALIASES_OF)) {
    for (const alias of names.split(' ')) {
      for (const time of [Date.UTC(2024, 0, 15), Date.UTC(2024, 6, 15)]) {
        assert.equal(clock(alias, time), clock(canonical, time), `${alias} and ${canonical}`);
      }
    }
  }
});

test('names are taken as tzdata writes them', () => {
  for (const [name, canonical] of [
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['US/Pacific', 'America/Los_Angeles'],
    ['Zulu', 'Etc/UTC'],
    ['UTC', 'UTC'],
    ['GMT', 'GMT'],
    ['GMT0', 'Etc/GMT'],
    ['Etc/GMT+12', 'Etc/GMT+12'],
    ['Arctic/Longyearbyen', 'Arctic/Longyearbyen'],
    ['America/North_Dakota/New_Salem', 'America/North_Dakota/New_Salem'],
    ['utc', null],
    ['europe/paris', null],
    ['Europe/Paris ', null],
    ['', null],
    ['Factory', null],
    ['America/Coyhaique', null],
    ['+01:00', null],
    ['Europe', null],
    ['constructor', null],
    ['__proto__', null],
  ] as const) {
    assert.equal(canonicalTimeZone(name), canonical, name);
  }
});

test('an expression may also name the two zones that checks are not offered', () => {
  assert.equal(expressionTimeZone('America/Coyhaique'), 'America/Coyhaique');
  assert.equal(expressionTimeZone('Factory'), 'UTC');
  assert.equal(expressionTimeZone('Europe/Kiev'), 'Europe/Kyiv');
  assert.equal(expressionTimeZone('toString'), null);
});
