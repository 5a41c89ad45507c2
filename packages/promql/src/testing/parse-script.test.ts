import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseScript } from './parse-script.ts';

test('a file is read into its commands, with their lines', () => {
  const [clear, load, instant, range] = parseScript(`
clear
load 1m30s
  metric{a="b", "c.d"='e'}@st -1mx1 _
  metric{a="b", "c.d"='e'}  1 2 3
  {"a name"} 4

eval instant at 10 sum(metric)
  # a comment ends a block
eval range from 0 to 1h step 30m metric
  expect warn regex: a.c
  expect no_info
  metric _ 1x1
`);
  assert.deepEqual(clear, { kind: 'clear', line: 2 });
  assert.ok(load?.kind === 'load');
  assert.equal(load.step, 90_000);
  assert.deepEqual(
    load.series.map(({ labels, items, starts }) => [labels.toObject(), items.length, starts]),
    [
      [{ __name__: 'metric', a: 'b', 'c.d': 'e' }, 3, [-60_000, -60_000, null]],
      [{ __name__: 'a name' }, 1, []],
    ],
  );
  assert.ok(instant?.kind === 'evaluation' && range?.kind === 'evaluation');
  assert.deepEqual(instant.at, { kind: 'instant', time: 10_000 });
  assert.equal(instant.line, 8);
  assert.equal(instant.expression, 'sum(metric)');
  assert.deepEqual(range.at, { kind: 'range', start: 0, end: 3_600_000, step: 1_800_000 });
  assert.equal(range.expected.warnings.kind, 'some');
  assert.equal(range.expected.infos.kind, 'none');
  assert.equal(range.expected.series[0]?.items.length, 3);
});

test('what follows an expected scalar needs no blank line', () => {
  const commands = parseScript('eval instant at 0 1\n 1\neval instant at 0 2\n 2');
  assert.deepEqual(
    commands.map((command) => command.kind === 'evaluation' && command.expected.scalar),
    [1, 2],
  );
});

test('the old words still say what is expected', () => {
  const [failing, ordered] = parseScript(`
eval_fail instant at 0 x
  expected_fail_message no such thing

eval_ordered instant at 0 sort(x)
`);
  assert.ok(failing?.kind === 'evaluation' && ordered?.kind === 'evaluation');
  assert.ok(failing.expected.failure?.some((rule) => rule.matches('no such thing')));
  assert.ok(!failing.expected.failure?.every((rule) => rule.matches('another thing')));
  assert.equal(ordered.expected.ordered, true);
});

const REFUSED: readonly [text: string, line: number][] = [
  ['lode 1m\n  a 1', 1],
  ['\nload 1q\n  a 1', 2],
  ['load 1m\n  a 1\n  a{b="c" 1', 3],
  ['load 1m\n  a 1 what', 2],
  ['load 1m\n  a{b="c"}@st -1m\n  a{b="d"} 1', 3],
  ['load 1m\n  a@st -1m', 2],
  ['eval instant at 0 a\n  expect nonsense', 2],
  ['eval instant at 0 a\n  expect ordered msg: x', 2],
  ['eval instant at 0 a\n  {} 1 2', 1],
  ['eval range from 0 to 1m step 0 a', 1],
  ['eval range from 0 to 1m step 1m a\n  5', 1],
  ['eval instant at x a', 1],
];

for (const [text, line] of REFUSED)
  test(`no conformance file: ${JSON.stringify(text)}`, () => {
    const [unreadable, next] = parseScript(`${text}\n\nclear`);
    assert.ok(unreadable?.kind === 'unreadable');
    assert.equal(unreadable.line, line);
    assert.equal(next?.kind, 'clear');
  });
