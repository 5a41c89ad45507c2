import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyOf, changedKeys, DRAFT_KEYS, merged, newDraft } from './draft.ts';

const base = { ...newDraft('production', 'Europe/Paris'), name: 'Backup' };

test('a new draft is sent whole, and simple', () => {
  const body = bodyOf({ ...base, tags: ' a  b ' }, DRAFT_KEYS);
  assert.equal(body.timeout, 86_400);
  assert.equal(body.schedule, undefined);
  assert.deepEqual(body.tags, ['a', 'b']);
});

test('a calendar is sent with its time zone', () => {
  const draft = { ...base, schedule: { ...base.schedule, kind: 'cron', cron: ' 5 4 * * * ' } as const };
  assert.deepEqual(bodyOf(draft, ['schedule']), { schedule: '5 4 * * *', time_zone: 'Europe/Paris' });
});

test('what the API would not see is no change', () => {
  const schedule = { ...base.schedule, cron: '1 1 1 1 1', timeZone: 'UTC' };
  assert.deepEqual(
    changedKeys({ ...base, channels: ['b', 'a'] }, { ...base, schedule, channels: ['a', 'b'] }),
    [],
  );
});

test('changes of two people to different parts both stay', () => {
  const theirs = { ...base, grace: 60 };
  const mine = { ...base, description: 'Mine' };
  const merge = merged(base, theirs, mine);
  assert.deepEqual([merge.draft.grace, merge.draft.description], [60, 'Mine']);
  assert.deepEqual([merge.theirs, merge.both], [['grace'], []]);
});

test('where both changed the same, mine stands and is named', () => {
  const merge = merged(base, { ...base, name: 'Theirs', grace: 60 }, { ...base, name: 'Mine', grace: 60 });
  assert.equal(merge.draft.name, 'Mine');
  assert.deepEqual([merge.theirs, merge.both], [['name', 'grace'], ['name']]);
});
