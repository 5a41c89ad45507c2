import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { alertCheck } from '../../alert-check.ts';
import { DeliveryError } from '../../failure.ts';
import type { Message } from '../../message.ts';
import { aMessage, aMessageCheck, testPorts } from '../../testing/messages.ts';
import { webhook } from './channel.ts';

const down = { url_down: 'https://a.test/hook' };

test('the call of a status has its own method, address, body and headers', async () => {
  const channel = webhook.open({
    url_down: 'https://a.test/$CODE?s=$STATUS&at=$NOW&n=$NAME&x=$EXITSTATUS',
    method_down: 'PUT',
    body_down: '{"name":$NAME_JSON,"body":$BODY_JSON,"tags":"$TAGS","slug":"$SLUG"}',
    headers_down: { 'Content-Type': 'application/json', 'X-Tag': '$TAG2 – $BODY' },
    url_up: 'https://b.test/up',
    body_up: 'not sent with GET',
  });
  const ports = testPorts({ body: 'line "1"' });
  const lastPing = { n: 3, created_at: 0, kind: 'fail', scheme: 'http', exitstatus: 2, size: 8 };
  await channel.send(aMessage({ lastPing }), ports);
  await channel.send(aMessage({ status: 'up' }), ports);
  assert.deepEqual(ports.calls, [
    {
      method: 'PUT',
      url: 'https://a.test/11111111-1111-4111-8111-111111111111?s=down&at=2026-07-15T12%3A00%3A00%2B00%3A00&n=Nightly%20backup&x=2',
      headers: { 'webhook-id': 'f7b0:7', 'Content-Type': 'application/json', 'X-Tag': 'db &#8211; $BODY' },
      body: '{"name":"Nightly backup","body":"line \\"1\\"","tags":"tier1 db","slug":"nightly-backup"}',
    },
    { method: 'GET', url: 'https://b.test/up', headers: { 'webhook-id': 'f7b0:7' }, body: null },
  ]);
});

test('$JSON is the check as the API shows it, and is asked for only where it is used', async () => {
  const ports = testPorts();
  let asked = 0;
  const checkJson = async () => {
    asked += 1;
    return { name: 'é', n: 1 };
  };
  const withJson = webhook.open({ ...down, method_down: 'POST', body_down: '$JSON' });
  await withJson.send(aMessage(), { ...ports, checkJson });
  assert.equal(ports.calls[0]?.body, '{"name":"é","n":1}');
  await webhook.open(down).send(aMessage(), { ...ports, checkJson });
  assert.equal(asked, 1);
});

test('$JSON of what is about no check is the alert, the silence or the digest itself', async () => {
  const alert = {
    id: 5,
    name: 'DiskFull',
    labels: { alertname: 'DiskFull', instance: 'h1', environment: 'production' },
    annotations: { summary: 'no space left' },
    startsAt: Date.UTC(2026, 6, 15, 11),
    drill: false,
  };
  const links = { check: 'https://vigie.test/alerts/5', dashboard: '', ack: null };
  const about = { alert, check: alertCheck(1, alert), links, project: 'Shop' };
  const told = {
    id: '5',
    name: 'DiskFull',
    state: 'firing',
    environment: 'production',
    labels: alert.labels,
    annotations: alert.annotations,
    starts_at: '2026-07-15T11:00:00.000Z',
    resolved_at: null,
    drill: false,
    project: 'Shop',
    url: 'https://vigie.test/alerts/5',
  };
  const endsAt = Date.UTC(2026, 6, 15, 13);
  const notice = { code: 'c', comment: 'deploy', author: 'Bob', endsAt, hides: 'web' };
  const silence = { silence: 'c', comment: 'deploy', author: 'Bob', ends_at: '2026-07-15T13:00:00.000Z' };
  const digest = {
    messages: 3,
    firing: 1,
    resolved: 1,
    alerts: [{ title: 'x', firing: true, startsAt: endsAt }],
  };
  const cases: [Partial<Message>, object][] = [
    [about, told],
    [
      { ...about, status: 'up' },
      { ...told, state: 'resolved', resolved_at: '2026-07-15T12:00:00.000Z' },
    ],
    [
      { kind: 'notice', status: 'up', notice, links, project: 'Shop' },
      { ...silence, hides: 'web', project: 'Shop', url: links.check },
    ],
    [
      { kind: 'digest', digest },
      { ...digest, alerts: [{ title: 'x', state: 'firing', starts_at: '2026-07-15T13:00:00.000Z' }] },
    ],
  ];
  const body = { method_down: 'POST', body_down: '$JSON', method_up: 'POST', body_up: '$JSON' };
  const urls = { url_up: 'https://a.test/hook', url_notice: 'https://a.test/hook' };
  for (const [message, expected] of cases) {
    const ports = testPorts();
    await webhook.open({ ...down, ...body, ...urls }).send(aMessage(message), ports);
    assert.deepEqual(JSON.parse(ports.calls[0]?.body ?? ''), expected);
  }
});

test('each placeholder of the manual is filled in', async () => {
  const manual = readFileSync(join(import.meta.dirname, '../../../../../../docs/channels.md'), 'utf8');
  const names = [...manual.matchAll(/^\| ((?:`\$\w+` ?)+)/gm)].flatMap(
    ([, cell = '']) => cell.match(/\$\w+/g) ?? [],
  );
  assert.ok(names.length >= 14, names.join());
  const ports = testPorts({ body: 'x' });
  const body_down = names.map((name) => `[${name}]`).join('\n');
  await webhook.open({ ...down, method_down: 'POST', body_down }).send(aMessage(), ports);
  assert.doesNotMatch(ports.calls[0]?.body ?? '$', /\$/);
});

test('a silence that ends soon is told to an address of its own, and to no other', async () => {
  const notice = { code: 'c', comment: 'deploy', author: 'Bob', endsAt: 0, hides: 'web' };
  const message = aMessage({ kind: 'notice', status: 'up', notice });
  const without = webhook.open({ ...down, url_up: 'https://b.test/' });
  assert.equal(without.declines(message), 'the webhook has no address for notices');
  const url = 'https://n.test/?s=$STATUS';
  const channel = webhook.open({ ...down, url_notice: url });
  assert.equal(channel.declines(message), null);
  const ports = testPorts();
  await channel.send(message, ports);
  const [call] = ports.calls;
  assert.deepEqual([call?.method, call?.url], ['POST', 'https://n.test/?s=notice']);
  assert.equal(call?.headers?.['Content-Type'], 'application/json');
  assert.equal(JSON.parse(call?.body ?? '').comment, 'deploy');
});

test('without a ping there is no exit status and no body', async () => {
  const ports = testPorts({ body: 'never asked for' });
  const channel = webhook.open({ ...down, method_down: 'POST', body_down: '$EXITSTATUS|$BODY|$BODY_JSON' });
  await channel.send(aMessage({ lastPing: null }), ports);
  assert.equal(ports.calls[0]?.body, '-1||""');
});

test('a webhook does nothing for a status it has no address for', () => {
  const channel = webhook.open(down);
  assert.equal(channel.declines(aMessage()), null);
  assert.equal(channel.declines(aMessage({ status: 'up' })), 'the webhook has no address for recoveries');
  const other = webhook.open({ url_up: 'https://b.test/' });
  assert.equal(other.declines(aMessage()), 'the webhook has no address for outages');
  assert.deepEqual(other.destination, { host: 'b.test', account: 'b.test' });
});

test('an address that a placeholder spoils is a fault of the settings', async () => {
  const channel = webhook.open({ url_down: 'http://$NAME/' });
  const check = aMessageCheck({ name: '' });
  await assert.rejects(channel.send(aMessage({ check }), testPorts()), (error) => {
    assert.ok(error instanceof DeliveryError);
    assert.equal(error.retryable, false);
    return /the address is not a URL/.test(error.message);
  });
});

test('a webhook is never switched off, whatever it answers', async () => {
  for (const status of [301, 400, 401, 403, 404, 410, 500]) {
    const ports = testPorts({ answer: { status, text: 'no' } });
    await assert.rejects(webhook.open(down).send(aMessage(), ports), (error) => {
      assert.ok(error instanceof DeliveryError);
      assert.equal(error.permanent, false);
      assert.equal(error.retryable, status === 500);
      return error.message === `HTTP ${status}: no`;
    });
  }
});

test('$ACK_URL is where the alert is acknowledged; nothing where there is nothing to', async () => {
  const ports = testPorts();
  const hook = webhook.open({ ...down, method_down: 'POST', body_down: '[$ACK_URL]' });
  const links = { check: '', dashboard: '', ack: 'https://vigie.test/ack/t' };
  await hook.send(aMessage({ links }), ports);
  await hook.send(aMessage(), ports);
  assert.deepEqual(
    ports.calls.map(({ body }) => body),
    ['[https://vigie.test/ack/t]', '[]'],
  );
});
