import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from './load.ts';
import { memorySource } from './memory-source.ts';
import { reloadConfig } from './reload.ts';

const fileSource = (text: string) => memorySource({ files: { 'vigie.yml': text } });

test('a bad reload keeps the last good configuration and tells what is wrong', () => {
  const { config } = loadConfig(fileSource('site_name: Good'));
  const result = reloadConfig(config, fileSource('site_name: Better\nlog_level: loud'));
  assert.equal(result.ok, false);
  assert.equal(result.config, config);
  assert.match(result.ok ? '' : result.error.message, /^vigie.yml:2: log_level="loud": must be one of/);
});

test('a good reload holds at once, except where a restart is needed', () => {
  const { config } = loadConfig(fileSource('site_name: Old'));
  const text = 'site_name: New\nlisten:\n  port: 9000\nretention:\n  flips: 1d\nadmin:\n  email: a@b.example';
  const result = reloadConfig(config, fileSource(text));
  assert.ok(result.ok);
  assert.deepEqual(result.changed, ['siteName', 'retention.flips']);
  assert.deepEqual(result.needRestart, ['port', 'baseUrl', 'pingEndpoint', 'admin.email']);
  assert.equal(result.config.siteName, 'New');
  assert.equal(result.config.retention.flips, 86_400_000);
  assert.deepEqual(
    [result.config.port, result.config.baseUrl, result.config.admin.email],
    [8000, 'http://localhost:8000', null],
  );
});

test('a reload without a change says so', () => {
  const { config } = loadConfig(fileSource('site_name: Same'));
  const result = reloadConfig(config, fileSource('site_name: Same'));
  assert.deepEqual(result, { ok: true, config, warnings: [], changed: [], needRestart: [] });
});

test('a failure that is no configuration problem is not mistaken for one', () => {
  const { config } = loadConfig(memorySource({}));
  const broken = {
    ...memorySource({}),
    fileExists: () => {
      throw new TypeError('broken');
    },
  };
  assert.throws(() => reloadConfig(config, broken), TypeError);
});
