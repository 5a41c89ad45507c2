import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AppError, fromErrorRecord, toErrorRecord } from './errors.ts';

it('a failure crosses to another thread with all that it tells', () => {
  const cases = [
    new AppError('conflict', 'changed meanwhile', { field: 'revision', currentRevision: 7 }),
    new AppError('not_found', 'no such check'),
  ];
  for (const error of cases) {
    const { code, message, field, currentRevision } = fromErrorRecord(structuredClone(toErrorRecord(error)));
    assert.deepEqual({ ...error }, { name: 'AppError', code, field, currentRevision });
    assert.equal(message, error.message);
  }
});

it('what nobody expected crosses as an internal failure', () => {
  const { code, field, currentRevision } = toErrorRecord(new TypeError('oops'));
  assert.deepEqual([code, field, currentRevision], ['internal', null, null]);
});
