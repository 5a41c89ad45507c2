import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelsText, opensIncident, severityOf } from './model.ts';

const SEVERITIES: [string | undefined, string][] = [
  ['critical', 'critical'],
  ['Warning', 'warning'],
  ['P1', 'critical'],
  ['p2', 'error'],
  ['p3', 'warning'],
  ['P4', 'info'],
  ['info', 'info'],
  ['p5', 'error'],
  ['page', 'error'],
  ['', 'error'],
  [undefined, 'error'],
  // What every object has is no severity.
  ['constructor', 'error'],
  ['__proto__', 'error'],
];

for (const [value, expected] of SEVERITIES) {
  test(`a severity of ${value} is ${expected}`, () => assert.equal(severityOf(value), expected));
}

const INCIDENTS: [Record<string, string>, boolean][] = [
  [{ severity: 'critical' }, true],
  [{ severity: 'P2' }, true],
  [{ priority: 'p1' }, true],
  [{ severity: 'error' }, false],
  [{ severity: 'warning', priority: 'P1' }, false],
  [{}, false],
];

for (const [labels, expected] of INCIDENTS) {
  test(`${JSON.stringify(labels)} is ${expected ? '' : 'not '}worth an incident`, () => {
    assert.equal(opensIncident(labels), expected);
  });
}

test('equal label sets are equal texts, and names that objects have are names', () => {
  assert.equal(labelsText({ b: '1', a: '2' }), labelsText({ a: '2', b: '1' }));
  const hostile: unknown = JSON.parse('{"__proto__":"x","constructor":"y"}');
  assert.equal(labelsText(hostile as Record<string, string>), '{"__proto__":"x","constructor":"y"}');
});
