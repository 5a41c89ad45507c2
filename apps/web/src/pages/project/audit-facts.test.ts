import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { factsOf } from './audit-facts.ts';

const ID = 'da413a7c-7828-4ae7-b17c-cd3dded85b24';
const AT = '2026-07-16T12:00:00.000Z';

describe('facts of the audit log', () => {
  for (const [what, detail, fact] of [
    ['an instant', { ends_at: AT }, { as: 'instant', at: AT }],
    ['a length of time', { grace: 3600 }, { as: 'duration', seconds: 3600 }],
    ['an id', { before: ID }, { as: 'ids', ids: [ID] }],
    ['several ids', { depends_on: [ID, ID] }, { as: 'ids', ids: [ID, ID] }],
    ['a text', { name: 'Backup' }, { as: 'text', text: 'Backup' }],
    ['a number', { budget: 20 }, { as: 'text', text: '20' }],
    ['a flag', { disabled: false }, { as: 'text', text: 'false' }],
    ['nothing', { tags: '' }, { as: 'text', text: '–' }],
    ['no one', { depends_on: [] }, { as: 'text', text: '–' }],
    ['null', { duration: null }, { as: 'text', text: '–' }],
    ['a date that is a name', { name: AT }, { as: 'text', text: AT }],
  ] as const) {
    it(`shows ${what}`, () => {
      assert.deepEqual(factsOf(detail)?.[0]?.[1], fact);
    });
  }

  it('are opened when they are long, or more than facts', () => {
    assert.equal(factsOf({ description: 'x'.repeat(200) }), null);
    assert.equal(factsOf({ fields: { a: 1 } }), null);
    assert.deepEqual(factsOf({}), []);
  });
});
