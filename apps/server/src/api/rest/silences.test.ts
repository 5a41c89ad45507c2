import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Alert, AuditEntry, Check, Page, Silence, SilencePreview } from '@vigie/contract';
import { make, ping, refusal } from '../../testing/rest-checks.ts';
import { type RestServer, restServer } from '../../testing/rest-server.ts';
import { NOON } from '../../testing/test-store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const instant = (at: number): string => new Date(at).toISOString();
const equal = (name: string, value: string) => ({ name, value, isRegex: false, isEqual: true });
const regex = (name: string, value: string) => ({ name, value, isRegex: true, isEqual: true });

const deploy = { matchers: [equal('check', 'web')], ends_at: instant(NOON + HOUR), comment: 'deploy' };

async function silence(server: RestServer, body: object): Promise<Silence> {
  const answer = await server.call<Silence>('bob', 'POST', '/silences', body);
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

async function put(server: RestServer, id: string, body: object): Promise<Silence> {
  const answer = await server.call<Silence>('bob', 'PUT', `/silences/${id}`, body);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

/** A channel of the project, and checks that are down on it or not. */
async function outage(
  server: RestServer,
  down: string[],
  up: string[] = [],
): Promise<Record<string, string>> {
  const settings = { url_down: 'https://hook.test/', url_up: 'https://hook.test/' };
  await server.call('bob', 'POST', '/channels', { kind: 'webhook', name: 'hook', settings });
  const ids: Record<string, string> = {};
  for (const name of [...down, ...up]) {
    ids[name] = (await make(server, { name, tags: ['prod'] })).id;
    await ping(server, ids[name], 'success');
  }
  for (const name of down) await ping(server, ids[name] ?? '', 'fail');
  return ids;
}

/** `<check> <kind>` of each message, and what is due is looked at first. */
async function told(server: RestServer): Promise<string[]> {
  await server.writer.run('alerts.review', null);
  const rows = await server.store.db
    .selectFrom('deliveries')
    .innerJoin('checks', 'checks.id', 'deliveries.check_id')
    .select(['checks.name', 'deliveries.kind'])
    .orderBy('deliveries.id')
    .execute();
  return rows.map(({ name, kind }) => `${name} ${kind}`);
}

describe('regular expressions of the silences of a project', () => {
  it('have a bound together, with room again when one ends', async () => {
    await using server = await restServer();
    const large = { ...deploy, matchers: [regex('check', '(a?){200}b')] };
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) ids.push((await silence(server, large)).id);
    assert.match(
      await refusal(server, 'POST', '/silences', large),
      /^400 matchers: matchers holds regular expressions of 803 instructions; those of the project's other silences have 4818, and all together may have 5000: end some, or match equal values$/,
    );
    // What costs nothing has room, and one that is changed does not stand in its own way.
    await silence(server, deploy);
    await put(server, ids[0] ?? '', { ...large, comment: 'another release' });
    await server.call('bob', 'DELETE', `/silences/${ids[0]}`);
    await silence(server, large);
  });
});

describe('making a silence', () => {
  it('begins now, is its maker’s, and says what it hides', async () => {
    await using server = await restServer();
    await outage(server, ['web', 'api'], ['db']);
    const made = await silence(server, { ...deploy, starts_at: instant(NOON - HOUR) });
    assert.deepEqual(
      [made.state, made.starts_at, made.ends_at, made.author, made.comment, made.hides],
      ['active', instant(NOON), instant(NOON + HOUR), 'bob', 'deploy', 1],
    );
    assert.deepEqual(made.matchers, deploy.matchers);
    const shown = await server.call<Silence>('rita', 'GET', `/silences/${made.id}`);
    assert.deepEqual(shown.body, made);
    const log = await server.call<Page<AuditEntry>>('mary', 'GET', '/audit');
    assert.deepEqual(
      log.body.items
        .filter(({ action }) => action === 'silence.set')
        .map(({ actor, target }) => [actor, target]),
      [['user:bob@example.org', made.id]],
    );
    const ledger = await server.store.db
      .selectFrom('alert_events')
      .selectAll()
      .where('kind', '=', 'changed')
      .execute();
    assert.equal(ledger.length, 1);
    assert.equal(ledger[0]?.actor, 'user:bob@example.org');
    assert.match(ledger[0]?.detail ?? '', /"what":"created","matchers":"check=\\"web\\""/);
  });

  it('holds messages back until it ends, and tells of what is still wrong then', async () => {
    await using server = await restServer();
    await silence(server, deploy);
    const ids = await outage(server, ['web', 'api']);
    assert.deepEqual(await told(server), ['api firing']);
    await server.clock.advance(HOUR - 1);
    assert.deepEqual(await told(server), ['api firing']);
    await server.clock.advance(1);
    assert.deepEqual(await told(server), ['api firing', 'web firing']);
    await ping(server, ids['web'] ?? '', 'success');
    assert.deepEqual(await told(server), ['api firing', 'web firing', 'web resolved']);
  });

  it('says nothing of what began and ended under it', async () => {
    await using server = await restServer();
    await silence(server, deploy);
    const ids = await outage(server, ['web']);
    await ping(server, ids['web'] ?? '', 'success');
    await server.clock.advance(2 * HOUR);
    assert.deepEqual(await told(server), []);
  });

  it('that begins later changes nothing for what was told already', async () => {
    await using server = await restServer();
    const ids = await outage(server, ['web']);
    const later = { starts_at: instant(NOON + 10 * MINUTE), ends_at: instant(NOON + HOUR) };
    assert.equal((await silence(server, { ...deploy, ...later })).state, 'pending');
    await server.clock.advance(30 * MINUTE);
    assert.deepEqual(await told(server), ['web firing']);
    await ping(server, ids['web'] ?? '', 'success');
    // Whoever got the firing gets the resolution.
    assert.deepEqual(await told(server), ['web firing', 'web resolved']);
  });

  const refused: [name: string, body: object, expected: RegExp][] = [
    ['no matchers', { matchers: [] }, /^400 matchers: matchers is too small: it takes 1 items at least$/],
    ['no matchers at all', { matchers: undefined }, /^400 matchers: matchers is missing$/],
    [
      '51 matchers',
      { matchers: Array(51).fill(equal('a', 'b')) },
      /^400 matchers: .*it takes 50 items at most$/,
    ],
    [
      'a nameless label',
      { matchers: [equal('', 'b')] },
      /^400 matchers.0.name: .*it takes 1 characters at least$/,
    ],
    [
      'a long name',
      { matchers: [equal('a'.repeat(201), 'b')] },
      /^400 matchers.0.name: .*200 characters at most$/,
    ],
    [
      'a control character',
      { matchers: [equal('a\u0001', 'b')] },
      /^400 matchers.0.name: .*is not the name of a label$/,
    ],
    [
      'a value of 1 MB',
      { matchers: [equal('a', 'b'.repeat(1_000_000))] },
      /^400 matchers.0.value: .*4096 characters at most$/,
    ],
    [
      '20,000 characters',
      { matchers: Array(6).fill(equal('a', 'b'.repeat(4000))) },
      /^400 matchers: matchers holds more than 20,000 characters in all$/,
    ],
    [
      'what matches without a label',
      { matchers: [equal('a', ''), regex('b', '.*')] },
      /^400 matchers: matchers must hold one that does not match an empty label$/,
    ],
    [
      'no expression',
      { matchers: [regex('a', '(?=b)')] },
      /^400 matchers: matchers holds no regular expression \(RE2\): \(\?=b\): /,
    ],
    [
      'an expression that costs too much',
      { matchers: [regex('a', '(.*){1000}(.*){1000}b')] },
      /^400 matchers: matchers holds regular expressions that are too large$/,
    ],
    ['an unknown field', { until: 'x' }, /^400 until: until is not known$/],
    ['no comment', { comment: undefined }, /^400 comment: comment is missing$/],
    ['an empty comment', { comment: '' }, /^400 comment: /],
    ['a long comment', { comment: 'c'.repeat(4001) }, /^400 comment: .*4000 characters at most$/],
    ['a blank author', { author: ' ' }, /^400 author: author is blank$/],
    ['no end', { ends_at: undefined }, /^400 ends_at: ends_at is missing$/],
    ['an end that is none', { ends_at: 'tomorrow' }, /^400 ends_at: /],
    ['an end in the past', { ends_at: instant(NOON) }, /^400 ends_at: ends_at is in the past$/],
    [
      'an end before its start',
      { starts_at: instant(NOON + 2 * HOUR) },
      /^400 ends_at: ends_at is not after starts_at$/,
    ],
  ];
  for (const [name, changes, expected] of refused) {
    it(`refuses ${name}`, async () => {
      await using server = await restServer();
      assert.match(await refusal(server, 'POST', '/silences', { ...deploy, ...changes }), expected);
      assert.deepEqual(await server.store.db.selectFrom('silences').selectAll().execute(), []);
    });
  }

  it('is not for who may only look, nor for strangers', async () => {
    await using server = await restServer();
    const answers = [];
    for (const caller of ['rita', 'read', 'charlie', 'nobody'] as const) {
      answers.push(
        (await server.call(caller, 'POST', `/silences?project=${server.project.code}`, deploy)).status,
      );
    }
    assert.deepEqual(answers, [403, 403, 404, 401]);
    assert.equal((await server.call<Silence>('write', 'POST', '/silences', deploy)).status, 201);
  });

  it('has a bound', async () => {
    await using server = await restServer();
    const { id } = await silence(server, deploy);
    const row = await server.store.db.selectFrom('silences').selectAll().executeTakeFirstOrThrow();
    const copies = Array.from({ length: 999 }, (_, i) => ({ ...row, id: row.id + 1 + i, code: `copy-${i}` }));
    await server.store.db.insertInto('silences').values(copies).execute();
    assert.equal(
      await refusal(server, 'POST', '/silences', deploy),
      '409 null: a project has 1000 silences at most that are not over',
    );
    await server.call('bob', 'DELETE', `/silences/${id}`);
    await silence(server, deploy);
  });
});

describe('an alert under a silence', () => {
  it('says so though its message went out before, by the silence that ends last, while that is active', async () => {
    await using server = await restServer();
    await outage(server, ['web', 'db']);
    await silence(server, deploy);
    const longest = { ...deploy, matchers: [regex('check', 'w.b')], ends_at: instant(NOON + 2 * HOUR) };
    const { id } = await silence(server, longest);
    await silence(server, { ...longest, starts_at: instant(NOON + HOUR), ends_at: instant(NOON + 9 * HOUR) });
    const silenced = async () => {
      const { items } = (await server.call<Page<Alert>>('rita', 'GET', '/alerts')).body;
      return items.map((alert) => [alert.labels['check'], alert.silenced?.id, alert.silenced?.until]);
    };
    const free = ['db', undefined, undefined];
    assert.deepEqual(await silenced(), [free, ['web', id, longest.ends_at]]);
    await server.call('bob', 'DELETE', `/silences/${id}`);
    assert.deepEqual((await silenced())[1]?.[2], deploy.ends_at);
    const [web] = (await server.call<Page<Check>>('bob', 'GET', '/checks?q=web')).body.items;
    await ping(server, web?.id ?? '', 'success');
    assert.deepEqual(await silenced(), [free, ['web', undefined, undefined]]);
  });
});

describe('a silence that matches everything', () => {
  it('is refused until somebody says that it is meant', async () => {
    await using server = await restServer();
    await outage(server, ['web', 'api'], ['db']);
    const all = { ...deploy, matchers: [regex('alertname', '.+')] };
    const expected =
      '409 confirm: this silence matches everything: it would hide 2 alerts that fire now, ' +
      'and those of 3 checks; send "confirm": true if that is meant';
    assert.equal(await refusal(server, 'POST', '/silences', all), expected);
    assert.equal((await silence(server, { ...all, confirm: true })).hides, 2);
  });

  const cases: [name: string, matchers: object[], checks: string[], isEverything: boolean][] = [
    ['any name, where nothing is', [regex('alertname', '.+')], [], true],
    ['all but one severity, where nothing is', [{ ...equal('severity', 'info'), isEqual: false }], [], true],
    ['one name, where nothing is', [equal('alertname', 'DiskFull')], [], false],
    ['the only check', [equal('check', 'web')], ['web'], false],
    ['any name, with one check', [regex('alertname', '.+')], ['web'], true],
    ['one of two checks', [equal('check', 'web')], ['web', 'api'], false],
    ['all checks by their tag', [equal('tags', 'prod')], ['web', 'api'], true],
    ['all checks by their names', [regex('check', 'web|api')], ['web', 'api'], true],
  ];
  for (const [name, matchers, checks, isEverything] of cases) {
    it(`${isEverything ? 'is' : 'is not'}: ${name}`, async () => {
      await using server = await restServer();
      for (const check of checks) await make(server, { name: check, tags: ['prod'] });
      const answer = await server.call('bob', 'POST', '/silences', { ...deploy, matchers });
      assert.equal(answer.status, isEverything ? 409 : 201, answer.text);
    });
  }
});

describe('changing a silence', () => {
  it('keeps its id while its matchers and its past stay, and frees nothing', async () => {
    await using server = await restServer();
    const { id } = await silence(server, deploy);
    await outage(server, ['web']);
    await server.clock.advance(10 * MINUTE);
    const longer = await put(server, id, {
      ...deploy,
      ends_at: instant(NOON + 3 * HOUR),
      comment: 'long deploy',
    });
    assert.deepEqual([longer.id, longer.starts_at, longer.comment], [id, instant(NOON), 'long deploy']);
    await server.clock.advance(2 * HOUR);
    assert.deepEqual(await told(server), []);
    const shorter = await put(server, id, { ...deploy, ends_at: instant(server.clock.now() + MINUTE) });
    assert.equal(shorter.id, id);
    await server.clock.advance(MINUTE);
    assert.deepEqual(await told(server), ['web firing']);
  });

  it('with other matchers ends it, makes another, and tells at once of what that does not hide', async () => {
    await using server = await restServer();
    const { id } = await silence(server, deploy);
    await outage(server, ['web', 'api']);
    assert.deepEqual(await told(server), ['api firing']);
    const other = await put(server, id, { ...deploy, matchers: [equal('check', 'api')] });
    assert.notEqual(other.id, id);
    assert.equal((await server.call<Silence>('bob', 'GET', `/silences/${id}`)).body.state, 'expired');
    assert.deepEqual(await told(server), ['api firing', 'web firing']);
  });

  const times: [name: string, from: number, wanted: number | null, keeps: boolean][] = [
    ['an active one from when it began', -10, -10, true],
    ['an active one whose start is not given', -10, null, true],
    ['an active one from another time', -10, -5, false],
    ['an active one from later on', -10, 5, false],
    ['a pending one from another time to come', 10, 20, true],
    ['a pending one whose start is not given', 10, null, true],
    ['a pending one from the past', 10, -5, false],
  ];
  for (const [name, from, wanted, keeps] of times) {
    it(`${keeps ? 'keeps' : 'replaces'} ${name}`, async () => {
      await using server = await restServer();
      const now = NOON + 30 * MINUTE;
      const starts_at = instant(now + from * MINUTE);
      if (from < 0) await server.clock.advance(30 * MINUTE + from * MINUTE);
      else await server.clock.advance(30 * MINUTE);
      const body = { ...deploy, ends_at: instant(now + HOUR) };
      const { id } = await silence(server, { ...body, starts_at });
      await server.clock.advance(now - server.clock.now());
      const given = wanted === null ? {} : { starts_at: instant(now + wanted * MINUTE) };
      const after = await put(server, id, { ...body, ...given });
      assert.equal(after.id === id, keeps);
      if (wanted === null) assert.equal(after.starts_at, starts_at);
    });
  }

  it('makes a new one of one that is over', async () => {
    await using server = await restServer();
    const { id } = await silence(server, deploy);
    await server.clock.advance(2 * HOUR);
    const again = await put(server, id, { ...deploy, ends_at: instant(NOON + 3 * HOUR) });
    assert.notEqual(again.id, id);
    assert.equal(again.starts_at, instant(NOON + 2 * HOUR));
  });

  it('that is refused changes nothing', async () => {
    await using server = await restServer();
    const made = await silence(server, deploy);
    const body = { ...deploy, ends_at: instant(NOON - 1) };
    assert.equal(
      await refusal(server, 'PUT', `/silences/${made.id}`, body),
      '400 ends_at: ends_at is in the past',
    );
    assert.deepEqual((await server.call<Silence>('bob', 'GET', `/silences/${made.id}`)).body, made);
    const unknown = '/silences/00000000-0000-4000-8000-000000000000';
    assert.equal(await refusal(server, 'PUT', unknown, deploy), '404 null: no such silence');
    assert.equal(await refusal(server, 'DELETE', '/silences/x'), '404 null: no such silence');
  });
});

describe('ending a silence', () => {
  it('tells at once of what it held, and of nothing that another one still holds', async () => {
    await using server = await restServer();
    const { id } = await silence(server, deploy);
    await silence(server, { ...deploy, matchers: [equal('check', 'db')] });
    const both = await silence(server, { ...deploy, matchers: [regex('check', 'web|db')] });
    await outage(server, ['web', 'db'], ['api']);
    await server.call('bob', 'DELETE', `/silences/${both.id}`);
    assert.deepEqual(await told(server), []);
    const ended = await server.call<Silence>('bob', 'DELETE', `/silences/${id}`);
    assert.deepEqual([ended.body.state, ended.body.ends_at], ['expired', instant(NOON)]);
    assert.deepEqual(await told(server), ['web firing']);
    // Again: it stays as it is.
    await server.clock.advance(MINUTE);
    const again = await server.call<Silence>('bob', 'DELETE', `/silences/${id}`);
    assert.deepEqual(again.body, ended.body);
  });

  it('lets a pending one never begin', async () => {
    await using server = await restServer();
    const later = { starts_at: instant(NOON + 10 * MINUTE), ends_at: instant(NOON + HOUR) };
    const { id } = await silence(server, { ...deploy, ...later });
    const { body } = await server.call<Silence>('bob', 'DELETE', `/silences/${id}`);
    assert.deepEqual([body.state, body.starts_at, body.ends_at], ['expired', instant(NOON), instant(NOON)]);
  });
});

describe('looking at silences', () => {
  it('lists them by state, page by page, and those that hide nothing', async () => {
    await using server = await restServer();
    await outage(server, ['web'], ['api']);
    const used = await silence(server, deploy);
    const idle = await silence(server, { ...deploy, matchers: [equal('check', 'api')] });
    const later = { starts_at: instant(NOON + 10 * MINUTE) };
    const pending = await silence(server, { ...deploy, ...later });
    const over = await silence(server, deploy);
    await server.call('bob', 'DELETE', `/silences/${over.id}`);
    const ids = async (query: string): Promise<string[]> =>
      (await server.call<Page<Silence>>('read', 'GET', `/silences${query}`)).body.items.map(({ id }) => id);
    assert.deepEqual(await ids(''), [over.id, pending.id, idle.id, used.id]);
    assert.deepEqual(await ids('?state=active'), [idle.id, used.id]);
    assert.deepEqual(await ids('?state=pending&state=expired'), [over.id, pending.id]);
    assert.deepEqual(await ids('?unused=true'), [idle.id]);
    assert.deepEqual(await ids('?unused=false'), [over.id, pending.id, used.id]);
    const first = await server.call<Page<Silence>>('read', 'GET', '/silences?limit=3');
    assert.deepEqual(await ids(`?limit=3&cursor=${first.body.next}`), [used.id]);
    assert.match(await refusal(server, 'GET', '/silences?state=old'), /^400 state/);
  });

  it('keeps them for 30 days after their end', async () => {
    await using server = await restServer();
    await silence(server, deploy);
    const limits = { pings: null, flips: 1, deliveries: 1, alerts: 1, afterCheck: 0 };
    const listed = async (): Promise<number> => {
      await server.writer.run('maintenance.retention', limits);
      return (await server.call<Page<Silence>>('read', 'GET', '/silences')).body.items.length;
    };
    await server.clock.advance(30 * 24 * HOUR + HOUR);
    assert.equal(await listed(), 1);
    await server.clock.advance(1);
    assert.equal(await listed(), 0);
  });

  it('previews what matchers would hide, and makes nothing', async () => {
    await using server = await restServer();
    await outage(server, ['web', 'api'], ['db']);
    const matchers = [regex('check', 'web|db')];
    const { body } = await server.call<SilencePreview>('bob', 'POST', '/silences/preview', { matchers });
    assert.deepEqual(
      [body.alerts.count, body.alerts.items.map(({ labels }) => labels['check'])],
      [1, ['web']],
    );
    assert.deepEqual([body.checks.count, body.checks.items.map(({ name }) => name)], [2, ['web', 'db']]);
    assert.equal(body.complete, true);
    assert.deepEqual(await server.store.db.selectFrom('silences').selectAll().execute(), []);
    assert.match(
      await refusal(server, 'POST', '/silences/preview', { matchers: [regex('a', '[')] }),
      /^400 matchers: matchers holds no regular expression/,
    );
  });
});
