import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Asked } from '../testing/ask.ts';
import { testAnswers } from '../testing/ask-table.ts';

const named = (labels: string): string => `{__name__="a", ${labels}} 1`;

testAnswers('a{src="from-10"} 1', 0, [
  ['label_replace(a, "dst", "to-$1", "src", "from-(.*)")', named('dst="to-10", src="from-10"')],
  ['label_replace(a, "dst", "$1", "src", "rom-(.*)")', named('src="from-10"')],
  [`label_replace(a, "dst", "$\{1}0$$", "src", ".*-(.*)")`, named('dst="100$", src="from-10"')],
  ['label_replace(a, "dst", "[$1x]", "src", ".*-(.*)")', named('dst="[]", src="from-10"')],
  ['label_replace(a, "dst", "$n!$", "src", "(?P<n>f).*")', named('dst="f!$", src="from-10"')],
  [`label_replace(a, "dst", "$\{9}$none", "src", ".*")`, named('src="from-10"')],
  ['label_replace(a, "src", "", "src", ".*")', '{__name__="a"} 1'],
  ['label_replace(a, "dst", "empty", "missing", "")', named('dst="empty", src="from-10"')],
  ['label_replace(a, "~ any", "b", "", "")', named('src="from-10", ~ any="b"')],
  ['label_replace(-a, "__name__", "b", "", "")', '{__name__="b", src="from-10"} -1'],
  ['label_join(a, "dst", "-", "src", "none", "src")', named('dst="from-10--from-10", src="from-10"')],
  ['label_join(a, "src", "-")', '{__name__="a"} 1'],
]);

const REFUSED: readonly [text: string, message: string][] = [
  ['label_replace(a, "", "b", "c", "d")', 'invalid destination label name in label_replace(): '],
  ['label_replace(a, "b", "", "src", "(.*")', 'invalid regular expression in label_replace(): (.*'],
  ['label_join(a, "", "b", "c")', 'invalid destination label name in label_join(): '],
  ['label_join(a, "b", "", "")', 'invalid source label name in label_join(): '],
  [
    'label_replace({__name__=~"a|b"}, "__name__", "c", "", "")',
    'vector cannot contain metrics with the same labelset',
  ],
];

for (const [text, message] of REFUSED)
  test(`refused: ${text}`, async () => {
    const asked = new Asked('a 1\nb 1');
    await assert.rejects(asked.at(0, text), { name: 'ExecutionError', message });
  });
