import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asIs, fillIn, inHeader, inUrl, type Values } from './placeholders.ts';

/** Characters; more than any case needs but the last. */
const MOST = 100_000;

const VALUES: Values = [
  ['$CODE', 'c-o-d-e'],
  ['$STATUS', 'down'],
  ['$NAME_JSON', '"A \\"b\\" /é"'],
  ['$NAME', 'A "b" /é'],
  ['$TAGS', '$NAME two'],
  ['$TAG1', '$NAME'],
  ['$TAG2', 'two'],
];

test('placeholders are filled in once, from the left, by prefix', () => {
  const cases: [string, string][] = [
    ['', ''],
    ['no placeholders', 'no placeholders'],
    ['$CODE is $STATUS', 'c-o-d-e is down'],
    ['$STATUS$STATUS', 'downdown'],
    ['$NAME_JSON', '"A \\"b\\" /é"'],
    ['$NAME_JSO', 'A "b" /é_JSO'],
    ['$TAGS', '$NAME two'],
    ['$TAG1', '$NAME'],
    ['$TAG10', '$NAME0'],
    ['$TAG3', '$TAG3'],
    ['$UNKNOWN $', '$UNKNOWN $'],
    ['$$STATUS', '$down'],
    ['$status', '$status'],
    ['100$', '100$'],
  ];
  for (const [template, expected] of cases)
    assert.equal(fillIn(template, VALUES, asIs, MOST), expected, template);
});

test('values are encoded for their place, templates are not', () => {
  assert.equal(
    fillIn('http://x/?q=a b&n=$NAME', VALUES, inUrl, MOST),
    'http://x/?q=a b&n=A%20%22b%22%20/%C3%A9',
  );
  assert.equal(inUrl("-_.~/!'()*+&#?"), '-_.~/%21%27%28%29%2A%2B%26%23%3F');
  assert.equal(inUrl('\ud800'), '%EF%BF%BD');
  assert.equal(inHeader('é – 🚀'), 'é &#8211; &#128640;');
  assert.equal(inHeader('a\r\nX-Evil: 1\0'), 'a  X-Evil: 1 ');
});

test('a long template of dollars takes no time', () => {
  const template = '$'.repeat(100_000);
  assert.equal(fillIn(template, VALUES, asIs, MOST), template);
});

test('what would become too long is refused before it is made', () => {
  const values: Values = [['$BODY', 'x'.repeat(1_000)]];
  const fill = (times: number): string => fillIn('$BODY'.repeat(times), values, asIs, 3_000);
  assert.equal(fill(3).length, 3_000);
  assert.throws(() => fill(1_000_000), /longer than 3000 characters/);
});
