/** Two nodes that each close half of a circle of dependencies at the same time: one of them is refused. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { systemClock } from '../../src/clock.ts';
import { createCommands } from '../../src/commands.ts';
import { inlineWriter } from '../../src/store/inline-writer.ts';
import { openStore } from '../../src/store/open.ts';
import { startPostgres } from '../support/postgres.ts';
import { seed } from '../support/seed.ts';

const ROUNDS = 20;

test('no circle of dependencies can be closed by two nodes at once', async () => {
  await using stack = new AsyncDisposableStack();
  const postgres = stack.adopt(await startPostgres(), (started) => started.close());
  const [a = '', b = ''] = await seed(postgres.url, { checks: 2 });
  const nodes = [1, 2].map(() => {
    const store = stack.adopt(openStore(postgres.url), (open) => open.close());
    const commands = createCommands({ checkLimit: 1000 });
    const options = { commands, clock: systemClock, newId: randomUUID, onEffects: () => undefined };
    return { store, writer: inlineWriter(store, options) };
  });
  const [one, other] = nodes;
  assert.ok(one !== undefined && other !== undefined);
  const { id: projectId } = await one.store.db.selectFrom('projects').select('id').executeTakeFirstOrThrow();
  const depend = async (node: typeof one, code: string, dependsOn: string[]): Promise<string> => {
    try {
      await node.writer.run('checks.update', { projectId, code, fields: {}, channels: null, dependsOn });
      return 'set';
    } catch (error) {
      return String(error);
    }
  };
  for (let round = 0; round < ROUNDS; round++) {
    const outcomes: string[] = await Promise.all([depend(one, a, [b]), depend(other, b, [a])]);
    assert.deepEqual(outcomes.filter((outcome) => outcome === 'set').length, 1, String(outcomes));
    assert.match(String(outcomes), /would close a circle/);
    const links = await one.store.db.selectFrom('check_dependencies').selectAll().execute();
    assert.equal(links.length, 1);
    await depend(one, a, []);
    await depend(one, b, []);
  }
});
