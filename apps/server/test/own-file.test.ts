/** What the server's own vigie.yml declares: applied at the start and on reload; a broken one changes nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Check, Page } from '@vigie/contract';
import { pino } from 'pino';
import { type App, startApp } from '../src/app.ts';
import { loadConfig } from '../src/config/load.ts';
import { memorySource } from '../src/config/memory-source.ts';
import { reloadConfig } from '../src/config/reload.ts';
import { StartError } from '../src/start-error.ts';
import { tempFolder } from './support/temp-folder.ts';

const KEY = 'k'.repeat(32);

/** A server whose file a test writes. */
async function ownServer(text: string, dataDir: string): Promise<App & { file: { text: string } }> {
  const file = { text };
  const env = {
    VIGIE_HOST: '127.0.0.1',
    VIGIE_PORT: '0',
    VIGIE_SMTP_PORT: 'off',
    VIGIE_DATA_DIR: dataDir,
    VIGIE_API_KEY: KEY,
  };
  const source = () => memorySource({ env, files: { 'vigie.yml': file.text } });
  const app = await startApp({
    config: loadConfig(source()).config,
    log: pino({ level: 'silent' }),
    reload(current) {
      const result = reloadConfig(current, source());
      return result.ok
        ? { config: result.config, problems: [] }
        : { config: current, problems: [result.error.message] };
    },
  });
  return { ...app, file };
}

async function get<T>(app: App, path: string): Promise<T[]> {
  const response = await fetch(`${app.url}/api/vigie/${path}`, { headers: { 'X-Api-Key': KEY } });
  assert.equal(response.status, 200);
  return ((await response.json()) as Page<T>).items;
}

async function names(app: App): Promise<string[]> {
  return (await get<Check>(app, 'checks')).map(({ name }) => name).sort();
}

test('a start applies the file, a reload what has changed; a broken file changes nothing, its settings included', async () => {
  using folder = tempFolder('own-file');
  const app = await ownServer('site_name: One\nchecks:\n  A:\n  B: {timeout: 1m}\n', folder.path);
  try {
    assert.deepEqual(await names(app), ['A', 'B']);
    app.file.text = 'site_name: Two\nchecks:\n  B: {timeout: 2m}\n  C:\n';
    assert.deepEqual(await app.reload(), []);
    assert.deepEqual(await names(app), ['B', 'C']);
    app.file.text = 'site_name: Three\nchecks:\n  C:\n  D: {tmeout: 2m}\n';
    assert.deepEqual(await app.reload(), [
      'vigie.yml:4: checks.D.tmeout: is not known; did you mean timeout?',
    ]);
    app.file.text = 'site_name: Three\nchecks:\n  C:\n  D:\n    environment: nowhere\n';
    assert.deepEqual(await app.reload(), [
      "vigie.yml:5: checks.D.environment: is none of the project's: production",
    ]);
    assert.deepEqual([await names(app), app.context.config().siteName], [['B', 'C'], 'Two']);
  } finally {
    await app.close();
  }
  await assert.rejects(ownServer('checks:\n  C:\n    environment: nowhere\n', folder.path), (error) => {
    assert.ok(error instanceof StartError);
    assert.equal(error.message, "vigie.yml:3: checks.C.environment: is none of the project's: production");
    return true;
  });
  const again = await ownServer('site_name: Nothing declared\n', folder.path);
  try {
    assert.deepEqual(await names(again), [], 'what left the file is deleted');
  } finally {
    await again.close();
  }
});
