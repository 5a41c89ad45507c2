import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScheduleDraft } from './draft.ts';
import { readSchedule } from './schedule-reading.ts';

const draft: ScheduleDraft = { kind: 'cron', timeout: 60, cron: '', oncalendar: '', timeZone: 'UTC' };

const cases: [Partial<ScheduleDraft>, string][] = [
  [{ kind: 'simple' }, 'simple'],
  [{ kind: 'simple', timeout: 0 }, 'empty'],
  [{ cron: ' 0 3 * * * ' }, 'cron'],
  [{ cron: '' }, 'empty'],
  [{ cron: 'daily' }, 'notCron'],
  [{ cron: '99 * * * *' }, 'expression'],
  [{ cron: '0 3 * * *', timeZone: 'Mars' }, 'zone'],
  [{ kind: 'oncalendar', oncalendar: 'Mon 09:00' }, 'oncalendar'],
  [{ kind: 'oncalendar', oncalendar: '0 3 * * *' }, 'notCalendar'],
];

for (const [given, expected] of cases) {
  test(`${JSON.stringify(given)} reads as ${expected}`, () => {
    const reading = readSchedule({ ...draft, ...given });
    assert.equal(reading.schedule === null ? reading.wrong : reading.schedule.kind, expected);
  });
}
