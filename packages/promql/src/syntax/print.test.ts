import assert from 'node:assert/strict';
import test from 'node:test';
import { parser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import { format } from './format.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';
import { FUNCTIONS_OF_RANDOM, randomExpression } from './random-expression.ts';
import { order } from './random-selector.ts';

const options = { functions: FUNCTIONS_OF_RANDOM, experimentalFunctions: true };

/** A tree without places, with matchers in one order. */
function bare(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, leaf));
}

function leaf(key: string, value: unknown): unknown {
  if (key === 'span') return undefined;
  if (key === 'matchers' && Array.isArray(value)) return value.toSorted(order);
  return typeof value === 'number' ? `${Object.is(value, -0) ? '-0' : value}` : value;
}

test('what is printed is read as the same tree', () => {
  fc.assert(
    fc.property(randomExpression, (expression) => {
      assert.deepEqual(bare(parse(print(expression), options)), bare(expression));
    }),
    { numRuns: 400 },
  );
});

test('what is laid out is read as what is printed', () => {
  fc.assert(
    fc.property(randomExpression, (expression) => {
      assert.equal(print(parse(format(expression), options)), print(parse(print(expression), options)));
    }),
    { numRuns: 100 },
  );
});

test("Prometheus' grammar for editors has no fault to find in what is printed", () => {
  fc.assert(
    fc.property(randomExpression, (expression) => {
      const text = print(expression);
      let faults = 0;
      parser.parse(text).iterate({
        enter: ({ type }) => {
          if (type.isError) faults++;
        },
      });
      assert.equal(faults, 0, text);
    }),
    { numRuns: 100 },
  );
});
