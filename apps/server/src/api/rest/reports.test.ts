import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AuditEntry, Check, Page, ReportBody, ReportSubscriptions } from '@vigie/contract';
import { make, ping } from '../../testing/rest-checks.ts';
import { type RestServer, restServer } from '../../testing/rest-server.ts';

const DAY = 86_400_000;

/** A project in its second week: a check that was down for an hour on Thursday, one that never reported. */
async function shop(): Promise<RestServer> {
  const server = await restServer();
  const { id } = await make(server, { name: 'Shop <b>', timeout: 30 * 86_400 });
  await make(server, { name: 'Silent', environment: 'staging' });
  await ping(server, id, 'success');
  await server.clock.advance(DAY);
  await ping(server, id, 'fail');
  await server.clock.advance(DAY / 24);
  await ping(server, id, 'success');
  await server.clock.advance(4 * DAY);
  return server;
}

describe('which reports come', () => {
  it('are the monthly ones unless told otherwise, of the projects one is a member of', async () => {
    await using server = await restServer();
    const { body } = await server.call<ReportSubscriptions>('bob', 'GET', '/me/reports');
    const usual = { project: server.project.code, daily: false, weekly: false, monthly: true };
    assert.deepEqual(body.items, [usual]);
    const stranger = await server.call<ReportSubscriptions>('charlie', 'GET', '/me/reports');
    assert.deepEqual(stranger.body.items, []);
  });

  it('are changed by everybody for themselves, and what is left out stays', async () => {
    await using server = await restServer();
    const project = server.project.code;
    const patch = { items: [{ project, weekly: true }] };
    const { status, body } = await server.call<ReportSubscriptions>('rita', 'PATCH', '/me/reports', patch);
    assert.equal(status, 200);
    assert.deepEqual(body.items, [{ project, daily: false, weekly: true, monthly: true }]);
    const bob = await server.call<ReportSubscriptions>('bob', 'GET', '/me/reports');
    assert.equal(bob.body.items[0]?.weekly, false);
    const { body: audit } = await server.call<Page<AuditEntry>>('admin', 'GET', '/audit');
    const [entry] = audit.items;
    assert.deepEqual([entry?.action, entry?.actor], ['report.subscribe', 'user:rita@example.org']);
  });

  const REFUSED: [body: object, status: number, field: string | null][] = [
    [{ items: [] }, 400, 'items'],
    [{}, 400, 'items'],
    [{ items: [{ project: 'x' }] }, 400, 'items.0.project'],
    [{ items: [{ project: '0cab08fe-03f4-48c2-a927-90493fa0b2f2', daily: true }] }, 400, 'items.0.project'],
  ];
  for (const [body, status, field] of REFUSED) {
    it(`refuses ${JSON.stringify(body)}`, async () => {
      await using server = await restServer();
      const answer = await server.call('bob', 'PATCH', '/me/reports', body);
      assert.deepEqual([answer.status, answer.body.error.field], [status, field]);
    });
  }

  it('changes nothing where one of several is wrong, and a stranger or a key has none to change', async () => {
    await using server = await restServer();
    const project = server.project.code;
    const other = '0cab08fe-03f4-48c2-a927-90493fa0b2f2';
    const items = [
      { project, daily: true },
      { project: other, daily: true },
    ];
    assert.equal((await server.call('bob', 'PATCH', '/me/reports', { items })).status, 400);
    const { body } = await server.call<ReportSubscriptions>('bob', 'GET', '/me/reports');
    assert.equal(body.items[0]?.daily, false);
    const own = { items: [{ project, daily: true }] };
    assert.equal((await server.call('charlie', 'PATCH', '/me/reports', own)).status, 400);
    assert.equal((await server.call('write', 'PATCH', '/me/reports', own)).status, 403);
    assert.equal((await server.call('nobody', 'GET', '/me/reports')).status, 401);
  });
});

describe('the preview of a report', () => {
  it('is what the last mail said, as data', async () => {
    await using server = await shop();
    const { body } = await server.call<ReportBody>('read', 'GET', '/reports/preview');
    const { period, from, to, time_zone, total, before, checks, subject } = body;
    assert.deepEqual(
      [period, from, to, time_zone],
      ['weekly', '2026-07-13T00:00:00.000Z', '2026-07-20T00:00:00.000Z', 'UTC'],
    );
    // From noon on Wednesday to midnight on Sunday, an hour of which down.
    const uptime = (4.5 * 24 - 1) / (4.5 * 24);
    assert.deepEqual(total, { uptime, outages: 1, down: 3600 });
    assert.deepEqual([before, checks], [null, 2]);
    assert.equal(subject, 'Vigie: 1 outage, 99.07 % uptime - Team, week of 13 July');
    assert.deepEqual(
      body.failed.items.map(({ name, longest }) => `${name} ${longest}`),
      ['Shop <b> 3600'],
    );
    assert.deepEqual(
      [body.no_data.count, body.no_data.items[0]?.name, body.down_now.count],
      [1, 'Silent', 0],
    );
    assert.deepEqual(
      body.environments.map((one) => `${one.environment} ${one.checks}`),
      ['production 1', 'staging 1'],
    );
    // A key that may only look is not shown the UUID, which pings.
    assert.match(body.failed.items[0]?.check ?? '', /^[0-9a-f]{40}$/);
    const { body: full } = await server.call<ReportBody>('write', 'GET', '/reports/preview');
    assert.match(full.failed.items[0]?.check ?? '', /^[0-9a-f-]{36}$/);
  });

  it('is summed up once a minute, whoever asks', async () => {
    await using server = await shop();
    const downNow = async (caller: 'read' | 'rita') =>
      (await server.call<ReportBody>(caller, 'GET', '/reports/preview')).body.down_now.count;
    assert.equal(await downNow('read'), 0);
    const { body } = await server.call<Page<Check>>('write', 'GET', '/checks');
    await ping(server, body.items[0]?.id ?? '', 'fail');
    assert.equal(await downNow('rita'), 0);
    await server.clock.advance(60_000);
    assert.equal(await downNow('read'), 1);
  });

  it('is the mail itself, in the language and the zone of whoever asks', async () => {
    await using server = await shop();
    await server.call('bob', 'PATCH', '/me', { language: 'fr', time_zone: 'Europe/Paris' });
    const get = (query: string) =>
      server.app.inject({ url: `/api/vigie/reports/preview?${query}`, headers: server.headersOf('bob') });
    const mail = await get('period=daily&format=html');
    assert.match(mail.body, /<html lang="fr">[\s\S]*Team, dimanche 19 juillet[\s\S]*Se désabonner/);
    assert.match(String(mail.headers['content-security-policy']), /default-src 'none'/);
    assert.equal(mail.headers['content-type'], 'text/html; charset=utf-8');
    const text = await get('period=weekly&format=text');
    assert.match(text.body, /^Team, semaine du 13 juillet\n13–19 juillet 2026, fuseau Europe/);
    assert.match(text.body, /- Shop <b> \(production\) : Disponibilité 99,05 %/);
    assert.equal(text.headers['content-type'], 'text/plain; charset=utf-8');
  });

  it('is for who may read the project', async () => {
    await using server = await shop();
    const path = `/reports/preview?project=${server.project.code}`;
    assert.equal((await server.call('charlie', 'GET', path)).status, 404);
    assert.equal((await server.call('rita', 'GET', path)).status, 200);
    assert.equal((await server.call('rita', 'GET', `${path}&period=yearly`)).status, 400);
  });
});
