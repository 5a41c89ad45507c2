import { type Commands, createCommands } from '../../src/commands.ts';
import type { Writer } from '../../src/store/command.ts';
import { inlineWriter } from '../../src/store/inline-writer.ts';
import { migrate, openStore, type Store } from '../../src/store/open.ts';
import type { Flag } from '../../src/store/schema.ts';
import { CheckModel } from './check-model.ts';
import { PLAIN_WINDOW } from './people.ts';
import type { Policies } from './policy-model.ts';
import type { Provider } from './provider.ts';
import type { Random } from './random.ts';

const MINUTE = 60_000;
/** Minutes: crontabs know marks of ten, from half an hour to a week. */
const MARK = 10;
const SHORTEST_PERIOD = 30;
const LONGEST_PERIOD = 7 * 24 * 60;
/** Share of checks with a second channel, and of those with none: these are told to all of the project. */
const SECOND_CHANNEL = 0.15;
const NO_CHANNEL = 0.03;
/** Machines that run several jobs: when one dies they all do, and its first check is what the others depend on. */
const CREWS_PER_CHECK = 0.04;
const CREW = 4;
/** Share of the other checks that depend on some. */
const DEPENDENTS = 0.2;
const MOST_PARENTS = 3;
/** Shares of checks with a policy, and of those whose pauses only people end. */
const AFTER = 0.15;
const FLAPPING = 0.2;
const RUN_POLICIES = 0.15;
const MANUAL_RESUME = 0.3;
const TEAMS = 8;
const STAGING = 0.2;

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
  const checks: CheckModel[] = [];
  const numbers = Array.from({ length: count }, (_, number) => number);
  const crews = Math.round(count * CREWS_PER_CHECK);
  for (let wave = 0; wave < WAVES; wave++) {
    const earlier = [...checks];
    const firsts = new Map(earlier.map((check) => [check.crew, check] as const));
    const drafts = numbers
      .filter((number) => waveOf(number, crews) === wave)
      .map((number): Draft => {
        const crew = number < crews * CREW ? number % crews : null;
        const first = crew === null ? null : (firsts.get(crew) ?? null);
        const parents = first === null ? drawParents(earlier, crew, random) : [first];
        return { number, crew, parents, like: first };
      });
    // Asked for at once, they share a transaction.
    const made = drafts.map((draft) => makeCheck(writer, projectId, providers.length, draft, random));
    checks.push(...(await Promise.all(made)));
  }
  for (const fields of WINDOWS) await writer.run('windows.create', { projectId, fields });
  await store.close();
  return checks;
}

/** Checks depend on those of earlier waves; the first of each crew is in the first. */
const WAVES = 3;

function waveOf(number: number, crews: number): number {
  if (number < crews) return 0;
  return number < crews * CREW ? 1 : number % WAVES;
}

/** Windows that come again and again; people make others. */
const WINDOWS = [
  { schedule: '30 2 * * *', duration: 5_400, tags: '["team1","team2"]' },
  { schedule: '0 22 * * 6', duration: 28_800, environments: '["staging"]' },
  { schedule: '15 12 * * *', duration: 1_800, tags: '["team3"]', environments: '["production"]' },
].map((own, i) => ({ ...PLAIN_WINDOW, name: `every ${i}`, ...own }));

function drawParents(checks: readonly CheckModel[], crew: number | null, random: Random): CheckModel[] {
  if (crew !== null || checks.length === 0 || !random.chance(DEPENDENTS)) return [];
  const parents = Array.from({ length: 1 + random.int(MOST_PARENTS) }, () => random.pick(checks));
  return [...new Set(parents)];
}

/** Seconds; jobs that say when they start run for ten at least, and mostly for half the grace time at most. */
function drawPolicies(period: number, grace: number, random: Random): Policies {
  const some = <T>(share: number, value: T): T | undefined => (random.chance(share) ? value : undefined);
  const of = random.between(1, 4);
  const policies = {
    after: some(AFTER, { bad: random.between(1, of), of }),
    flapping: some(FLAPPING, { flips: random.between(2, 3), within: Math.min(86_400, period * 6) }),
    longest_run: some(RUN_POLICIES, Math.ceil(grace / 3)),
    shortest_run: some(RUN_POLICIES, 30),
    least_interval: some(RUN_POLICIES, Math.ceil(period / 2)),
    no_overlap: some<true>(RUN_POLICIES, true),
  };
  return JSON.parse(JSON.stringify(policies)) as Policies;
}

interface Draft {
  number: number;
  crew: number | null;
  parents: CheckModel[];
  /** Whose schedule it has; null = one of its own. */
  like: CheckModel | null;
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
      environments: '["production","staging"]',
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
  { number, crew, parents, like }: Draft,
  random: Random,
): Promise<CheckModel> {
  const marks = random.logBetween(SHORTEST_PERIOD, LONGEST_PERIOD) / MARK;
  const period = like?.period ?? Math.round(marks) * MARK * MINUTE;
  const grace = Math.floor(period / 4 / MINUTE) * MINUTE;
  const first = 1 + random.int(providers);
  const channels = random.chance(NO_CHANNEL) ? [] : [first];
  if (channels.length > 0 && random.chance(SECOND_CHANNEL)) channels.push(1 + (first % providers));
  const labels = {
    check: `job ${number}`,
    tags: `team${1 + random.int(TEAMS)}`,
    environment: random.chance(STAGING) ? 'staging' : 'production',
  };
  const { check: name, ...rest } = labels;
  const manualResume: Flag = random.chance(MANUAL_RESUME) ? 1 : 0;
  const policies = drawPolicies(period / 1000, grace / 1000, random);
  const fields = {
    ...{ name, ...rest, timeout: period / 1000, grace: grace / 1000, manual_resume: manualResume },
    policies: Object.keys(policies).length === 0 ? '' : JSON.stringify(policies),
  };
  const dependsOn = parents.map(({ code }) => code);
  const input = { projectId, code: null, fields, channels, match: null, dependsOn };
  const { check } = await writer.run('checks.create', input);
  const all = Array.from({ length: providers }, (_, i) => i + 1);
  return new CheckModel({
    id: check.check_id,
    code: check.code,
    labels,
    period,
    grace,
    channels: channels.length === 0 ? all : channels,
    parents,
    crew,
    manualResume: manualResume === 1,
    policies,
  });
}
