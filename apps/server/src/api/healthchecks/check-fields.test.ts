import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Before, checkFields, NOTHING_BEFORE, type Version } from './check-fields.ts';
import type { CheckSpec } from './spec.ts';

const before: Before = { name: 'Old', success_kw: 'OK', failure_kw: '' };

const cases: [string, CheckSpec, Version, Before, object][] = [
  ['nothing for nothing', {}, 3, before, {}],
  ['other names for columns', { desc: 'd', tz: 'UTC' }, 3, before, { description: 'd', time_zone: 'UTC' }],
  [
    'flags for booleans',
    { manual_resume: true, filter_body: false },
    3,
    before,
    { manual_resume: 1, filter_body: 0 },
  ],
  ['a slug for a new name in version 1', { name: 'My Job' }, 1, before, { name: 'My Job', slug: 'my-job' }],
  ['a slug for a new name in version 2', { name: 'My Job' }, 2, before, { name: 'My Job', slug: 'my-job' }],
  ['no slug for a name in version 3', { name: 'My Job' }, 3, before, { name: 'My Job' }],
  ['no slug for the same name', { name: 'Old' }, 1, before, { name: 'Old' }],
  [
    'the given slug rather than the derived one',
    { name: 'My Job', slug: 'x' },
    1,
    before,
    { name: 'My Job', slug: 'x' },
  ],
  ['a simple kind for a timeout', { timeout: 60 }, 3, before, { kind: 'simple', timeout: 60 }],
  ['cron for five fields', { schedule: '* * * * *' }, 3, before, { kind: 'cron', schedule: '* * * * *' }],
  ['OnCalendar for the rest', { schedule: 'daily' }, 3, before, { kind: 'oncalendar', schedule: 'daily' }],
  [
    'no timeout beside a schedule',
    { schedule: 'daily', timeout: 60 },
    3,
    before,
    { kind: 'oncalendar', schedule: 'daily' },
  ],
  [
    'keywords for the deprecated subject, with the other one as it was',
    { subject_fail: 'NO' },
    3,
    before,
    { success_kw: 'OK', failure_kw: 'NO', filter_subject: 1 },
  ],
  [
    'no filter without keywords',
    { subject: '' },
    3,
    NOTHING_BEFORE,
    { success_kw: '', failure_kw: '', filter_subject: 0 },
  ],
  [
    'explicit keywords rather than the deprecated ones',
    { subject: 'A', success_kw: 'B', filter_subject: false },
    3,
    NOTHING_BEFORE,
    { success_kw: 'B', failure_kw: '', filter_subject: 0 },
  ],
];

describe('the columns of a check have', () => {
  for (const [name, spec, version, old, fields] of cases) {
    it(name, () => assert.deepEqual(checkFields(spec, version, old), fields));
  }
});
