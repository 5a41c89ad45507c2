import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isValidExpression } from '@vigie/schedule';
import { entriesOf } from './env-lines.ts';
import { type SaasCheck, saasChecks } from './saas-checks.ts';

const checks: readonly SaasCheck[] = saasChecks;

test('the checks are those of the example file of UUIDs', () => {
  const file = new URL('../../../examples/healthchecks-env/checks.env.healthchecks', import.meta.url);
  const names = entriesOf(readFileSync(file, 'utf8')).map(({ name }) => name);
  assert.deepEqual(checks.map(({ variable }) => variable as string).sort(), names.sort());
});

for (const { name, timeout, schedule } of checks) {
  test(`${name} has a period or a schedule, and not both`, () => {
    assert.notEqual(timeout === undefined, schedule === undefined);
    if (schedule !== undefined) assert.ok(isValidExpression(schedule));
  });
}
