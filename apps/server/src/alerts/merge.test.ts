/** Two posts of one alert, by the rules of Alertmanager's ingestion. Times are told from the second post, in ms. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { merge } from './merge.ts';
import { testAlert, testPost } from './testing/alerts.ts';

const NOW = 1_000_000;

/** An end: null = none; `t` = a time-out. */
type End = { at: number | null; by?: 't' };

const ENDS: [string, End, End, End][] = [
  ['a time-out is pushed on by the next', { at: 10, by: 't' }, { at: 20, by: 't' }, { at: 20, by: 't' }],
  ['a time-out may be shortened', { at: 20, by: 't' }, { at: 10, by: 't' }, { at: 10, by: 't' }],
  ['the word of the sender replaces a time-out', { at: 20, by: 't' }, { at: 10 }, { at: 10 }],
  ['a later word stays', { at: 20 }, { at: 10 }, { at: 20 }],
  ['a later word replaces an earlier one', { at: 10 }, { at: 20 }, { at: 20 }],
  ['a later word stays, whatever times out', { at: 20 }, { at: 10, by: 't' }, { at: 20 }],
  ['a later time-out replaces an earlier word', { at: 10 }, { at: 20, by: 't' }, { at: 20, by: 't' }],
  ['the end now ends it, however late it was to', { at: 20 }, { at: 0 }, { at: 0 }],
  ['an end in the past ends it', { at: 20 }, { at: -10 }, { at: -10 }],
  ['an alert without an end gets that of the sender', { at: null }, { at: 10 }, { at: 10 }],
  ['an alert without an end gets no time-out', { at: null }, { at: 10, by: 't' }, { at: null }],
  ['an alert without an end is over when it is said', { at: null }, { at: 0 }, { at: 0 }],
  ['an alert with an end may lose it', { at: 10 }, { at: null }, { at: null }],
  ['so may one with a time-out', { at: 10, by: 't' }, { at: null }, { at: null }],
];

for (const [name, older, newer, expected] of ENDS) {
  test(name, () => {
    const at = (end: End): number | null => (end.at === null ? null : NOW + end.at);
    const alert = testAlert({ ends_at: at(older), timed_out: older.by === 't' ? 1 : 0 });
    merge(alert, testPost({ endsAt: at(newer), timedOut: newer.by === 't' }), NOW);
    assert.deepEqual([alert.ends_at, alert.timed_out], [at(expected), expected.by === 't' ? 1 : 0]);
  });
}

const STARTS: [string, number, number, number][] = [
  ['the earlier start stays', 5, 9, 5],
  ['an earlier start that is learnt later counts', 9, 5, 5],
];

for (const [name, older, newer, expected] of STARTS) {
  test(name, () => {
    const alert = testAlert({ starts_at: older });
    merge(alert, testPost({ startsAt: newer }), NOW);
    assert.equal(alert.starts_at, expected);
  });
}

test('annotations and link are those of the newer post; labels and identity are what they were', () => {
  const alert = testAlert({ annotations: { a: '1', b: '2' }, generator_url: 'http://one' });
  const { labels, identity } = alert;
  merge(alert, testPost({ annotations: { b: '3' }, generatorUrl: 'http://two', labels: { x: 'y' } }), NOW);
  assert.deepEqual([alert.annotations, alert.generator_url], [{ b: '3' }, 'http://two']);
  assert.deepEqual([alert.labels, alert.identity, alert.updated_at], [labels, identity, NOW]);
});

test('an end without annotations leaves what was said of the outage', () => {
  const alert = testAlert({ annotations: { a: '1' } });
  merge(alert, testPost({ endsAt: NOW, annotations: {} }), NOW);
  assert.deepEqual(alert.annotations, { a: '1' });
});
