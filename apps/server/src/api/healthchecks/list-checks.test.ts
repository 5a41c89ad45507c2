import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_FIELDS, firstState, uniqueKeyOf } from '../../checks/create.ts';
import { checkList } from './list-checks.ts';
import { type TestApi, testApi } from './testing/test-api.ts';

const COUNT = 1201;

async function addChecks({ test, projectId }: TestApi, count: number): Promise<void> {
  const at = test.clock.now();
  await test.store.db.transaction().execute(async (db) => {
    for (let id = 1; id <= count; id++) {
      const code = `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;
      const own = { id, code, project_id: projectId, badge_key: code, unique_key: uniqueKeyOf(code) };
      const values = {
        ...DEFAULT_FIELDS,
        ...own,
        name: `${id}`,
        created_at: at,
        updated_at: at,
        revision: 1,
      };
      await db.insertInto('checks').values(values).execute();
      await db.insertInto('check_states').values(firstState(id, at)).execute();
    }
  });
}

function viewAt(now: number) {
  return { version: 3, readOnly: true, now, baseUrl: 'http://x', pingEndpoint: 'http://x/ping/' } as const;
}

describe('a list of many checks', () => {
  it('is made in pieces, and lets others run in between', async () => {
    await using api = await testApi();
    await addChecks(api, COUNT);
    let turns = 0;
    const count = (): void => {
      turns++;
      if (turns < 10_000) setImmediate(count);
    };
    setImmediate(count);
    const pieces: string[] = [];
    for await (const piece of checkList(api.test, { projectId: api.projectId }, [], viewAt(0)))
      pieces.push(piece);
    const made = turns;
    turns = 10_000;
    assert.ok(pieces.length >= 4, `${pieces.length} pieces`);
    assert.ok(made >= COUNT / 100, `${made} turns`);
    const { checks } = JSON.parse(pieces.join(''));
    assert.deepEqual(
      checks.map(({ name }: { name: string }) => Number(name)),
      Array.from({ length: COUNT }, (_, i) => i + 1),
    );
  });

  it('reads no further than it is asked to', async () => {
    await using api = await testApi();
    await addChecks(api, COUNT);
    const list = checkList(api.test, { projectId: api.projectId }, [], viewAt(0));
    const first = await list.next();
    assert.ok(String(first.value).length < 300_000);
    await list.return(undefined);
  });

  it('arrives whole', async () => {
    await using api = await testApi();
    await addChecks(api, COUNT);
    const answer = await api.app.inject({ url: '/api/v3/checks/', headers: api.read });
    assert.equal(answer.json().checks.length, COUNT);
  });
});
