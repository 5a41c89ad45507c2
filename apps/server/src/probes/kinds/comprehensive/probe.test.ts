import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sibling } from '../../kind.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { comprehensive } from './probe.ts';

/** `+` is well, `-` is not, `?` has not run. */
function services(marks: string): Sibling[] {
  return [...marks].map((mark, i) => ({
    name: `s${i}`,
    isWell: mark === '?' ? null : mark === '+',
    message: mark === '-' ? 'refused' : '',
  }));
}

const run = (marks: string) => probing(comprehensive, {}, { siblings: async () => services(marks) });

describe('all services together are', () => {
  const cases: [marks: string, overall: string, unhealthy: number][] = [
    ['', 'healthy', 0],
    ['+++', 'healthy', 0],
    ['++-', 'degraded', 1],
    ['+?', 'healthy', 0],
  ];
  for (const [marks, overall, unhealthy] of cases) {
    it(`${overall}: "${marks}"`, async () => {
      const result = await run(marks);
      assertWell(result);
      assert.equal(result.details['overall_status'], overall);
      assert.equal(valuesOf(result)['services_unhealthy'], unhealthy);
    });
  }

  it('critical with half of them, and says which are not well', async () => {
    const result = await run('+-');
    assertFailed(result, 'unhealthy', /^1 of 2 services are healthy: s1: refused$/);
    assert.equal(valuesOf(result)['services_unhealthy'], 1, 'what was counted is told all the same');
  });
});
