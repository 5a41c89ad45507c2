import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { StartError, settingUp, shownUrl } from './start-error.ts';

test('a taken port is told with its setting', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  const start = async (): Promise<void> => {
    const second = createServer().listen(port, '127.0.0.1');
    await once(second, 'listening');
  };
  const expected = { name: 'StartError', message: `VIGIE_PORT=${port}: it is in use; choose another port` };
  await assert.rejects(settingUp('VIGIE_PORT', String(port), start), expected);
  taken.close();
});

test('what nobody foresaw keeps its stack', async () => {
  const fault = new TypeError(tmpdir());
  const failed = settingUp('VIGIE_PORT', '1', () => {
    throw fault;
  });
  await assert.rejects(failed, (error) => error === fault && !(error instanceof StartError));
});

const URLS: [url: string, shown: string][] = [
  ['postgres://user:pass%40word@db:5432/vigie', 'postgres://db:5432/vigie'],
  ['postgres://user:pass@word@db:5432/vigie', 'postgres://db:5432/vigie'],
  ['postgres://db/vigie?user=me&password=p%40ss@word', 'postgres://db/vigie'],
  ['postgres://db/vigie', 'postgres://db/vigie'],
  ['sqlite:/srv//what?@home/vigie.db', 'sqlite:/srv//what?@home/vigie.db'],
];

for (const [url, shown] of URLS) {
  test(`the database URL ${url} is shown as ${shown}`, () => assert.equal(shownUrl(url), shown));
}
