/** What the database tells of many checks at once is what the status machine says of each. */
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { DEFAULT_FIELDS, firstState } from '../../../src/checks/create.ts';
import type { Check } from '../../../src/checks/model.ts';
import { countChecks, searchChecks } from '../../../src/checks/search.ts';
import { alertAfter, statusAt } from '../../../src/checks/status.ts';
import { RANKS } from '../../../src/checks/status-rank.ts';
import { wakeAfter } from '../../../src/checks/wake.ts';
import { Random } from '../../simulation/random.ts';
import { type Bench, MINUTE, type On, T } from '../alerts/bench.ts';

const ALL = { text: '', tags: [], statuses: [], after: null, descending: false, limit: 500 } as const;
const CHECKS = 300;

export function searchSuite(on: On): void {
  on('the database ranks each check by what the status machine says', async (bench) => {
    const seed = randomInt(1_000_000);
    const checks = await anyChecks(bench, new Random(seed));
    const expected = checks
      .map((check) => ({ id: check.check_id, rank: rankOf(check) }))
      .sort((a, b) => a.rank - b.rank || a.id - b.id);
    assert.deepEqual(new Set(expected.map(({ rank }) => rank)).size, RANKS.length, `seed ${seed}`);
    const found = await search(bench, { order: 'status' });
    assert.deepEqual(
      found.map(({ check_id: id }) => ({ id, rank: rankOf(checks.find((one) => one.check_id === id)) })),
      expected,
      `seed ${seed}`,
    );
    for (const status of ['down', 'grace', 'up', 'new', 'paused', 'started'] as const) {
      const wanted = checks.filter((check) =>
        status === 'started' ? check.last_start !== null : statusAt(check, T) === status,
      );
      const ids = (await search(bench, { order: 'created', statuses: [status] })).map((one) => one.check_id);
      assert.deepEqual(
        ids,
        wanted.map((check) => check.check_id),
        `${status}, seed ${seed}`,
      );
      const filters = { projectId: bench.projectId, text: '', tags: [], statuses: [status] };
      assert.equal(await countChecks(bench.store.db, filters, T), wanted.length);
    }
  });

  on('the nearest deadline comes first, and what has none last', async (bench) => {
    const checks = await anyChecks(bench, new Random(randomInt(1_000_000)), '');
    const found = await search(bench, { order: 'deadline' });
    const deadlines = found.map((check) => alertAfter(check) ?? Number.POSITIVE_INFINITY);
    assert.equal(found.length, checks.length);
    assert.deepEqual(
      deadlines,
      deadlines.toSorted((a, b) => a - b),
    );
  });

  on('checks are found by the channels that they tell', async (bench) => {
    const [mail, chat] = [await bench.channel('mail'), await bench.channel('chat')];
    await bench.check({ name: 'none' });
    await bench.check({ name: 'mail' }, [mail]);
    await bench.check({ name: 'both' }, [mail, chat]);
    const names = async (...channels: string[]) => {
      const filters = { projectId: bench.projectId, text: '', tags: [], statuses: [], channels };
      const found = await search(bench, { order: 'created', channels });
      assert.equal(await countChecks(bench.store.db, filters, T), found.length);
      return found.map((check) => check.name).join(' ');
    };
    assert.equal(await names(), 'none mail both');
    assert.equal(await names(mail.code), 'mail both');
    assert.equal(await names(chat.code), 'both');
    assert.equal(await names('none'), 'none');
    assert.equal(await names(chat.code, 'none'), 'none both');
    assert.equal(await names('0f0e0d0c-0b0a-4908-8706-050403020100'), '');
  });

  on('a count is the same whatever the alphabet and the tag', async (bench) => {
    await bench.check({ name: 'Éclair', tags: 'prod db' });
    await bench.check({ name: 'xclair', tags: 'prod-old' });
    const count = (text: string, tags: string[] = []) =>
      countChecks(bench.store.db, { projectId: bench.projectId, text, tags, statuses: [] }, T);
    assert.deepEqual([await count('éCL'), await count('CLAIR'), await count('éx')], [1, 2, 0]);
    assert.deepEqual(
      [await count('', ['prod']), await count('', ['prod db']), await count('', [''])],
      [1, 0, 0],
    );
  });
}

type Search = Parameters<typeof searchChecks>[1];

async function search(bench: Bench, own: Pick<Search, 'order'> & Partial<Search>) {
  const wanted = { projectId: bench.projectId, ...ALL, tags: [], statuses: [], ...own };
  return (await searchChecks(bench.store.db, wanted, T)).checks;
}

function rankOf(check: Check | undefined): number {
  assert.ok(check);
  const status = statusAt(check, T);
  const isRunning = check.last_start !== null && (status === 'up' || status === 'new');
  return RANKS.indexOf(isRunning ? 'started' : status);
}

/** Checks in every state that there is, with the deadline that the state machine gives each. */
async function anyChecks(bench: Bench, random: Random, policies?: string): Promise<Check[]> {
  const checks: Check[] = [];
  for (let i = 0; i < CHECKS; i++) {
    const fields = anyFields(random, policies);
    const { id, code } = await bench.check(fields);
    const check: Check = {
      ...DEFAULT_FIELDS,
      ...fields,
      ...firstState(id, T),
      ...anyState(random),
      code,
      project_id: bench.projectId,
      revision: 1,
    };
    // What policies wait for begins with the moment at which it is asked.
    check.alert_after = wakeAfter(check, T);
    const { check_id: _, status, last_ping, last_start, skew, excused_until, alert_after } = check;
    await bench.store.db
      .updateTable('check_states')
      .set({ status, last_ping, last_start, skew, excused_until, alert_after })
      .where('check_id', '=', id)
      .execute();
    checks.push(check);
  }
  return checks;
}

function anyFields(random: Random, policies?: string) {
  return {
    ...random.pick([
      { kind: 'simple', timeout: 600 },
      { kind: 'simple', timeout: 3600 },
      { kind: 'cron', schedule: '*/20 * * * *', time_zone: 'UTC' },
      { kind: 'oncalendar', schedule: '*:0/30', time_zone: 'Europe/Paris' },
    ] as const),
    grace: random.pick([60, 600, 1800]),
    policies: policies ?? random.pick(['', '', '{"longest_run":300}']),
  };
}

function anyState(random: Random): Partial<Check> {
  const ago = () => T - random.int(100) * MINUTE;
  const status = random.pick(['up', 'up', 'up', 'up', 'new', 'down', 'paused']);
  if (status === 'paused') return { status };
  const excuse = random.pick([null, null, T - 5 * MINUTE, T + 15 * MINUTE]);
  return {
    status,
    last_ping: status === 'new' ? null : ago(),
    last_start: random.pick([null, null, ago()]),
    skew: random.pick([0, 0, 30 * MINUTE]),
    excused_until: excuse,
  };
}
