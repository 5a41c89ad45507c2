import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { entriesOf, linesOf, replaceValue, serializeValue } from './env-lines.ts';

const VALUES: [string, string][] = [
  ['A=1', '1'],
  ['A=', ''],
  ['A = spaced ', 'spaced'],
  ['export A=1', '1'],
  ['A=30  # seconds', '30'],
  ['A= # nothing', ''],
  ['A=#monitoring', '#monitoring'],
  ['A=a#b', 'a#b'],
  ['A=a=b', 'a=b'],
  ['A="two words" # said', 'two words'],
  [String.raw`A="a\"b\\c\nd\$e"`, 'a"b\\c\nd$e'],
  [String.raw`A='a\n"b"'`, String.raw`a\n"b"`],
  ['A="two\nlines"', 'two\nlines'],
  [`A="open`, '"open'],
  ["A=it's", "it's"],
  ['A="a" b', '"a" b'],
  ['\uFEFFA=1', '1'],
  ['A=1\r\n', '1'],
];

for (const [text, value] of VALUES) {
  test(`${JSON.stringify(text)} sets ${JSON.stringify(value)}`, () => {
    assert.deepEqual(entriesOf(text), [{ name: 'A', value, line: 1 }]);
  });
}

for (const text of ['# A=1', '', '  ', 'A', '1A=1', 'A B=1', 'A-B=1', '=1']) {
  test(`${JSON.stringify(text)} sets nothing`, () => assert.deepEqual(entriesOf(text), []));
}

test('lines are numbered, those within a value too', () => {
  assert.deepEqual(
    entriesOf('# first\nA="1\n2"\n\nB=3\nA=4').map(({ name, line }) => `${name} ${line}`),
    ['A 2', 'B 5', 'A 6'],
  );
});

test('what is before and behind a value stays', () => {
  assert.equal(replaceValue('export A = 30  # seconds\r\n', '10'), 'export A = 10  # seconds\r\n');
  assert.equal(replaceValue('A="x y"\t# said\n', 'z'), 'A=z\t# said\n');
  assert.equal(replaceValue('A= # nothing', '1'), 'A=1 # nothing');
});

test('lines joined are the text, whatever it is', () => {
  const piece = fc.constantFrom('A', '=', '"', "'", '\\', '\n', '\r', '#', ' ', 'b', '$');
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      const lines = linesOf(text).map((line) => line.text);
      assert.equal(lines.join(''), text);
    }),
  );
});

test('any value that is written is read again, behind any other', () => {
  const value = fc.string({
    unit: fc.constantFrom('a', '"', "'", '\\', '\n', '\r', '#', ' ', '$', 'é', '='),
  });
  fc.assert(
    fc.property(value, value, (first, second) => {
      const line = `A=${serializeValue(first)} # why\n`;
      assert.equal(entriesOf(line)[0]?.value, first);
      const replaced = replaceValue(line, second);
      assert.equal(entriesOf(replaced)[0]?.value, second);
      assert.ok(replaced.endsWith(' # why\n'));
    }),
  );
});
