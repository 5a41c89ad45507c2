import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseBody } from './json-body.ts';

describe('the body of a POST', () => {
  for (const [text, value] of [
    ['', {}],
    ['{}', {}],
    [' {"a": 60} ', { a: 60 }],
    ['{"a": 60.0}', { a: Number.NaN }],
    ['{"a": 6e1}', { a: Number.NaN }],
    ['{"a": -1}', { a: -1 }],
    ['{"a": 1, "a": 2}', { a: 2 }],
    [`{"a": ${'9'.repeat(400)}}`, { a: Number.POSITIVE_INFINITY }],
  ] as const) {
    it(`${text.slice(0, 30)} is read`, () => {
      assert.deepEqual(parseBody(Buffer.from(text)), value);
    });
  }

  it('absent is an empty object', () => {
    assert.deepEqual(parseBody(undefined), {});
  });

  for (const text of ['{', 'hello', '{"a": NaN}', '\ufeff{}', "{'a': 1}", '{"a": 1,}', '['.repeat(500_000)]) {
    it(`${JSON.stringify(text.slice(0, 20))} is no JSON`, () => {
      assert.throws(() => parseBody(Buffer.from(text)), { message: 'could not parse request body' });
    });
  }

  it('that is not UTF-8 is no JSON', () => {
    assert.throws(() => parseBody(Buffer.from('{"name":"\xe9"}', 'latin1')), {
      message: 'could not parse request body',
    });
  });

  for (const text of ['[]', '1', '"x"', 'null', 'true']) {
    it(`${text} is not an object`, () => {
      assert.throws(() => parseBody(Buffer.from(text)), {
        message: 'json validation error: value is not an object',
      });
    });
  }
});
