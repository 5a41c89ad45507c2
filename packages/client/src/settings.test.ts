import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { entriesOf } from './env-lines.ts';
import { settingsFrom } from './settings.ts';

test('without variables the defaults are those of the Python client', () => {
  assert.deepEqual(settingsFrom({}), {
    enabled: false,
    pingUrl: 'http://healthchecks:8000/ping',
    apiUrl: 'http://healthchecks:8000/api/v1',
    apiKey: null,
    readKey: null,
    pingKey: null,
    checkTimeout: 30,
    retryCount: 3,
    retryDelay: 10,
    graceMultiplier: 2,
    autoProvision: true,
  });
});

test('the example file is read whole; what it holds in place of keys counts as nothing', () => {
  const file = new URL('../../../examples/healthchecks-env/env.healthchecks', import.meta.url);
  const variables = Object.fromEntries(
    entriesOf(readFileSync(file, 'utf8')).map(({ name, value }) => [name, value]),
  );
  assert.deepEqual(settingsFrom(variables), { ...settingsFrom({}), enabled: true });
});

/** Variables, a setting, and what it becomes. */
const CASES: [Record<string, string>, keyof ReturnType<typeof settingsFrom>, unknown][] = [
  [{ HEALTHCHECKS_ENABLED: 'True' }, 'enabled', true],
  [{ HEALTHCHECKS_ENABLED: 'False' }, 'enabled', false],
  [{ HEALTHCHECKS_ENABLED: '' }, 'enabled', false],
  [{ HEALTHCHECKS_HOST: 'http://h:1/' }, 'pingUrl', 'http://h:1/ping'],
  [{ HEALTHCHECKS_HOST: 'http://h:1' }, 'apiUrl', 'http://h:1/api/v1'],
  [{ HEALTHCHECKS_API_URL: 'https://hc.io/api/v3/' }, 'apiUrl', 'https://hc.io/api/v3'],
  [{ HEALTHCHECKS_API_URL: 'https://h.io/api/v3/' }, 'pingUrl', 'https://h.io/ping'],
  [{ HEALTHCHECKS_PING_URL: 'https://hc-ping.com' }, 'pingUrl', 'https://hc-ping.com'],
  [{ HEALTHCHECKS_PING_URL: 'http://h/sub/ping/' }, 'apiUrl', 'http://h/sub/api/v1'],
  [{ HEALTHCHECKS_API_KEY: 'key' }, 'apiKey', 'key'],
  [{ HEALTHCHECKS_READ_KEY: 'key' }, 'readKey', 'key'],
  [{ HEALTHCHECKS_CHECK_TIMEOUT: '30  # seconds' }, 'checkTimeout', 30],
  [{ HEALTHCHECKS_GRACE_MULTIPLIER: '1.5' }, 'graceMultiplier', 1.5],
  [{ HEALTHCHECKS_RETRY_COUNT: '5' }, 'retryCount', 5],
  [{ HEALTHCHECKS_RETRY_DELAY: '0.5' }, 'retryDelay', 0.5],
  [{ HEALTHCHECKS_AUTO_PROVISION: 'false' }, 'autoProvision', false],
  [{ VIGIE_URL: 'http://v:1' }, 'pingUrl', 'http://v:1/ping'],
  [{ VIGIE_URL: 'http://v:1', HEALTHCHECKS_HOST: 'http://h:1' }, 'pingUrl', 'http://h:1/ping'],
  [{ VIGIE_API_KEY: 'key' }, 'apiKey', 'key'],
  [{ VIGIE_PING_KEY: 'key' }, 'pingKey', 'key'],
];
for (const [variables, name, value] of CASES) {
  test(`${JSON.stringify(variables)}: ${name} is ${value}`, () => {
    assert.equal(settingsFrom(variables)[name], value);
  });
}

const WRONG: [Record<string, string>, RegExp][] = [
  [{ HEALTHCHECKS_ENABLED: 'maybe' }, /^HEALTHCHECKS_ENABLED=maybe is neither true nor false$/],
  [{ HEALTHCHECKS_HOST: 'healthchecks:8000' }, /^HEALTHCHECKS_HOST=healthchecks:8000 is no address/],
  [{ HEALTHCHECKS_API_URL: 'http://' }, /^HEALTHCHECKS_API_URL=http:\/\/ is no address/],
  [{ HEALTHCHECKS_RETRY_COUNT: 'three' }, /^HEALTHCHECKS_RETRY_COUNT=three is no number from 1 to 1000$/],
  [{ HEALTHCHECKS_CHECK_TIMEOUT: '0' }, /^HEALTHCHECKS_CHECK_TIMEOUT=0 is no number/],
];
for (const [variables, complaint] of WRONG) {
  test(`${JSON.stringify(variables)} is refused`, () => {
    assert.throws(() => settingsFrom(variables), { name: 'SettingsError', message: complaint });
  });
}
