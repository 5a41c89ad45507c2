/** A commit that reached the disk, but whose answer was lost with the connection. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Kysely } from 'kysely';
import { createCommands } from '../src/commands.ts';
import { commitGroup } from '../src/store/group-commit.ts';
import { openStore } from '../src/store/open.ts';
import type { Database } from '../src/store/schema.ts';
import { aPing } from '../src/testing/checks.ts';
import { seed } from './support/seed.ts';
import { tempFolder } from './support/temp-folder.ts';

const T = Date.UTC(2026, 6, 15);

/** The object with one of its methods replaced. */
function replaced<O extends object>(object: O, name: keyof O, method: () => unknown): O {
  return new Proxy(object, {
    get(target, key) {
      if (key === name) return method;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function losingAnswers(db: Kysely<Database>): Kysely<Database> {
  const execute = async () => {
    const transaction = await db.startTransaction().execute();
    return replaced(transaction, 'commit', () => ({
      async execute() {
        await transaction.commit().execute();
        throw new Error('Connection terminated unexpectedly');
      },
    }));
  };
  return replaced(db, 'startTransaction', () => ({ execute }));
}

test('its callers hear that it is unknown, and the timer hears of the deadline all the same', async () => {
  using folder = tempFolder('lost-answer');
  const url = `sqlite:${join(folder.path, 'vigie.db')}`;
  const [code = ''] = await seed(url, { checks: 1, fields: { timeout: 60, grace: 60 } });
  const store = openStore(url);
  try {
    const { outcomes, effects } = await commitGroup(
      { ...store, db: losingAnswers(store.db) },
      createCommands({ checkLimit: 100 }),
      [{ name: 'checks.ping', input: aPing(T, { target: { code } }), at: T }],
      { newId: randomUUID, origin: 'this node' },
    );
    assert.deepEqual(
      outcomes.map(({ ok }) => ok),
      [false],
    );
    assert.ok(effects.some((effect) => effect.type === 'deadline' && effect.at === T + 120_000));
    const pings = await store.db.selectFrom('pings').select('n').execute();
    assert.equal(pings.length, 1, 'nothing was done twice');
  } finally {
    await store.close();
  }
});
