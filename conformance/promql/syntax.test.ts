import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { format, parse, print } from '@vigie/promql';
import { FUNCTIONS } from '../../packages/promql/src/functions/table.ts';

interface Observed {
  /** Expression to message. */
  readonly refused: Readonly<Record<string, string>>;
  readonly refused3: Readonly<Record<string, string>>;
  /** Expression to its text, on as many lines as Prometheus gives it. */
  readonly formatted: Readonly<Record<string, string>>;
  /** Expression to its text on one line. */
  readonly printed3: Readonly<Record<string, string>>;
}

const observed: Observed = JSON.parse(readFileSync(new URL('./syntax.json', import.meta.url), 'utf8'));

for (const [expression, message] of Object.entries({ ...observed.refused, ...observed.refused3 })) {
  test(`refused: ${JSON.stringify(expression)}`, () => {
    assert.throws(() => parse(expression, { functions: FUNCTIONS }), { name: 'ParseError', message });
  });
}

for (const [expression, text] of Object.entries(observed.formatted)) {
  test(`formatted: ${JSON.stringify(expression)}`, () => {
    assert.equal(format(parse(expression, { functions: FUNCTIONS })), text);
  });
}

for (const [expression, text] of Object.entries(observed.printed3)) {
  test(`printed: ${JSON.stringify(expression)}`, () => {
    assert.equal(print(parse(expression, { functions: FUNCTIONS, experimentalFunctions: true })), text);
  });
}
