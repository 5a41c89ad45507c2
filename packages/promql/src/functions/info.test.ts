import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Asked } from '../testing/ask.ts';
import { testAnswers } from '../testing/ask-table.ts';

const SERIES = `
up{instance="a", job="1", l="x"} 1 2
up{instance="b", job="1"} 3 4
plain 5 6
target_info{instance="a", job="1", data="d", other="o"} 1 1
build_info{instance="a", job="1", build="b"} 1 1
`;

testAnswers(SERIES, 1, [
  [
    'info(up)',
    '{__name__="up", data="d", instance="a", job="1", l="x", other="o"} 2\n{__name__="up", instance="b", job="1"} 4',
  ],
  ['info(up, {data=~".+"})', '{__name__="up", data="d", instance="a", job="1", l="x"} 2'],
  [
    'info(up, {data=~".*"})',
    '{__name__="up", data="d", instance="a", job="1", l="x"} 2\n{__name__="up", instance="b", job="1"} 4',
  ],
  [
    'info(up{l="x"}, {__name__=~".*_info"})',
    '{__name__="up", build="b", data="d", instance="a", job="1", l="x", other="o"} 2',
  ],
  [
    'info(up{l="x"}, {__name__!="target_info"})',
    '{__name__="up", build="b", instance="a", job="1", l="x"} 2',
  ],
  ['info(plain)', '{__name__="plain"} 6'],
  ['info(target_info)', '{__name__="target_info", data="d", instance="a", job="1", other="o"} 1'],
]);

test('the newer info series takes the place of one that is not stale yet', async () => {
  const asked = new Asked(`
    up{job="1"} 0+1x3
    target_info{job="1", data="old"} 1 1
    target_info{job="1", data="new"} _ _ 1 1
  `);
  const { text } = await asked.until(3, 'info(up)');
  assert.equal(text, '{__name__="up", data="new", job="1"} 2 3\n{__name__="up", data="old", job="1"} 0 1');
});

test('two info series of one metric that are equally new are an error', async () => {
  const asked = new Asked('up{job="1"} 1\ntarget_info{job="1", d="x"} 1\ntarget_info{job="1", d="y"} 1');
  await assert.rejects(
    asked.at(0, 'info(up)'),
    /^ExecutionError: found duplicate series for info metric: existing/,
  );
});

test('info metrics that contradict each other are an error', async () => {
  const asked = new Asked('up{job="1"} 1\na_info{job="1", d="x"} 1\nb_info{job="1", d="y"} 1');
  await assert.rejects(asked.at(0, 'info(up, {__name__=~".+_info"})'), { message: 'conflicting label: d' });
});
