import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { ScheduleError } from './schedule-error.ts';
import { TIME_ZONES } from './timezone.ts';
import { ZoneOffsets, zoneOffsets } from './zone-offsets.ts';

const SEED = 20_260_101;
const HOUR = 3600;

function seconds(iso: string): number {
  return Date.parse(`${iso}Z`) / 1000;
}

/** The offset as Intl writes it out, by another road than the code under test. */
function writtenOffset(format: Intl.DateTimeFormat, utc: number): number {
  const match = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(format.format(utc * 1000));
  const [, sign, hours = 0, minutes = 0, rest = 0] = match ?? [];
  const size = Number(hours) * HOUR + Number(minutes) * 60 + Number(rest);
  return sign === '-' ? -size : size;
}

test('the offset of each zone agrees with Intl at any time from 1970 to 2100', (t) => {
  t.diagnostic(`seed ${SEED}`);
  const random = fc.sample(fc.integer({ min: 0, max: seconds('2100-01-01T00:00:00') }), {
    numRuns: TIME_ZONES.length * 12,
    seed: SEED,
  });
  for (const name of TIME_ZONES) {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
    for (const utc of random.splice(0, 12)) {
      assert.equal(zoneOffsets(name).segmentAt(utc).offset, writtenOffset(format, utc), `${name} at ${utc}`);
    }
  }
});

test('a segment begins and ends with a change of offset', () => {
  for (const [name, at, offset, next] of [
    ['Europe/Paris', '2024-03-31T01:00:00', 1, 2],
    ['Europe/Paris', '2024-10-27T01:00:00', 2, 1],
    ['America/New_York', '2024-03-10T07:00:00', -5, -4],
    ['Australia/Lord_Howe', '2024-04-06T15:00:00', 11, 10.5],
    ['Pacific/Apia', '2011-12-30T10:00:00', -10, 14],
    ['America/St_Johns', '2010-11-07T02:31:00', -2.5, -3.5],
    ['Africa/Monrovia', '1972-01-07T00:44:30', -0.741_666_667, 0],
    ['America/Recife', '2000-10-15T02:00:00', -2, -3],
  ] as const) {
    const instant = seconds(at);
    const before = zoneOffsets(name).segmentAt(instant - 1);
    const after = zoneOffsets(name).segmentAt(instant);
    const [from, to] = [Math.round(offset * HOUR), Math.round(next * HOUR)];
    assert.deepEqual(
      [before.end, before.offset, before.nextOffset],
      [instant, from, to],
      `${name} before ${at}`,
    );
    assert.deepEqual(
      [after.start, after.offset, after.previousOffset],
      [instant, to, from],
      `${name} from ${at}`,
    );
  }
});

test('a wall-clock time happens once, twice or never', () => {
  for (const [name, wall, want] of [
    ['Europe/Paris', '2024-07-01T12:00:00', ['2024-07-01T10:00:00']],
    ['Europe/Paris', '2024-03-31T01:59:59', ['2024-03-31T00:59:59']],
    ['Europe/Paris', '2024-03-31T02:00:00', []],
    ['Europe/Paris', '2024-03-31T02:59:59', []],
    ['Europe/Paris', '2024-03-31T03:00:00', ['2024-03-31T01:00:00']],
    ['Europe/Paris', '2024-10-27T01:59:59', ['2024-10-26T23:59:59']],
    ['Europe/Paris', '2024-10-27T02:00:00', ['2024-10-27T00:00:00', '2024-10-27T01:00:00']],
    ['Europe/Paris', '2024-10-27T02:59:59', ['2024-10-27T00:59:59', '2024-10-27T01:59:59']],
    ['Europe/Paris', '2024-10-27T03:00:00', ['2024-10-27T02:00:00']],
    ['Australia/Lord_Howe', '2024-10-06T02:15:00', []],
    ['Australia/Lord_Howe', '2024-04-07T01:45:00', ['2024-04-06T14:45:00', '2024-04-06T15:15:00']],
    ['Pacific/Apia', '2011-12-29T23:59:59', ['2011-12-30T09:59:59']],
    ['Pacific/Apia', '2011-12-30T00:00:00', []],
    ['Pacific/Apia', '2011-12-30T23:59:59', []],
    ['Pacific/Apia', '2011-12-31T00:00:00', ['2011-12-30T10:00:00']],
    ['America/Havana', '2024-03-10T00:30:00', []],
    ['America/Havana', '2024-11-03T00:30:00', ['2024-11-03T04:30:00', '2024-11-03T05:30:00']],
    ['Asia/Kathmandu', '2024-01-01T00:00:00', ['2023-12-31T18:15:00']],
  ] as const) {
    const instants = zoneOffsets(name).instantsOf(seconds(wall));
    const got = instants.exists ? [...new Set([instants.first, instants.last])] : [];
    assert.deepEqual(got, want.map(seconds), `${name} ${wall}`);
  }
});

test('a time in a gap tells when the clock jumped, and from where to where', () => {
  assert.deepEqual(zoneOffsets('Europe/Paris').instantsOf(seconds('2024-03-31T02:30:00')), {
    exists: false,
    gap: seconds('2024-03-31T01:00:00'),
    from: seconds('2024-03-31T02:00:00'),
    to: seconds('2024-03-31T03:00:00'),
  });
});

test('an answer does not depend on what was asked before', () => {
  // These changes of the clock lie just beyond the margin of a chunk.
  for (const [name, change, wall, exists] of [
    ['Asia/Jerusalem', '2025-10-25T23:00:00', '2025-10-26T01:40:00', true],
    ['America/Anchorage', '2082-03-08T11:00:00', '2082-03-08T02:30:00', false],
  ] as const) {
    const fresh = new ZoneOffsets(name).instantsOf(seconds(wall));
    assert.equal(fresh.exists, exists);
    for (let days = -150; days <= 150; days += 1) {
      const zone = new ZoneOffsets(name);
      zone.segmentAt(seconds(change) + days * 24 * HOUR);
      assert.deepEqual(zone.instantsOf(seconds(wall)), fresh, `${name}, ${days} days away`);
    }
  }
});

test('a zone that the runtime does not have is refused', () => {
  assert.throws(
    () => zoneOffsets('Mars/Olympus'),
    new ScheduleError('time zone', '"Mars/Olympus" is not in the time zone data of this runtime'),
  );
});
