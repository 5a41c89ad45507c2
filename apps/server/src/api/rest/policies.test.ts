import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Check, Policies } from '@vigie/contract';
import { make, refusal } from '../../testing/rest-checks.ts';
import { restServer } from '../../testing/rest-server.ts';

const ALL: Policies = {
  after: { bad: 3, of: 5 },
  flapping: { flips: 4, within: 3600 },
  longest_run: 600,
  shortest_run: 10,
  least_interval: 300,
  no_overlap: true,
  severity: 'critical',
};

describe('the policies of a check', () => {
  it('are shown as they were given, and none is {}', async () => {
    await using server = await restServer();
    assert.deepEqual((await make(server, { policies: ALL })).policies, ALL);
    assert.deepEqual((await make(server, {})).policies, {});
  });

  it('are changed as a whole, and stay when they are not named', async () => {
    await using server = await restServer();
    const { id } = await make(server, { policies: ALL });
    const patch = async (body: object): Promise<Policies> =>
      (await server.call<Check>('bob', 'PATCH', `/checks/${id}`, body)).body.policies;
    assert.deepEqual(await patch({ name: 'x' }), ALL);
    assert.deepEqual(await patch({ policies: { longest_run: 60 } }), { longest_run: 60 });
    const shown = await server.call<Check>('rita', 'GET', '/checks?limit=1', undefined);
    assert.match(shown.text, /"policies":\{"longest_run":60\}/);
    assert.deepEqual(await patch({ policies: {} }), {});
    const { policies } = await server.store.db
      .selectFrom('checks')
      .select('policies')
      .executeTakeFirstOrThrow();
    assert.equal(policies, '', 'a ping of a check without policies reads none');
  });

  const refused: [policies: unknown, expected: string][] = [
    [null, 'policies: policies must be object'],
    [{ aftre: {} }, 'policies.aftre: policies.aftre is not known'],
    [{ after: { bad: 1 } }, 'policies.after.of: policies.after.of is missing'],
    [
      { after: { bad: 0, of: 3 } },
      'policies.after.bad: policies.after.bad is too small: it takes 1 at least',
    ],
    [{ after: { bad: 1, of: 21 } }, 'policies.after.of: policies.after.of is too large: it takes 20 at most'],
    [
      { after: { bad: 4, of: 3 } },
      'policies.after.bad: policies.after.bad is more than there are outcomes (of)',
    ],
    [
      { flapping: { flips: 1, within: 60 } },
      'policies.flapping.flips: policies.flapping.flips is too small: it takes 2 at least',
    ],
    [
      { flapping: { flips: 2, within: 86_401 } },
      'policies.flapping.within: policies.flapping.within is too large: it takes 86400 at most',
    ],
    [{ longest_run: 1.5 }, 'policies.longest_run: policies.longest_run must be int'],
    [{ longest_run: '60' }, 'policies.longest_run: policies.longest_run must be number'],
    [{ shortest_run: 0 }, 'policies.shortest_run: policies.shortest_run is too small: it takes 1 at least'],
    [
      { longest_run: 60, shortest_run: 60 },
      'policies.shortest_run: policies.shortest_run is not less than longest_run',
    ],
    [{ no_overlap: false }, 'policies.no_overlap: policies.no_overlap must be true, or left out'],
    [
      { severity: 'p1' },
      'policies.severity: policies.severity must be one of "critical"|"error"|"warning"|"info"',
    ],
  ];

  it('are refused with what is wrong, and nothing is changed', async () => {
    await using server = await restServer();
    const { id, revision } = await make(server, { policies: ALL });
    for (const [policies, expected] of refused) {
      assert.equal(await refusal(server, 'PATCH', `/checks/${id}`, { policies }), `400 ${expected}`);
      assert.equal(await refusal(server, 'POST', '/checks', { policies }), `400 ${expected}`);
    }
    const after = await server.call<Check>('bob', 'GET', `/checks/${id}`);
    assert.deepEqual([after.body.policies, after.body.revision], [ALL, revision]);
  });

  it('are no business of who may only look', async () => {
    await using server = await restServer();
    const { id } = await make(server, {});
    for (const caller of ['rita', 'read', 'charlie'] as const) {
      const answer = await server.call(caller, 'PATCH', `/checks/${id}`, { policies: {} });
      assert.ok(answer.status === 403 || answer.status === 404, `${caller}: ${answer.status}`);
    }
  });
});
