import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from './errors.ts';
import { readSettings, secretFields, shownSettings } from './kind-settings.ts';
import { findKind, requireKind } from './notify/channel-kinds.ts';

/** The complaint about settings that must be refused. */
function complaint(kind: string, given: unknown): string {
  try {
    readSettings(requireKind(kind), given);
  } catch (error) {
    assert.ok(error instanceof AppError);
    assert.equal(error.code, 'invalid');
    return `${error.field} | ${error.message}`;
  }
  throw new Error('it was accepted');
}

test('kinds are found by our name, Healthchecks’ and Alertmanager’s', () => {
  assert.equal(findKind('pagerduty'), findKind('pd'));
  assert.equal(findKind('email')?.kind, 'email');
  assert.equal(findKind('constructor'), undefined);
  assert.throws(() => requireKind('fax'), /there is no such kind of channel; there are .*\bemail\b/);
});

test('settings are completed with their defaults', () => {
  const cases: [string, object, object][] = [
    ['email', { value: 'a@b.c', down: false }, { address: 'a@b.c', down: false, up: true, language: 'en' }],
    [
      'email',
      { address: 'root@localhost' },
      { address: 'root@localhost', down: true, up: true, language: 'en' },
    ],
    ['slack', { url: 'https://x.y/z' }, { url: 'https://x.y/z', channel: null, language: 'en' }],
    [
      'pd',
      { service_key: 'k', api: 'v1' },
      { key: 'k', api: 'v1', url: 'https://events.pagerduty.com', language: 'en' },
    ],
  ];
  for (const [kind, given, expected] of cases) {
    assert.deepEqual(JSON.parse(readSettings(requireKind(kind), given)), expected);
  }
});

test('bad settings are refused by name and reason, and never repeated', () => {
  const cases: [string, unknown, RegExp][] = [
    ['email', null, /^settings \| settings must be an object/],
    ['email', [], /^settings \| settings must be an object/],
    ['email', {}, /^settings\.address \| settings\.address is missing$/],
    ['slack', {}, /^settings\.url \| settings\.url is missing$/],
    ['pagerduty', {}, /^settings\.key \| settings\.key is missing$/],
    ['email', { address: 'nobody' }, /^settings\.address \| settings\.address must be an e-mail address/],
    ['email', { address: 'a@b.c\r\nBcc: x@y.z' }, /must be an e-mail address/],
    ['email', { address: 'a@b.c, d@e.f' }, /must be an e-mail address/],
    ['email', { address: 'a@b.c', up: 'yes' }, /\| settings\.up must be boolean$/],
    ['email', { address: 'a@b.c', language: 'de' }, /\| settings\.language must be one of "en"\|"fr"$/],
    ['email', { address: 'a@b.c', colour: 'red' }, /^settings\.colour \| settings\.colour is not known$/],
    ['email', JSON.parse('{"address":"a@b.c","__proto__":{"up":false}}'), /__proto__/],
    ['slack', { url: 'hooks.slack.com/x' }, /^settings\.url \| settings\.url must be an http:\/\/ or https/],
    ['slack', { url: 'file:///etc/passwd' }, /must be an http:\/\/ or https/],
    ['slack', { url: `https://x.y/${'z'.repeat(1000)}` }, /^settings\.url \|/],
    ['pagerduty', { key: 'two words' }, /^settings\.key \| settings\.key must be an integration key/],
    ['webhook', {}, /^settings\.url_down \| settings\.url_down is missing: an address is needed for outages/],
    ['webhook', { url_up: 'x' }, /\| settings\.url_up must be an http:\/\/ or https:\/\/ URL$/],
    ['webhook', { url_up: 'http://x', method_up: 'DELETE' }, /^settings\.method_up \|/],
    ['webhook', { url_up: 'http://x', body_up: 'x'.repeat(1001) }, /^settings\.body_up \|/],
    ['webhook', { url_up: 'http://x', headers_up: { 'a b': 'c' } }, /headers_up\.a b must be a header name$/],
    [
      'webhook',
      { url_up: 'http://x', headers_up: { a: 'c\nd' } },
      /^settings\.headers_up\.a \| .*must be one line/,
    ],
    [
      'webhook',
      { url_up: 'http://x', headers_up: { Host: 'c' } },
      /headers_up\.Host belongs to the connection itself$/,
    ],
  ];
  for (const [kind, given, expected] of cases) assert.match(complaint(kind, given), expected);
  assert.doesNotMatch(complaint('pagerduty', { key: 'my secret key' }), /my secret/);
});

test('secrets are not shown, and are kept by who does not know them', () => {
  const kind = requireKind('slack');
  const stored = readSettings(kind, { url: 'https://x.y/secret', channel: '#a' });
  assert.deepEqual(shownSettings(kind, stored), {
    settings: { channel: '#a', language: 'en' },
    secrets: ['url'],
  });
  const changed = JSON.parse(readSettings(kind, { channel: null, language: 'fr' }, stored));
  assert.deepEqual(changed, { url: 'https://x.y/secret', channel: null, language: 'fr' });
  assert.equal(JSON.parse(readSettings(kind, { language: null }, JSON.stringify(changed))).language, 'en');
  assert.throws(() => readSettings(kind, { url: null }, stored), /settings\.url/);
});

test('what can be used by whoever knows it is a secret', () => {
  const secrets = (kind: string): string[] => [...secretFields(requireKind(kind).settings)];
  assert.deepEqual(secrets('email'), []);
  assert.deepEqual(secrets('slack'), ['url']);
  assert.deepEqual(secrets('pagerduty'), ['key']);
  assert.deepEqual(secrets('webhook'), [
    'url_down',
    'headers_down',
    'url_up',
    'headers_up',
    'url_notice',
    'headers_notice',
  ]);
});
