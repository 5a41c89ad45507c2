import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {
  Alert,
  Channel,
  Check,
  Explanation,
  Incident,
  IncidentDetail,
  Page,
  StoryEntry,
} from '@vigie/contract';
import { aPostedAlert } from '../../testing/alerts.ts';
import { make, ping, refusal } from '../../testing/rest-checks.ts';
import { type Caller, type RestServer, restServer } from '../../testing/rest-server.ts';

const at = (server: RestServer): string => new Date(server.clock.now()).toISOString();

async function alertsOf(server: RestServer, query = '', caller: Caller = 'bob'): Promise<Alert[]> {
  const answer = await server.call<Page<Alert>>(caller, 'GET', `/alerts${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.body.items;
}

async function onlyAlert(server: RestServer, caller: Caller = 'bob'): Promise<Alert> {
  const [alert, ...more] = await alertsOf(server, '', caller);
  assert.ok(alert);
  assert.equal(more.length, 0);
  return alert;
}

async function hook(server: RestServer, name: string): Promise<string> {
  const settings = { url_down: 'http://127.0.0.1:1/', url_up: 'http://127.0.0.1:1/' };
  const { body } = await server.call<Channel>('bob', 'POST', '/channels', {
    kind: 'webhook',
    name,
    settings,
  });
  return body.id;
}

/** What a provider said to the oldest message that waits for a channel. */
async function settle(server: RestServer, channel: string, state: 'sent' | 'failed', text: string) {
  const { db } = server.store;
  const { id: channelId } = await db
    .selectFrom('channels')
    .select('id')
    .where('code', '=', channel)
    .executeTakeFirstOrThrow();
  const row = await db
    .selectFrom('deliveries')
    .select(['id', 'lane'])
    .where('channel_id', '=', channelId)
    .where('state', '=', 'queued')
    .orderBy('id')
    .executeTakeFirstOrThrow();
  const owner = 'node';
  const { fence } = await db
    .updateTable('work')
    .set({ owner })
    .where('key', '=', row.lane)
    .returning('fence')
    .executeTakeFirstOrThrow();
  const said = state === 'sent' ? { answer: text, error: '' } : { answer: '', error: text };
  const result = { deliveryId: row.id, state, at: server.clock.now(), duration: 0, ...said };
  await server.writer.run('notify.settle', {
    lane: row.lane,
    owner,
    fence,
    result: { ...result, channelId, disable: false },
    again: null,
  });
}

const texts = (story: StoryEntry[]): string[] => story.map(({ text }) => text);

describe('the list of alerts', () => {
  it('shows the newest first, page by page', async () => {
    await using server = await restServer();
    for (const n of [1, 2, 3, 4, 5]) {
      const labels = { alertname: `A${n}`, severity: n % 2 === 0 ? 'warning' : 'critical', host: `h${n}` };
      await server.writer.run('alerts.post', [aPostedAlert(server.project.id, { labels })]);
    }
    const names: string[] = [];
    for (let path: string | null = '/alerts?limit=2'; path !== null; ) {
      const { body }: { body: Page<Alert> } = await server.call<Page<Alert>>('read', 'GET', path);
      names.push(...body.items.map(({ name }) => name));
      path = body.next === null ? null : `/alerts?limit=2&cursor=${body.next}`;
    }
    assert.deepEqual(names, ['A5', 'A4', 'A3', 'A2', 'A1']);
  });

  it('calls held what is held now, and not what was until it was over', async () => {
    await using server = await restServer();
    const silence = {
      matchers: [{ name: 'host', value: 'h1' }],
      ends_at: '2027-01-01T00:00:00Z',
      comment: 'new',
    };
    await server.call('bob', 'POST', '/silences', silence);
    const post = (alertname: string, endsAt: number | null = null) =>
      server.writer.run('alerts.post', [
        aPostedAlert(server.project.id, { labels: { alertname, host: 'h1' }, endsAt }),
      ]);
    await post('Over');
    await post('Over', 1);
    await post('Fires');
    const namesOf = async (query: string) => (await alertsOf(server, query)).map(({ name }) => name);
    assert.deepEqual(await namesOf('?held=true'), ['Fires']);
    assert.deepEqual(await namesOf('?held=false'), ['Over']);
  });

  it('is filtered by everything that it says', async () => {
    await using server = await restServer();
    const { id: check } = await make(server, { name: 'backup', tags: ['tier1'], environment: 'staging' });
    await ping(server, check, 'fail');
    const post = (labels: Record<string, string>, endsAt: number | null = null) =>
      server.writer.run('alerts.post', [aPostedAlert(server.project.id, { labels, endsAt })]);
    await post({ alertname: 'Disk', severity: 'warning', host: 'web.1' });
    await post({ alertname: 'Old', severity: 'info' });
    await post({ alertname: 'Old', severity: 'info' }, 1);
    const [disk] = await alertsOf(server, '?source=api&state=firing');
    await server.call('bob', 'POST', `/alerts/${disk?.id}/acknowledge`, {});
    const cases: [string, string[]][] = [
      ['', ['Old', 'Disk', 'CheckDown']],
      ['?state=firing', ['Disk', 'CheckDown']],
      ['?state=resolved', ['Old']],
      ['?severity=warning&severity=info', ['Old', 'Disk']],
      [`?check=${check}`, ['CheckDown']],
      ['?environment=staging', ['CheckDown']],
      ['?acked=true', ['Disk']],
      ['?acked=false', ['Old', 'CheckDown']],
      ['?held=true', []],
      [`?filter=${encodeURIComponent('host=~"web.*"')}`, ['Disk']],
      [`?filter=host!%3D&filter=${encodeURIComponent('severity=warning')}`, ['Disk']],
      ['?filter=severity%3Dcritical', ['CheckDown']],
      ['?filter=nothing%3Dsuch', []],
    ];
    for (const [query, names] of cases) {
      assert.deepEqual(
        (await alertsOf(server, query)).map(({ name }) => name),
        names,
        query,
      );
    }
    assert.match(await refusal(server, 'GET', '/alerts?filter=nonsense'), /^400 filter: is no matcher/);
    assert.match(
      await refusal(server, 'GET', '/alerts?filter=a%3D~%28'),
      /^400 filter: filter holds no regular expression \(RE2\): \(: /,
    );
    const large = encodeURIComponent(`a=~"${'.{1000}'.repeat(10)}"`);
    assert.match(
      await refusal(server, 'GET', `/alerts?filter=${large}`),
      /^400 filter: filter holds regular expressions that are too large$/,
    );
    assert.match(await refusal(server, 'GET', '/alerts?state=maybe'), /^400 state/);
    assert.match(await refusal(server, 'GET', '/alerts/99999999999999999'), /^404/);
  });

  it('looks at a bounded number of alerts, and says where to go on', async () => {
    await using server = await restServer();
    const posts = Array.from({ length: 6_000 }, (_, n) =>
      aPostedAlert(server.project.id, { labels: { alertname: `A${n}` } }),
    );
    await server.writer.run('alerts.post', posts);
    const query = `/alerts?filter=${encodeURIComponent('alertname="A0"')}`;
    const { body } = await server.call<Page<Alert>>('bob', 'GET', query);
    assert.deepEqual(body.items, []);
    const rest = await server.call<Page<Alert>>('bob', 'GET', `${query}&cursor=${body.next}`);
    assert.deepEqual([rest.body.items.map(({ name }) => name), rest.body.next], [['A0'], null]);
  });

  it('gives whoever may only look no UUID of a check, and a key of that kind nothing that a job sent', async () => {
    await using server = await restServer();
    const settings = { url_down: 'https://hook.test/' };
    await server.call('bob', 'POST', '/channels', { kind: 'webhook', name: 'hook', settings });
    const parent = await make(server, { name: 'database' });
    const child = await make(server, { name: 'shop', depends_on: [parent.id] });
    await ping(server, parent.id, 'fail');
    await ping(server, child.id, 'fail', 'password=hunter2');
    for (const path of ['/alerts', '/explain?from=2026-07-15T00:00:00Z&to=2026-07-16T00:00:00Z']) {
      const seen = await server.call('read', 'GET', path);
      for (const secret of [parent.id, child.id, 'hunter2']) {
        assert.ok(!seen.text.includes(secret), `${path} shows ${secret}`);
      }
    }
    const [held] = await alertsOf(server, '?held=true', 'read');
    const parentKey = (await server.call<Page<Check>>('read', 'GET', '/checks?q=database')).body.items[0]?.id;
    assert.deepEqual(
      held?.held.map(({ by, id, text }) => [by, id, text]),
      [['dependency', parentKey, 'database']],
    );
    const story = await server.call('read', 'GET', `/alerts/${held?.id}/explain`);
    assert.ok(!story.text.includes(parent.id) && !story.text.includes('hunter2'));
    const whole = await server.call('bob', 'GET', `/alerts/${held?.id}/explain`);
    assert.ok(whole.text.includes(parent.id) && whole.text.includes('hunter2'));
  });
});

describe('acknowledging', () => {
  it('is done once; whoever comes second sees who was first', async () => {
    await using server = await restServer();
    await server.writer.run('alerts.post', [aPostedAlert(server.project.id)]);
    const { id } = await onlyAlert(server);
    const path = `/alerts/${id}/acknowledge`;
    const done = await server.call<Alert>('bob', 'POST', path, { comment: 'on it' });
    const acknowledged = { at: at(server), by: 'bob@example.org' };
    assert.deepEqual([done.status, done.body.acknowledged], [200, acknowledged]);
    await server.clock.advance(60_000);
    const late = await server.call<Alert>('write', 'POST', path, {});
    assert.deepEqual([late.status, late.body.acknowledged], [200, acknowledged]);
    const { db } = server.store;
    const events = await db
      .selectFrom('alert_events')
      .select(['actor', 'detail'])
      .where('kind', '=', 'acknowledged')
      .execute();
    assert.deepEqual(
      events.map((event) => ({ ...event })),
      [{ actor: 'user:bob@example.org', detail: '{"comment":"on it"}' }],
    );
    const audit = await db
      .selectFrom('audit_log')
      .select('target')
      .where('action', '=', 'alert.acknowledge')
      .execute();
    assert.deepEqual(
      audit.map(({ target }) => target),
      [id],
    );
    const effect = server.effects.find((one) => one.type === 'changed' && one.noun === 'incident');
    assert.ok(effect);
  });

  it('can be taken back while it fires; the incident then has the next one, or none', async () => {
    await using server = await restServer();
    await make(server, { name: 'database' });
    const { id: checkId } = await server.store.db.selectFrom('checks').select('id').executeTakeFirstOrThrow();
    const check = { id: checkId, flipId: null };
    const posted = (name: string, endsAt: number | null = null) =>
      aPostedAlert(server.project.id, { labels: { alertname: name, severity: 'P1' }, check, endsAt });
    await server.writer.run('alerts.post', [posted('Full'), posted('Hot')]);
    const [one, other] = await alertsOf(server, '');
    const path = `/alerts/${one?.id}/acknowledge`;
    const incidents = async () =>
      (await server.call<Page<Incident>>('read', 'GET', '/incidents')).body.items.map(
        ({ acknowledged_by: by }) => by,
      );
    await server.call('bob', 'POST', path, {});
    await server.clock.advance(1_000);
    await server.call('write', 'POST', `/alerts/${other?.id}/acknowledge`, {});
    assert.deepEqual(await incidents(), ['bob@example.org']);
    const taken = await server.call<Alert>('bob', 'DELETE', path);
    assert.deepEqual([taken.status, taken.body.acknowledged], [200, null]);
    assert.deepEqual(await incidents(), ['the API key hcw_wwww']);
    await server.call('bob', 'DELETE', `/alerts/${other?.id}/acknowledge`);
    assert.deepEqual(await incidents(), [null]);
    // A second time it changes nothing.
    assert.equal((await server.call('bob', 'DELETE', path)).status, 200);
    const { body } = await server.call<Explanation>('bob', 'GET', `/alerts/${one?.id}/explain`);
    const takenBack = texts(body.story).filter((text) => /taken back/.test(text));
    assert.deepEqual(takenBack, ['The acknowledgement was taken back by bob@example.org.']);
    await server.call('bob', 'POST', path, {});
    await server.writer.run('alerts.post', [
      posted('Full', server.clock.now()),
      posted('Hot', server.clock.now()),
    ]);
    assert.equal(await refusal(server, 'DELETE', path), '409 null: the alert is resolved');
  });

  it('is refused for what is over', async () => {
    await using server = await restServer();
    await server.writer.run('alerts.post', [aPostedAlert(server.project.id)]);
    await server.writer.run('alerts.post', [aPostedAlert(server.project.id, { endsAt: server.clock.now() })]);
    const { id } = await onlyAlert(server);
    assert.equal(
      await refusal(server, 'POST', `/alerts/${id}/acknowledge`, {}),
      `409 null: the alert was resolved at ${at(server)}: there is nothing to acknowledge`,
    );
  });
});

describe('the story of an alert', () => {
  it('tells it from its raising to its last message, in plain sentences', async () => {
    await using server = await restServer();
    const mail = await hook(server, 'Ops mail');
    const pager = await hook(server, 'Pager');
    const check = await make(server, { name: 'database', tags: ['tier1'], channels: [mail, pager] });
    await server.call('bob', 'PATCH', `/channels/${pager}`, { disabled: true });
    await ping(server, check.id, 'fail');
    await server.clock.advance(1_000);
    await settle(server, mail, 'sent', '250 OK.');
    const { id } = await onlyAlert(server);
    await server.clock.advance(60_000);
    await server.call('bob', 'POST', `/alerts/${id}/acknowledge`, { comment: 'on it' });
    await server.clock.advance(60_000);
    await ping(server, check.id, 'success');
    await server.clock.advance(1_000);
    await settle(server, mail, 'failed', 'HTTP 500');
    const { body } = await server.call<Explanation>('bob', 'GET', `/alerts/${id}/explain`);
    assert.deepEqual(texts(body.story), [
      'CheckDown of database was raised: the job reported a failure.',
      "The message goes to Ops mail: the check's own channels. Switched off: Pager.",
      'It opened the incident "CheckDown: database".',
      'The message to Ops mail was sent: 250 OK.',
      'Acknowledged by bob@example.org: "on it".',
      'Resolved. The resolution goes to Ops mail: whoever was told that it fires.',
      'The incident "CheckDown: database" is over with it.',
      'The resolution to Ops mail failed for good at try 1: HTTP 500.',
    ]);
    assert.equal(body.cut, false);
    assert.deepEqual(body.story[3]?.detail['answer'], '250 OK.');
  });

  it('says what held it back and until when', async () => {
    await using server = await restServer();
    const ends_at = new Date(server.clock.now() + 3_600_000).toISOString();
    const matchers = [{ name: 'alertname', value: 'DiskFull' }];
    const silence = { matchers, ends_at, comment: 'new disks' };
    assert.equal((await server.call('bob', 'POST', '/silences', silence)).status, 201);
    await server.writer.run('alerts.post', [aPostedAlert(server.project.id)]);
    const { id } = await onlyAlert(server);
    await server.clock.advance(3_600_001);
    await server.writer.run('alerts.review', null);
    const { body } = await server.call<Explanation>('bob', 'GET', `/alerts/${id}/explain`);
    assert.deepEqual(texts(body.story), [
      'DiskFull of h1:9100 was raised: no space left on /var.',
      'Nobody is told yet: held back by the silence "new disks", until 2026-07-15 13:00:00 UTC at least.',
      'Nothing holds it back any more. Nobody is told: there is no channel for it.',
      'It opened the incident "DiskFull: h1:9100".',
    ]);
  });
});

describe('why nobody was paged', () => {
  const DAY = '/explain?from=2026-07-15T00:00:00Z&to=2026-07-16T00:00:00Z';

  it('is answered for each way in which that can be', async () => {
    await using server = await restServer();
    const nobody = await make(server, { name: 'nobody' });
    await ping(server, nobody.id, 'fail');
    const mail = await hook(server, 'Ops mail');
    const broken = await make(server, { name: 'broken', channels: [mail] });
    await ping(server, broken.id, 'fail');
    await settle(server, mail, 'failed', 'HTTP 500');
    await server.store.db
      .insertInto('outages')
      .values({ from_at: server.clock.now() + 5, to_at: server.clock.now() + 60_000, moved: 3 })
      .execute();
    await server.clock.advance(120_000);
    await ping(server, nobody.id, 'success');
    const { body } = await server.call<Explanation>('read', 'GET', DAY);
    assert.deepEqual(texts(body.story), [
      'CheckDown of nobody was raised: the job reported a failure. Nobody is told: there is no channel for it.',
      "CheckDown of broken was raised: the job reported a failure. The message goes to Ops mail: the check's own channels. Ops mail: failed after 1 try: HTTP 500.",
      'Vigie itself was away until 2026-07-15 12:01:00 UTC: nobody watched, and deadlines of 3 checks were moved.',
      'CheckDown of nobody: Resolved. Nobody is told: nobody had been told.',
    ]);
    const one = await server.call<Explanation>('bob', 'GET', `${DAY}&check=${broken.id}`);
    assert.equal(one.body.story.filter(({ text }) => text.includes('nobody was raised')).length, 0);
    assert.equal(one.body.story.filter(({ text }) => text.includes('broken was raised')).length, 1);
    const cut = await server.call<Explanation>('bob', 'GET', `${DAY}&limit=2`);
    assert.deepEqual([cut.body.story.length, cut.body.cut], [2, true]);
  });

  it('names what a policy kept back, and silences made and ended', async () => {
    await using server = await restServer();
    const check = await make(server, { name: 'flaky', policies: { after: { bad: 2, of: 3 } } });
    await ping(server, check.id, 'fail');
    const ends_at = new Date(server.clock.now() + 3_600_000).toISOString();
    const silence = { matchers: [{ name: 'check', value: 'flaky' }], ends_at, comment: 'deploy' };
    const made = await server.call<{ id: string }>('bob', 'POST', '/silences', silence);
    await server.call('bob', 'DELETE', `/silences/${made.body.id}`);
    const { body, text } = await server.call<Explanation>('read', 'GET', DAY);
    const said = texts(body.story).join('\n');
    assert.match(said, /^flaky went down \(the job reported a failure\) and raised no alert/m);
    assert.match(said, /^No alert for flaky: /m);
    assert.match(
      said,
      /^The silence "deploy" was created by bob@example\.org, until 2026-07-15 13:00:00 UTC\.$/m,
    );
    assert.match(said, /^The silence "deploy" was expired by bob@example\.org\.$/m);
    assert.ok(!text.includes(check.id));
  });

  it('refuses ranges that are none, and checks that are not there', async () => {
    await using server = await restServer();
    const cases: [string, string][] = [
      ['from=2026-07-16T00:00:00Z&to=2026-07-15T00:00:00Z', '400 from: from is not before to'],
      ['from=2026-06-01T00:00:00Z&to=2026-07-15T00:00:00Z', '400 from: from is more than 31 days before to'],
      ['from=2026-07-14T00:00:00Z&to=2026-07-15T00:00:00Z&check=x', '400 check: no such check: x'],
    ];
    for (const [query, said] of cases) assert.equal(await refusal(server, 'GET', `/explain?${query}`), said);
    assert.match(await refusal(server, 'GET', '/explain?from=yesterday&to=today'), /^400 from/);
  });
});

describe('an incident', () => {
  it('is opened by what is grave, joined by what depends on it, and over with the last of them', async () => {
    await using server = await restServer();
    const database = await make(server, { name: 'database', tags: ['tier1'] });
    const shop = await make(server, { name: 'shop', tags: ['tier1'], depends_on: [database.id] });
    const blog = await make(server, { name: 'blog', tags: ['tier2'] });
    await ping(server, blog.id, 'fail');
    await ping(server, shop.id, 'fail');
    await server.clock.advance(1_000);
    await ping(server, database.id, 'fail');
    const list = async () => (await server.call<Page<Incident>>('read', 'GET', '/incidents')).body.items;
    // The shop was told before the database was known to be down: two outages, as far as anybody can know.
    assert.deepEqual(
      (await list()).map(({ title, alerts }) => [title, alerts]),
      [
        ['CheckDown: database', 1],
        ['CheckDown: shop', 1],
      ],
    );
    await ping(server, shop.id, 'success');
    const late = (await list()).find(({ title }) => title.endsWith('shop'));
    assert.equal(late?.state, 'resolved');
    assert.equal(late?.time_to_resolve, 1);
  });

  it('is joined by what concerns the same check, or one that depends on it', async () => {
    await using server = await restServer();
    const database = await make(server, { name: 'database', tags: ['tier1'] });
    const shop = await make(server, { name: 'shop', tags: ['tier1'], depends_on: [database.id] });
    const { db } = server.store;
    const rows = await db.selectFrom('checks').select(['id', 'code']).execute();
    const about = (name: string, { id }: Check, endsAt: number | null = null) => {
      const check = { id: rows.find(({ code }) => code === id)?.id ?? 0, flipId: null };
      const labels = { alertname: name, severity: 'P1' };
      return aPostedAlert(server.project.id, { labels, check, endsAt, startsAt: server.clock.now() - 5_000 });
    };
    // In one batch, the dependent first.
    await server.writer.run('alerts.post', [
      about('Slow', shop),
      about('Full', database),
      about('Hot', database),
    ]);
    const list = async () => (await server.call<Page<Incident>>('read', 'GET', '/incidents')).body.items;
    const [incident, ...others] = await list();
    assert.deepEqual([incident?.title, incident?.alerts, others.length], ['Full', 3, 0]);
    await server.clock.advance(30_000);
    const [slow] = await alertsOf(server, '?filter=alertname%3DSlow');
    await server.call('bob', 'POST', `/alerts/${slow?.id}/acknowledge`, {});
    const over = server.clock.now();
    await server.writer.run('alerts.post', [about('Full', database, over), about('Hot', database, over)]);
    assert.equal((await list())[0]?.state, 'open');
    // The shop itself is down, too: it joins what the database began.
    await ping(server, shop.id, 'fail');
    assert.equal((await list())[0]?.alerts, 4);
    await server.clock.advance(25_000);
    await server.writer.run('alerts.post', [about('Slow', shop, server.clock.now())]);
    await ping(server, shop.id, 'success');
    const { body } = await server.call<IncidentDetail>('read', 'GET', `/incidents/${incident?.id}`);
    assert.deepEqual(
      [body.state, body.acknowledged_by, body.time_to_detect, body.time_to_acknowledge, body.time_to_resolve],
      ['resolved', 'bob@example.org', 5, 30, 60],
    );
    assert.deepEqual(
      body.members.map(({ name }) => name),
      ['Slow', 'Full', 'Hot', 'CheckDown'],
    );
    assert.match(texts(body.timeline).join('\n'), /^It joined the incident "Full"\.$/m);
    const summary = await server.call('read', 'GET', '/incidents/summary');
    const { from: _, to: __, ...means } = JSON.parse(summary.text);
    assert.deepEqual(means, { count: 1, acknowledged: 1, resolved: 1, mttd: 5, mtta: 30, mttr: 60 });
    assert.match(await refusal(server, 'GET', '/incidents/summary?from=2030-01-01T00:00:00Z'), /^400 from/);
  });

  it('is opened neither by what is held nor by a drill', async () => {
    await using server = await restServer();
    await server.call('bob', 'POST', '/drills', {});
    const ends_at = new Date(server.clock.now() + 3_600_000).toISOString();
    const matchers = [{ name: 'alertname', value: 'DiskFull' }];
    await server.call('bob', 'POST', '/silences', { matchers, ends_at, comment: 'x' });
    await server.writer.run('alerts.post', [aPostedAlert(server.project.id)]);
    assert.equal((await alertsOf(server)).length, 2);
    const { body } = await server.call<Page<Incident>>('bob', 'GET', '/incidents');
    assert.deepEqual(body.items, []);
  });
});
