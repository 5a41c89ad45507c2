import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import type { PingInput } from '../../checks/ping.ts';
import { FakeClock } from '../../testing/fake-clock.ts';
import { pingHandler } from './handler.ts';

const NOW = Date.UTC(2026, 6, 15, 12);
const PATH = '/ping/0cab08fe-03f4-48c2-a927-90493fa0b2f2';

let config = { pingBodyLimit: 4 as number | null, pingLogLimit: 7 };
const received: PingInput[] = [];
const handle = pingHandler({
  clock: new FakeClock(NOW),
  config: () => config,
  peerOf: () => ({ address: '192.0.2.1', scheme: 'https' }),
  receive: async (ping) => {
    received.push(ping);
    return ping.fault ?? 'ok';
  },
  onError: (error) => assert.fail(String(error)),
});
const server = createServer((request, response) => handle(request, response, '/ping/'));
let url = '';

before(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  url = `http://127.0.0.1:${address.port}${PATH}`;
});
after(() => server.close());

const TIMES: [sent: string, answer: string][] = [
  ['2026-07-15T11:00:00Z', '200 OK'],
  ['yesterday', '400 invalid ping time: it takes ISO 8601 with a zone, or Unix seconds'],
  ['2026-07-15T12:01:01Z', '400 invalid ping time: it is in the future'],
  ['0', '400 invalid ping time: it is more than 365 days ago'],
];

for (const [sent, answer] of TIMES) {
  test(`X-Ping-Time: ${sent} is answered ${answer}`, async () => {
    const response = await fetch(url, { headers: { 'X-Ping-Time': sent } });
    assert.equal(`${response.status} ${await response.text()}`, answer);
  });
}

test('a ping is read by the limits that hold when it comes', async () => {
  const send = async () => {
    const { headers } = await fetch(url, { method: 'POST', body: 'abcdefgh' });
    const ping = received.at(-1);
    return [headers.get('Ping-Body-Limit'), ping?.body?.length, ping?.logLimit];
  };
  assert.deepEqual(await send(), ['4', 4, 7]);
  config = { pingBodyLimit: 6, pingLogLimit: 9 };
  assert.deepEqual(await send(), ['6', 6, 9]);
  config = { pingBodyLimit: null, pingLogLimit: 9 };
  assert.deepEqual(await send(), [null, 8, 9]);
});
