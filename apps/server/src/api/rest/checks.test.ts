import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Channel, Check, Page, Ping } from '@vigie/contract';
import { make, ping, refusal } from '../../testing/rest-checks.ts';
import { restServer } from '../../testing/rest-server.ts';

describe('making a check', () => {
  it('takes everything from its body, and the rest by default', async () => {
    await using server = await restServer({ VIGIE_TIMEZONE: 'Europe/Paris' });
    const check = await make(server, {
      name: 'nightly',
      tags: ['prod', 'db', 'prod'],
      schedule: '0 3 * * *',
      environment: 'staging',
      manual_resume: true,
    });
    assert.deepEqual(check.tags, ['prod', 'db']);
    assert.equal(`${check.kind} ${check.schedule} ${check.time_zone}`, 'cron 0 3 * * * Europe/Paris');
    assert.equal(check.timeout, null);
    assert.equal(check.environment, 'staging');
    assert.equal(check.manual_resume, true);
    assert.equal(check.status, 'new');
    assert.equal(check.grace, 3600);
    assert.equal(check.ping_url, `http://vigie.test/ping/${check.id}`);
    const plain = await make(server, {});
    assert.equal(`${plain.kind} ${plain.timeout} ${plain.environment}`, 'simple 86400 production');
  });

  it('takes characters beyond the basic plane as they are', async () => {
    await using server = await restServer();
    const check = await make(server, { name: '\u{1f512}', tags: ['\u{1f512}'] });
    assert.deepEqual([check.name, check.tags], ['\u{1f512}', ['\u{1f512}']]);
  });

  it('takes periods from 5 s on', async () => {
    await using server = await restServer();
    assert.equal((await make(server, { timeout: 5, grace: 5 })).timeout, 5);
  });

  it('updates the check that has the given id', async () => {
    await using server = await restServer();
    const id = '0f0e0d0c-0b0a-4908-8706-050403020100';
    await make(server, { id, name: 'one' });
    const again = await server.call<Check>('bob', 'POST', '/checks', { id, name: 'two' });
    assert.equal(again.status, 200);
    assert.equal(again.body.name, 'two');
    await server.call('charlie', 'POST', '/projects', { name: "Charlie's" });
    const taken = await server.call('charlie', 'POST', '/checks', { id });
    assert.equal(taken.status, 409);
  });

  const refused: [body: unknown, expected: RegExp][] = [
    [{ timeout: 4 }, /^400 timeout: timeout is too small: it takes 5 at least$/],
    [{ grace: 31_536_001 }, /^400 grace: grace is too large: it takes 31536000 at most$/],
    [{ timeout: 60.5 }, /^400 timeout: timeout must be int$/],
    [{ timeout: '60' }, /^400 timeout: timeout must be number$/],
    [{ name: 'x'.repeat(101) }, /^400 name: name is too large: it takes 100 characters at most$/],
    [{ name: 'a\u0000b' }, /^400 name: name contains a null character$/],
    [{ name: 'a\ud83d' }, /^400 name: name contains an unpaired surrogate$/],
    [{ description: '\udd12b' }, /^400 description: description contains an unpaired surrogate$/],
    [{ tags: ['ok', '\ud83d'] }, /^400 tags\.1: tags\.1 contains an unpaired surrogate$/],
    [{ nmae: 'x' }, /^400 nmae: nmae is not known$/],
    [{ tags: ['a b'] }, /^400 tags\.0: tags\.0 is not one word/],
    [{ schedule: '0 25 * * *' }, /^400 schedule: schedule is not valid: hour: 25 is outside 0 to 23/],
    [{ schedule: '* * * * *', timeout: 60 }, /^400 schedule: schedule cannot be given beside timeout$/],
    [{ time_zone: 'Mars/Olympus' }, /^400 time_zone: time_zone "Mars\/Olympus" is not a known IANA name$/],
    [
      { time_zone: 'Europe/Pari' },
      /^400 time_zone: time_zone "Europe\/Pari" is not a known IANA name; did you mean Europe\/Paris\?$/,
    ],
    [
      { environment: 'moon' },
      /^400 environment: environment must be one of the project's: production, staging$/,
    ],
    [{ channels: 'some' }, /^400 channels: channels must be "all" or a list of ids$/],
    [{ channels: ['0f0e0d0c-0b0a-4908-8706-050403020100'] }, /^400 channels: channels holds 0f0e.* none of/],
    [{ id: 'x' }, /^400 id: id /],
    [[], /^400 : must be object$/],
    [null, /^400 : must be object$/],
  ];
  for (const [body, expected] of refused) {
    it(`refuses ${JSON.stringify(body).slice(0, 50)}`, async () => {
      await using server = await restServer();
      assert.match(await refusal(server, 'POST', '/checks', body), expected);
      assert.equal((await server.call<Page<Check>>('bob', 'GET', '/checks')).body.items.length, 0);
    });
  }

  for (const [payload, type, expected] of [
    ['{', 'application/json', 'the body cannot be read: it is no JSON'],
    [Buffer.from([0x22, 0xff, 0x22]), 'application/json', 'the body cannot be read: it is no UTF-8'],
    ['name=x', 'application/x-www-form-urlencoded', /^send JSON/],
  ] as const) {
    it(`refuses ${JSON.stringify(String(payload))} as ${type}`, async () => {
      await using server = await restServer();
      const headers = { ...server.headersOf('bob'), 'content-type': type };
      const url = '/api/vigie/checks';
      const response = await server.app.inject({ method: 'POST', url, headers, payload });
      const { error } = response.json() as { error: { message: string } };
      assert.equal(response.statusCode, 400);
      assert.match(error.message, new RegExp(expected));
    });
  }

  it('refuses a body that is too large', async () => {
    await using server = await restServer();
    const answer = await server.call('bob', 'POST', '/checks', { description: 'x'.repeat(1_100_000) });
    assert.equal(answer.status, 413);
    assert.equal(answer.body.error.code, 'too_large');
  });
});

describe('a check', () => {
  it('is changed only where it was seen, when the caller asks for that', async () => {
    await using server = await restServer();
    const { id, revision } = await make(server, { name: 'one', schedule: '0 3 * * *' });
    const first = await server.call<Check>('bob', 'PATCH', `/checks/${id}`, { revision, timeout: 60 });
    assert.equal(`${first.body.kind} ${first.body.timeout} ${first.body.revision}`, 'simple 60 2');
    assert.match(
      await refusal(server, 'PATCH', `/checks/${id}`, { revision, name: 'two' }),
      /^409 revision: the check was changed meanwhile$/,
    );
    const stale = await server.call('bob', 'PATCH', `/checks/${id}`, { revision, name: 'two' });
    assert.equal(stale.body.error.current_revision, 2);
    assert.equal((await server.call<Check>('bob', 'GET', `/checks/${id}`)).body.name, 'one');
  });

  it('keeps what a change leaves out', async () => {
    await using server = await restServer();
    const { id } = await make(server, { name: 'one', schedule: '0 3 * * *', time_zone: 'Europe/Paris' });
    const { body } = await server.call<Check>('bob', 'PATCH', `/checks/${id}`, { schedule: '0 4 * * *' });
    assert.equal(`${body.name} ${body.schedule} ${body.time_zone}`, 'one 0 4 * * * Europe/Paris');
  });

  it('shows who may only look neither its UUID nor how to ping it', async () => {
    await using server = await restServer();
    const own = await make(server, { name: 'one' });
    for (const caller of ['read', 'rita'] as const) {
      const { body } = await server.call<Page<Check>>(caller, 'GET', '/checks');
      const [seen] = body.items;
      assert.ok(seen);
      assert.match(seen.id, /^[0-9a-f]{40}$/);
      assert.equal(seen.ping_url, null);
      assert.ok(!JSON.stringify(body).includes(own.id));
      assert.deepEqual((await server.call<Check>(caller, 'GET', `/checks/${seen.id}`)).body, seen);
    }
  });

  it('is paused, resumed, cleared and deleted', async () => {
    await using server = await restServer();
    const { id } = await make(server, {});
    await ping(server, id, 'success');
    const status = async (verb: string) =>
      (await server.call<Check>('write', 'POST', `/checks/${id}/${verb}`)).body.status;
    assert.equal(await status('pause'), 'paused');
    assert.equal(await status('resume'), 'new');
    assert.match(await refusal(server, 'POST', `/checks/${id}/resume`), /^409 null: check is not paused$/);
    assert.equal(await status('clear'), 'new');
    assert.equal((await server.call<Page<Ping>>('bob', 'GET', `/checks/${id}/pings`)).body.items.length, 0);
    assert.equal((await server.call<Check>('bob', 'DELETE', `/checks/${id}`)).body.id, id);
    assert.equal(await refusal(server, 'GET', `/checks/${id}`), '404 null: no such check');
  });

  it('says when it is expected and when it goes down', async () => {
    await using server = await restServer();
    const { id } = await make(server, { timeout: 60, grace: 30 });
    await ping(server, id, 'success');
    const at = async () => {
      const { body } = await server.call<Check>('bob', 'GET', `/checks/${id}`);
      return `${body.status} ${body.last_ping} ${body.next_ping} ${body.deadline}`;
    };
    const day = '2026-07-15T12:0';
    assert.equal(await at(), `up ${day}0:00.000Z ${day}1:00.000Z ${day}1:30.000Z`);
    await server.clock.advance(75_000);
    assert.match(await at(), /^grace /);
    await server.clock.advance(15_000);
    assert.match(await at(), /^down /);
  });

  for (const path of ['x', '0f0e0d0c-0b0a-4908-8706-050403020100', 'a'.repeat(40), '%00', "' or 1=1"]) {
    it(`does not exist as ${path}`, async () => {
      await using server = await restServer();
      assert.equal(await refusal(server, 'GET', `/checks/${encodeURI(path)}`), '404 null: no such check');
    });
  }
});

describe('a run in progress', () => {
  it('tells when it began, by the clock of now, until it ends', async () => {
    await using server = await restServer();
    const { id, started_at } = await make(server, {});
    assert.equal(started_at, null);
    const shown = async () => (await server.call<Check>('bob', 'GET', `/checks/${id}`)).body;
    await ping(server, id, 'start');
    await server.clock.advance(5_000);
    assert.deepEqual(
      [(await shown()).started, (await shown()).started_at],
      [true, '2026-07-15T12:00:00.000Z'],
    );
    await server.store.db.updateTable('check_states').set({ skew: 60_000 }).execute();
    assert.equal((await shown()).started_at, '2026-07-15T12:01:00.000Z');
    await ping(server, id, 'success');
    assert.deepEqual([(await shown()).started, (await shown()).started_at], [false, null]);
  });
});

describe('a list of checks', () => {
  it('comes in pages that a cursor goes through', async () => {
    await using server = await restServer();
    for (const name of ['c', 'a', 'b', 'd', 'e']) await make(server, { name });
    const names: string[] = [];
    let cursor = '';
    do {
      const path = `/checks?sort=-name&limit=2${cursor}`;
      const { body } = await server.call<Page<Check>>('read', 'GET', path);
      assert.ok(body.items.length <= 2);
      names.push(...body.items.map((check) => check.name));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    assert.deepEqual(names, ['e', 'd', 'c', 'b', 'a']);
  });

  it('is filtered by what the caller asks', async () => {
    await using server = await restServer();
    await make(server, { name: 'Backup', tags: ['prod', 'db'], slug: 'backup' });
    await make(server, { name: 'mail', tags: ['prod'], environment: 'staging' });
    const names = async (query: string) =>
      (await server.call<Page<Check>>('read', 'GET', `/checks?${query}`)).body.items.map((one) => one.name);
    assert.deepEqual(await names('q=BACK'), ['Backup']);
    assert.deepEqual(await names('tag=prod&tag=db'), ['Backup']);
    assert.deepEqual(await names('tag=prod'), ['Backup', 'mail']);
    assert.deepEqual(await names('slug=backup'), ['Backup']);
    assert.deepEqual(await names('environment=staging'), ['mail']);
    assert.deepEqual(await names('status=up&status=grace'), []);
    assert.deepEqual(await names('status=new'), ['Backup', 'mail']);
  });

  for (const [query, expected] of [
    ['limit=0', '400 limit: limit is too small: it takes 1 at least'],
    ['limit=501', '400 limit: limit is too large: it takes 500 at most'],
    ['limit=ten', '400 limit: limit is not a whole number'],
    ['status=broken', '400 status.0: status.0 must be one of'],
    ['cursor=x', '400 cursor: cursor is not one of this list and order'],
    ['sort=size', '400 sort: sort must be one of'],
    ['page=2', '400 page: page is not known'],
    ['q=%00', '400 q: q contains a null character'],
    ['project=x', '404 null: no such project'],
  ] as const) {
    it(`refuses ${query}`, async () => {
      await using server = await restServer();
      assert.ok((await refusal(server, 'GET', `/checks?${query}`)).startsWith(expected));
    });
  }

  it('takes a cursor for the order only that gave it', async () => {
    await using server = await restServer();
    for (const name of ['a', 'b']) await make(server, { name });
    const { body } = await server.call<Page<Check>>('bob', 'GET', '/checks?limit=1');
    assert.match(await refusal(server, 'GET', `/checks?sort=name&cursor=${body.next}`), /^400 cursor/);
  });

  it('is of the project that the caller names, where there are several', async () => {
    await using server = await restServer();
    await make(server, { name: 'ours' });
    const { body } = await server.call<{ id: string }>('bob', 'POST', '/projects', { name: 'Mine' });
    assert.equal(
      await refusal(server, 'GET', '/checks'),
      '400 project: project is missing: you see 2 of them',
    );
    const list = (project: string) => server.call<Page<Check>>('bob', 'GET', `/checks?project=${project}`);
    assert.equal((await list(body.id)).body.items.length, 0);
    assert.equal((await list(server.project.code)).body.items.length, 1);
    assert.equal((await server.call('charlie', 'GET', `/checks?project=${body.id}`)).status, 404);
  });
});

describe('the channels of a check', () => {
  it('are those of its project that its settings name', async () => {
    await using server = await restServer();
    const hook = { kind: 'webhook', name: 'hook', settings: { url_down: 'http://127.0.0.1:1/' } };
    const { id } = (await server.call<Channel>('bob', 'POST', '/channels', hook)).body;
    const check = await make(server, { channels: 'all' });
    assert.deepEqual(check.channels, [id]);
    const change = (channels: unknown) =>
      server.call<Check>('bob', 'PATCH', `/checks/${check.id}`, { channels });
    assert.deepEqual((await change([])).body.channels, []);
    assert.deepEqual((await change([id])).body.channels, [id]);
  });
});

describe('what a check depends on', () => {
  it('is set, shown, changed and taken away', async () => {
    await using server = await restServer();
    const db = await make(server, { name: 'db' });
    const api = await make(server, { name: 'api', depends_on: [db.id] });
    assert.deepEqual([db.depends_on, api.depends_on], [[], [db.id]]);
    const patch = (body: object) => server.call<Check>('bob', 'PATCH', `/checks/${api.id}`, body);
    assert.deepEqual((await patch({ name: 'API' })).body.depends_on, [db.id]);
    const listed = await server.call<Page<Check>>('bob', 'GET', '/checks?sort=-created');
    assert.deepEqual(listed.body.items[0]?.depends_on, [db.id]);
    assert.deepEqual((await patch({ depends_on: [] })).body.depends_on, []);
    await patch({ depends_on: [db.id] });
    await server.call('bob', 'DELETE', `/checks/${db.id}`);
    assert.deepEqual((await server.call<Check>('bob', 'GET', `/checks/${api.id}`)).body.depends_on, []);
  });

  it('does not give who may only look what pings', async () => {
    await using server = await restServer();
    const db = await make(server, { name: 'db' });
    const api = await make(server, { name: 'api', depends_on: [db.id] });
    const shown = await server.call<Check>('rita', 'GET', `/checks?q=api`);
    assert.equal(shown.text.includes(db.id), false);
    const [key = ''] =
      (await server.call<Page<Check>>('rita', 'GET', '/checks?q=api')).body.items[0]?.depends_on ?? [];
    assert.equal((await server.call<Check>('rita', 'GET', `/checks/${key}`)).body.name, 'db');
    assert.equal(shown.text.includes(api.id), false);
  });

  it('refuses circles and strangers, and makes no check then', async () => {
    await using server = await restServer();
    const db = await make(server, { name: 'db' });
    const api = await make(server, { name: 'api', depends_on: [db.id] });
    const set = (id: string, ...on: string[]) =>
      refusal(server, 'PATCH', `/checks/${id}`, { depends_on: on });
    assert.equal(await set(db.id, db.id), '400 depends_on: depends_on holds the check itself');
    assert.equal(
      await set(db.id, api.id),
      '400 depends_on: depends_on would close a circle: api depends on this check, directly or through others',
    );
    assert.match(await set(api.id, 'db'), /^400 depends_on.0: depends_on.0 is not a UUID in lower case$/);
    assert.match(
      await set(api.id, ...Array(21).fill(db.id)),
      /^400 depends_on: depends_on is too large: it takes 20 items at most$/,
    );
    const unknown = '00000000-0000-4000-8000-000000000000';
    assert.equal(
      await refusal(server, 'POST', '/checks', { name: 'new', depends_on: [unknown] }),
      `400 depends_on: depends_on holds ${unknown}, which is no check of the project`,
    );
    assert.equal((await server.call<Page<Check>>('bob', 'GET', '/checks')).body.items.length, 2);
  });
});
