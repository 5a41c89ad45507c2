import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelsText, type PostedAlert } from './model.ts';
import { readEach, readPostedAlert, readWebhookAlert } from './read-post.ts';

const NOW = Date.UTC(2026, 6, 15, 12, 0, 0);
const ORIGIN = { projectId: 7, now: NOW };
const MINUTE = 60_000;
const labels = { alertname: 'DiskFull' };
const at = (offset: number): string => new Date(NOW + offset).toISOString();

async function faultOf(read: () => PostedAlert): Promise<string> {
  const { rejected } = await readEach([null], read);
  return rejected[0]?.message ?? 'none';
}

test('what an alert is: its labels with a value, in any order', () => {
  const one = readPostedAlert({ labels: { b: '2', alertname: 'X', empty: '' } }, ORIGIN);
  const other = readPostedAlert({ labels: { alertname: 'X', b: '2' }, annotations: { a: 'b' } }, ORIGIN);
  assert.equal(one.identity, other.identity);
  assert.deepEqual(one.labels, { b: '2', alertname: 'X' });
  assert.notEqual(one.identity, readPostedAlert({ labels: { alertname: 'X' } }, ORIGIN).identity);
});

test('the label `environment` says which one; an alert needs no name', () => {
  const { environment, source, projectId } = readPostedAlert({ labels: { environment: 'staging' } }, ORIGIN);
  assert.deepEqual(
    { environment, source, projectId },
    { environment: 'staging', source: 'api', projectId: 7 },
  );
});

test('a label may be called as what every object has', () => {
  const given = (value: string): unknown =>
    JSON.parse(`{"labels": {"a": "b", "__proto__": ${JSON.stringify(value)}, "constructor": "c"}}`);
  const post = readPostedAlert(given('x'), ORIGIN);
  assert.deepEqual(Object.entries(post.labels).sort(), [
    ['__proto__', 'x'],
    ['a', 'b'],
    ['constructor', 'c'],
  ]);
  assert.notEqual(post.identity, readPostedAlert(given('y'), ORIGIN).identity);
  assert.equal(labelsText(post.labels), '{"__proto__":"x","a":"b","constructor":"c"}');
  assert.throws(() => readPostedAlert(given('\u0001'), ORIGIN), {
    message: 'labels.__proto__ contains a control character',
    field: 'labels.__proto__',
  });
});

const TIMES: { given: object; starts: number; ends: number; timedOut: boolean }[] = [
  { given: {}, starts: 0, ends: 5 * MINUTE, timedOut: true },
  { given: { starts_at: at(-MINUTE) }, starts: -MINUTE, ends: 5 * MINUTE, timedOut: true },
  { given: { ends_at: at(-MINUTE) }, starts: -MINUTE, ends: -MINUTE, timedOut: false },
  { given: { ends_at: at(MINUTE) }, starts: 0, ends: MINUTE, timedOut: false },
  {
    given: { starts_at: at(MINUTE), ends_at: at(2 * MINUTE) },
    starts: MINUTE,
    ends: 2 * MINUTE,
    timedOut: false,
  },
  {
    given: { starts_at: '0001-01-01T00:00:00Z', ends_at: '0001-01-01T00:00:00Z' },
    starts: 0,
    ends: 5 * MINUTE,
    timedOut: true,
  },
  {
    given: { starts_at: '2026-07-15T13:59:00.123456789+02:00' },
    starts: -MINUTE + 123,
    ends: 5 * MINUTE,
    timedOut: true,
  },
];

for (const { given, starts, ends, timedOut } of TIMES) {
  test(`posted with ${JSON.stringify(given)}`, () => {
    const post = readPostedAlert({ labels, ...given }, ORIGIN);
    assert.deepEqual(
      [post.startsAt - NOW, (post.endsAt ?? 0) - NOW, post.timedOut],
      [starts, ends, timedOut],
    );
  });
}

const WEBHOOK_TIMES: {
  given: { status: string; startsAt?: string; endsAt?: string };
  ends: number | null;
}[] = [
  { given: { status: 'firing', endsAt: '0001-01-01T00:00:00Z' }, ends: null },
  { given: { status: 'firing', startsAt: at(-2 * MINUTE), endsAt: at(-MINUTE) }, ends: null },
  { given: { status: 'resolved', endsAt: at(-MINUTE) }, ends: -MINUTE },
  { given: { status: 'resolved' }, ends: 0 },
  // The sender's clock is ahead of ours.
  { given: { status: 'resolved', startsAt: at(MINUTE), endsAt: at(2 * MINUTE) }, ends: 0 },
];

for (const { given, ends } of WEBHOOK_TIMES) {
  test(`a webhook with ${JSON.stringify(given)}`, () => {
    const post = readWebhookAlert({ labels, fingerprint: 'ab', ...given }, ORIGIN);
    assert.equal(post.endsAt === null ? null : post.endsAt - NOW, ends);
    assert.equal(post.timedOut, false);
  });
}

const many = (count: number, value = 'x'): object =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, value]));

const NO_TIME = 'starts_at is not a time in RFC 3339, such as 2026-07-15T12:00:00Z';

const FAULTS: [string, unknown, string][] = [
  ['no object', 7, 'must be object'],
  ['no labels', {}, 'labels is missing'],
  ['none with a value', { labels: { a: '' } }, 'labels has none with a value: at least one is needed'],
  ['a number', { labels: { a: 1 } }, 'labels.a must be string'],
  ['a word that is not known', { labels, startsAt: at(0) }, 'startsAt is not known'],
  ['too many labels', { labels: many(65) }, 'labels has more than 64 labels'],
  [
    'a long name',
    { labels: { ['n'.repeat(201)]: 'x' } },
    `labels.${'n'.repeat(201)} is too large: it takes 200 characters at most`,
  ],
  [
    'a long value',
    { labels: { a: 'x'.repeat(4097) } },
    'labels.a is too large: it takes 4096 characters at most',
  ],
  ['a line end in a label', { labels: { a: 'x\ny' } }, 'labels.a contains a control character'],
  [
    'a null character',
    { labels, annotations: { a: 'x\u0000' } },
    'annotations.a contains a control character',
  ],
  ['half a pair', { labels: { a: '\ud800' } }, 'labels.a contains an unpaired surrogate'],
  [
    'large annotations',
    { labels, annotations: many(20, 'x'.repeat(4000)) },
    'annotations has more than 65536 characters in all',
  ],
  ['no time', { labels, starts_at: 'soon' }, NO_TIME],
  ['no such day', { labels, starts_at: '2026-02-30T00:00:00Z' }, NO_TIME],
  ['before 1970', { labels, starts_at: '1969-12-31T23:59:59Z' }, 'starts_at lies before 1970'],
  ['far ahead', { labels, ends_at: '2040-01-01T00:00:00Z' }, 'ends_at lies more than 10 years ahead'],
  [
    'end before start',
    { labels, starts_at: at(0), ends_at: at(-1) },
    'starts_at lies after the end of the alert',
  ],
  [
    'start after the time-out',
    { labels, starts_at: at(6 * MINUTE) },
    'starts_at lies after the end of the alert',
  ],
];

for (const [what, given, message] of FAULTS) {
  test(`refused: ${what}`, async () => {
    const told = await faultOf(() => readPostedAlert(given, ORIGIN));
    assert.equal(told, message);
  });
}

test('line ends and tabs belong into annotations', () => {
  const annotations = { description: 'one\n\ttwo\r\n' };
  assert.deepEqual(readPostedAlert({ labels, annotations }, ORIGIN).annotations, annotations);
});

test('a bad one of a list keeps none of the others out', async () => {
  const read = (given: unknown): PostedAlert => readPostedAlert(given, ORIGIN);
  const { posts, rejected } = await readEach(
    [{ labels }, { labels: { a: 1 } }, { labels: { b: 'x' } }],
    read,
  );
  assert.equal(posts.length, 2);
  assert.deepEqual(rejected, [{ index: 1, field: 'labels.a', message: 'labels.a must be string' }]);
});
