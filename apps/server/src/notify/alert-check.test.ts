import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alertCheck } from './alert-check.ts';
import { pagerduty } from './channels/pagerduty/channel.ts';
import { webhook } from './channels/webhook/channel.ts';
import { aMessage, testPorts } from './testing/messages.ts';

const alert = (labels: Record<string, string>, name = 'DiskFull') => ({
  id: 5,
  name,
  labels,
  annotations: {},
  startsAt: 0,
  drill: false,
});

test('labels are tags, without the name of the alert', () => {
  const check = alertCheck(1, alert({ alertname: 'DiskFull', instance: 'h1:9100', 'a b': 'c  d' }));
  assert.equal(check.name, 'DiskFull (h1:9100)');
  assert.equal(check.tags, 'instance=h1:9100 a_b=c_d');
});

test('long labels are cut, and those for which there is no room are left out', () => {
  const long = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`long${i}`, '🚀'.repeat(2_000)]));
  const { name, tags } = alertCheck(1, alert({ ...long, instance: 'x'.repeat(4_096) }, 'y'.repeat(4_096)));
  assert.equal(name, 'y'.repeat(200));
  assert.ok(tags.length <= 2_000 && tags.length > 1_500, String(tags.length));
  assert.ok(tags.isWellFormed());
  assert.ok(tags.split(' ').every((tag) => tag.length <= 200));
});

test('the largest alert is a message that providers take', async () => {
  const labels = Object.fromEntries(
    Array.from({ length: 64 }, (_, i) => [`label${i}`.padEnd(200, 'n'), 'é'.repeat(4_096)]),
  );
  const check = alertCheck(1, alert(labels, 'é'.repeat(4_096)));
  const message = aMessage({ check, alert: alert(labels), summary: 'é'.repeat(65_536), lastPing: null });
  const ports = testPorts();
  await pagerduty.open({ key: 'r'.repeat(32) }).send(message, ports);
  await webhook.open({ url_down: 'https://hook.test/?name=$NAME&tags=$TAGS' }).send(message, ports);
  const [event, call] = ports.calls;
  // PagerDuty's limit of an event.
  assert.ok(Buffer.byteLength(event?.body ?? '') < 512 * 1024);
  assert.ok((call?.url.length ?? 0) < 16_384, String(call?.url.length));
});
