import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeliveryError } from '../../failure.ts';
import { aMessage, aMessageCheck, testPorts } from '../../testing/messages.ts';
import { slack } from './channel.ts';

const URL = 'https://hooks.test/services/T/B/secret';

/** What is posted for a message. */
async function posted(own: Parameters<typeof aMessage>[0], settings = {}, body?: string) {
  const ports = testPorts(body === undefined ? {} : { body });
  await slack.open({ url: URL, ...settings }).send(aMessage(own), ports);
  assert.equal(ports.calls[0]?.url, URL);
  return JSON.parse(ports.calls[0]?.body ?? '');
}

test('an outage is posted as an attachment', async () => {
  const payload = await posted({}, { channel: '#ops' });
  assert.equal(payload.channel, '#ops');
  assert.equal(payload.username, 'Vigie');
  const [attachment] = payload.attachments;
  const { color, fallback, title, title_link, fields } = attachment;
  assert.deepEqual(
    { color, fallback, title, title_link },
    {
      color: 'danger',
      fallback: 'Nightly backup is DOWN.',
      title: 'Nightly backup is DOWN.',
      title_link: 'https://vigie.test/cloaked/a6c7/',
    },
  );
  const shown = fields.map((field: { title: string; value: string }) => `${field.title}: ${field.value}`);
  assert.deepEqual(shown, [
    'Service: Nightly backup',
    'Status: DOWN',
    'Reason: No success was reported in time, grace time included.',
    'Last ping: 2026-07-15 11:00:00 UTC (success)',
    'Environment: production',
    'Tags: tier1 db',
    'Project: Shop',
    'Down since: 2026-07-15 12:00:00 UTC',
    'Duration: 0 s',
  ]);
});

test('a recovery is good, and French where that is asked for', async () => {
  const up = { status: 'up', reason: '', at: Date.UTC(2026, 6, 15, 14, 5), severity: 'info' } as const;
  const payload = await posted(up, { language: 'fr' });
  assert.equal(payload.attachments[0].color, 'good');
  assert.equal(payload.attachments[0].title, 'Nightly backup est RÉTABLI.');
  const duration = payload.attachments[0].fields.find(({ title }: { title: string }) => title === 'Durée');
  assert.equal(duration.value, '2 h 5 min');
  assert.equal(payload.channel, undefined);
});

test('a test message says that it is one, and when it was asked for', async () => {
  const at = Date.UTC(2026, 6, 15, 9, 30);
  const { attachments } = await posted({ kind: 'test', at }, { language: 'fr' });
  const expected =
    'Ceci est un message d’essai de Vigie, envoyé le 2026-07-15 09:30:00 UTC. Rien n’est en panne.';
  assert.equal(attachments[0].text, expected);
});

test('nothing a job or a name says is markup', async () => {
  const check = aMessageCheck({ name: '<!channel> & co', tags: '<@U1>' });
  const lastPing = { n: 1, created_at: 0, kind: 'fail', scheme: 'http', exitstatus: 1, size: 30 };
  const payload = await posted({ check, lastPing }, {}, '``` <!here> & \u0007');
  const [attachment] = payload.attachments;
  assert.equal(attachment.title, '&lt;!channel&gt; &amp; co is DOWN.');
  assert.equal(attachment.text, "*What the job sent last:*\n```\n''' &lt;!here&gt; &amp; \n```");
  assert.ok(!JSON.stringify(payload).includes('<'));
});

test('a long body is cut', async () => {
  const lastPing = { n: 1, created_at: 0, kind: 'fail', scheme: 'http', exitstatus: 1, size: 5000 };
  const payload = await posted({ lastPing }, {}, '🚀'.repeat(1250));
  const text: string = payload.attachments[0].text;
  assert.ok(text.endsWith('🚀\n[truncated]\n```'));
  assert.ok(text.length < 1100);
});

test('a webhook that is gone is switched off; one that is refused is not', async () => {
  // status, text, retryable, permanent
  const cases: [number, string, boolean, boolean][] = [
    [404, 'no_service', false, true],
    [403, 'invalid_token', false, true],
    [400, 'invalid_token', false, true],
    [400, 'invalid_payload', false, false],
    [403, 'action_prohibited', false, false],
    [410, 'channel_is_archived', false, false],
    [429, 'rate_limited', true, false],
    [500, 'rollup_error', true, false],
  ];
  for (const [status, text, retryable, permanent] of cases) {
    const ports = testPorts({ answer: { status, text } });
    await assert.rejects(slack.open({ url: URL }).send(aMessage(), ports), (error) => {
      assert.ok(error instanceof DeliveryError);
      assert.deepEqual([error.retryable, error.permanent], [retryable, permanent], text);
      return error.message === `HTTP ${status}: ${text}`;
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
  const { attachments } = await posted({ links, alert });
  assert.equal(attachments[0].text, '<https://vigie.test/ack/t|Acknowledge>');
  assert.equal(attachments[0].title, '[DRILL] Nightly backup is DOWN.');
});
