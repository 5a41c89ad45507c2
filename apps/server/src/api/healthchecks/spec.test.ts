import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readNewSpec, readSpec } from './spec.ts';

describe('the fields of a check', () => {
  it('are read, unknown ones left out', () => {
    assert.deepEqual(readSpec({ name: 'x', tz: 'Europe/Kiev', kind: 'cron', uuid: 1 }), {
      name: 'x',
      tz: 'Europe/Kyiv',
    });
  });

  it('are only the own ones of the body', () => {
    assert.deepEqual(readSpec(Object.create({ name: 'inherited' })), {});
  });

  const uuid = '0cab08fe-03f4-48c2-a927-90493fa0b2f2';
  it('hold a UUID where a check is made', () => assert.deepEqual(readNewSpec({ uuid }), { uuid }));

  for (const [body, mistake] of [
    [{ name: '😀'.repeat(101) }, 'name is too long'],
    [{ name: 'x'.repeat(201) }, 'name is too long'],
    [{ desc: 'x'.repeat(100_001) }, 'desc is too long'],
    [{ tags: 'x'.repeat(501) }, 'tags is too long'],
    [{ schedule: `${'\n'.repeat(101)}` }, 'schedule is too long'],
    [{ timeout: Number.NaN }, 'timeout is not a number'],
    [{ timeout: Number.POSITIVE_INFINITY }, 'timeout is too large'],
    [{ grace: 59 }, 'grace is too small'],
    [{ name: 'a\0b' }, 'name contains a null character'],
    [{ desc: '\ud800' }, 'desc contains an unpaired surrogate'],
    [{ unique: ['name', 1] }, "an item in 'unique' has unexpected value"],
    [{ uuid: uuid.toUpperCase() }, 'uuid is not a valid uuid'],
    [{ timeout: 1, name: 1 }, 'name is not a string'],
  ] as const) {
    it(`${JSON.stringify(body).slice(0, 40)}: ${mistake}`, () => {
      assert.throws(() => readNewSpec(body), {
        code: 'invalid',
        message: `json validation error: ${mistake}`,
      });
    });
  }

  it('of 100 characters may be 200 units of a string', () => {
    assert.equal(readSpec({ name: '😀'.repeat(100) }).name?.length, 200);
  });
});
