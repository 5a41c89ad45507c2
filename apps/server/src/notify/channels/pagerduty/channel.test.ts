import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeliveryError } from '../../failure.ts';
import type { Message } from '../../message.ts';
import { aMessage, aMessageCheck, testPorts } from '../../testing/messages.ts';
import { pagerduty } from './channel.ts';

const KEY = 'r'.repeat(32);

async function posted(own: Partial<Message>, settings = {}) {
  const ports = testPorts();
  await pagerduty.open({ key: KEY, ...settings }).send(aMessage(own), ports);
  return { url: ports.calls[0]?.url, event: JSON.parse(ports.calls[0]?.body ?? '') };
}

test('an outage triggers and a recovery resolves the incident of the same check', async () => {
  const { url, event } = await posted({});
  assert.equal(url, 'https://events.pagerduty.com/v2/enqueue');
  const { unique_key } = aMessageCheck();
  const { payload, ...rest } = event;
  assert.deepEqual(rest, {
    routing_key: KEY,
    dedup_key: unique_key,
    event_action: 'trigger',
    client: 'Vigie',
    client_url: 'https://vigie.test/cloaked/a6c7/',
    links: [{ href: 'https://vigie.test/cloaked/a6c7/', text: 'Check' }],
  });
  const { custom_details, ...fields } = payload;
  assert.deepEqual(fields, {
    summary: 'Nightly backup is DOWN. No success was reported in time, grace time included.',
    source: 'Nightly backup',
    severity: 'critical',
    timestamp: '2026-07-15T12:00:00.000Z',
    group: 'production',
    component: 'Shop',
    class: 'CheckDown',
  });
  assert.deepEqual(custom_details.tags, ['tier1', 'db']);
  const up = await posted({ status: 'up' });
  assert.deepEqual(up.event, { routing_key: KEY, dedup_key: unique_key, event_action: 'resolve' });
});

test('a service key speaks the first version of the API, with the same key of the incident', async () => {
  const { url, event } = await posted({}, { api: 'v1', url: 'https://pd.test/' });
  assert.equal(url, 'https://pd.test/generic/2010-04-15/create_event.json');
  const { details, ...rest } = event;
  assert.deepEqual(rest, {
    service_key: KEY,
    incident_key: aMessageCheck().unique_key,
    event_type: 'trigger',
    description: 'Nightly backup is DOWN. No success was reported in time, grace time included.',
    client: 'Vigie',
    client_url: 'https://vigie.test/cloaked/a6c7/',
  });
  assert.equal(details.Status, 'DOWN');
  assert.equal((await posted({ status: 'up' }, { api: 'v1' })).event.event_type, 'resolve');
});

test('texts are cut to what PagerDuty takes', async () => {
  const check = aMessageCheck({ name: 'é'.repeat(3000) });
  const { event } = await posted({ check });
  assert.equal(event.payload.summary.length, 1024);
  assert.equal(event.payload.source.length, 255);
});

test('a test message is information', async () => {
  const { event } = await posted({ kind: 'test', severity: 'error' });
  assert.equal(event.payload.severity, 'info');
});

test('a refusal is told in PagerDuty’s words', async () => {
  // status, body, message, retryable
  const cases: [number, string, string, boolean][] = [
    [
      400,
      '{"status":"invalid event","message":"Event object is invalid","errors":["Length of \'routing_key\' is incorrect"]}',
      "HTTP 400: Event object is invalid; Length of 'routing_key' is incorrect",
      false,
    ],
    [429, '', 'HTTP 429', true],
    [500, 'oops', 'HTTP 500: oops', true],
    [400, '{"errors":{}}', 'HTTP 400: {"errors":{}}', false],
    [400, 'null', 'HTTP 400: null', false],
  ];
  for (const [status, text, message, retryable] of cases) {
    const ports = testPorts({ answer: { status, text } });
    await assert.rejects(pagerduty.open({ key: KEY }).send(aMessage(), ports), (error) => {
      assert.ok(error instanceof DeliveryError);
      assert.deepEqual([error.message, error.retryable, error.permanent], [message, retryable, false]);
      return true;
    });
  }
});

test('an outage that can be acknowledged has a link for it, and a drill says that it is one', async () => {
  const links = {
    check: 'https://vigie.test/a',
    dashboard: 'https://vigie.test/',
    ack: 'https://vigie.test/ack/t',
  };
  const alert = { id: 5, name: 'Drill', labels: {}, annotations: {}, startsAt: 0, drill: true };
  const { event } = await posted({ links, alert });
  assert.deepEqual(event.links, [
    { href: 'https://vigie.test/ack/t', text: 'Acknowledge' },
    { href: 'https://vigie.test/a', text: 'Check' },
  ]);
  assert.match(event.payload.summary, /^\[DRILL\] Nightly backup is DOWN\. This is a drill\./);
  const first = await posted({ links }, { api: 'v1' });
  const context = { type: 'link', href: 'https://vigie.test/ack/t', text: 'Acknowledge' };
  assert.deepEqual(first.event.contexts, [context]);
});

test('an alert that is no check’s says why in its own words', async () => {
  const { event } = await posted({ summary: 'no space left', reason: '' });
  assert.equal(event.payload.summary, 'Nightly backup is FIRING. no space left');
});
