import { randomUUID } from 'node:crypto';
import { type Commands, createCommands } from '../commands.ts';
import type { Writer } from '../store/command.ts';
import { inlineWriter } from '../store/inline-writer.ts';
import { migrate, type Store, storeOn } from '../store/open.ts';
import { SqliteConnection } from '../store/sqlite/connection.ts';
import type { Effect } from '../store/tx.ts';
import { FakeClock } from './fake-clock.ts';

export interface TestStore extends AsyncDisposable {
  store: Store;
  writer: Writer<Commands>;
  clock: FakeClock;
  /** What became durable so far. */
  effects: Effect[];
}

/** Noon of a Wednesday. */
export const NOON = Date.UTC(2026, 6, 15, 12, 0, 0);

/** The bytes of a database with nothing but its tables: made once, because migrations take longer than most tests. */
let image: Promise<Uint8Array> | undefined;

async function emptyDatabase(): Promise<Uint8Array> {
  const connection = new SqliteConnection(':memory:');
  const store = storeOn(connection);
  await migrate(store);
  const bytes = connection.raw.serialize();
  await store.close();
  return bytes;
}

/** An empty database in memory with the real commands, written in this thread, on a clock that stands still. */
export async function testStore(
  onEffects: (effects: Effect[]) => void = () => undefined,
): Promise<TestStore> {
  const connection = new SqliteConnection(':memory:');
  image ??= emptyDatabase();
  connection.raw.deserialize(await image);
  const store = storeOn(connection);
  const clock = new FakeClock(NOON);
  const effects: Effect[] = [];
  const writer = inlineWriter(store, {
    commands: createCommands({ checkLimit: 1000 }),
    clock,
    newId: randomUUID,
    onEffects(durable) {
      effects.push(...durable);
      onEffects(durable);
    },
  });
  return { store, writer, clock, effects, [Symbol.asyncDispose]: () => store.close() };
}
