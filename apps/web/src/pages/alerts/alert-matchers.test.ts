import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchersOfAlert } from './alert-matchers.ts';

test('a silence of the alert of a check holds though its severity or tags change', () => {
  const labels = { alertname: 'CheckDown', check: 'Shop', check_key: '7ef8', severity: 'error', tags: 'db' };
  assert.deepEqual(matchersOfAlert({ labels }), [
    { name: 'alertname', value: 'CheckDown' },
    { name: 'check', value: 'Shop' },
    { name: 'check_key', value: '7ef8' },
  ]);
});

test('another alert is matched by all its labels, which are what tells it from others', () => {
  assert.deepEqual(matchersOfAlert({ labels: { alertname: 'DiskFull', severity: 'error' } }), [
    { name: 'alertname', value: 'DiskFull' },
    { name: 'severity', value: 'error' },
  ]);
});
