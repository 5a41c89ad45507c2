import { type Commands, createCommands } from '../../src/commands.ts';
import type { Writer } from '../../src/store/command.ts';
import { inlineWriter } from '../../src/store/inline-writer.ts';
import { migrate, openStore, type Store } from '../../src/store/open.ts';
import { CheckModel } from './check-model.ts';
import type { Provider } from './provider.ts';
import type { Random } from './random.ts';

const MINUTE = 60_000;
/** Minutes: crontabs know marks of ten, from an hour to a week. */
const MARK = 10;
const SHORTEST_PERIOD = 60;
const LONGEST_PERIOD = 7 * 24 * 60;
/** Share of checks with a second channel. */
const SECOND_CHANNEL = 0.15;

/** Fills a fresh database with a project, its channels and its checks; returns what to expect of the checks. */
export async function populate(
  database: string,
  providers: readonly Provider[],
  count: number,
  random: Random,
): Promise<CheckModel[]> {
  const store = openStore(`sqlite:${database}`);
  await migrate(store);
  const projectId = await insertProject(store, random);
  const writer = inlineWriter(store, {
    commands: createCommands({ checkLimit: count }),
    clock: { now: () => 0, monotonic: () => 0, after: () => () => undefined },
    newId: () => random.uuid(),
    onEffects: () => undefined,
  });
  for (const provider of providers) {
    const settings = JSON.stringify({ url_down: provider.url, url_up: provider.url });
    await writer.run('channels.create', {
      projectId,
      kind: 'webhook',
      name: provider.url,
      settings,
      assignAll: false,
    });
  }
  // Asked for at once, they share a transaction.
  const checks = await Promise.all(
    Array.from({ length: count }, () => makeCheck(writer, projectId, providers.length, random)),
  );
  await store.close();
  return checks;
}

async function insertProject(store: Store, random: Random): Promise<number> {
  const { id } = await store.db
    .insertInto('projects')
    .values({
      code: random.uuid(),
      name: 'Simulation',
      ping_key: random.uuid(),
      badge_key: random.uuid(),
      show_slugs: 0,
      environments: '["production"]',
      created_at: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function makeCheck(
  writer: Writer<Commands>,
  projectId: number,
  providers: number,
  random: Random,
): Promise<CheckModel> {
  const marks = random.logBetween(SHORTEST_PERIOD, LONGEST_PERIOD) / MARK;
  const period = Math.round(marks) * MARK * MINUTE;
  const grace = Math.floor(period / 4 / MINUTE) * MINUTE;
  const first = 1 + random.int(providers);
  const channels = [first];
  if (random.chance(SECOND_CHANNEL)) channels.push(1 + (first % providers));
  const fields = { timeout: period / 1000, grace: grace / 1000 };
  const input = { projectId, code: null, fields, channels, match: null };
  const { check } = await writer.run('checks.create', input);
  return new CheckModel({ id: check.check_id, code: check.code, period, grace, channels });
}
