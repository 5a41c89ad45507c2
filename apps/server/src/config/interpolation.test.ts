// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interpolate } from './interpolation.ts';

const ENV = { NAME: 'value', BLANK: ' ', NESTED: '${NAME}' };

// biome-ignore format: one line a case
const CASES: [string, string, string][] = [
  ['a reference is replaced', 'a ${NAME} b', 'a value b'],
  ['several are', '${NAME}/${NAME}', 'value/value'],
  ['a default is not used where the variable is set', '${NAME:-other}', 'value'],
  ['a default stands for a missing variable', '${NONE:-other}', 'other'],
  ['a default stands for a blank variable', '${BLANK:-other}', 'other'],
  ['a default may be empty, and hold : and -', '${NONE:-}${NONE:-a:-b}', 'a:-b'],
  ['a doubled dollar stands for itself before a brace', '$${NAME}', '${NAME}'],
  ['a dollar elsewhere is text', 'a$b $ $1 $$', 'a$b $ $1 $$'],
  ['what a variable holds is not looked into', '${NESTED}', '${NAME}'],
];

for (const [what, text, result] of CASES) {
  test(what, () => assert.deepEqual(interpolate(text, ENV), { text: result }));
}

const REFUSED: [string, RegExp][] = [
  ['${NONE}', /variable NONE is not set/],
  ['${BLANK}', /variable BLANK is not set/],
  ['${}', /not \$\{NAME\}/],
  ['${NAME', /not \$\{NAME\}/],
  ['${A B}', /not \$\{NAME\}/],
];

for (const [text, reason] of REFUSED) {
  test(`${text} is refused`, () => {
    const result = interpolate(text, ENV);
    assert.match('reason' in result ? result.reason : '', reason);
  });
}
