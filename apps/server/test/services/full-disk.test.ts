/** Promise 1 on a full disk: pings are refused, nothing is lost or half-written, and all goes on with room. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../../src/errors.ts';
import { openStore } from '../../src/store/open.ts';
import { accountFor, pingLoad, type SentPing } from '../support/ping-load.ts';
import { seed } from '../support/seed.ts';
import { type ServerProcess, spawnServer } from '../support/server-process.ts';
import { type SmallDisk, smallFileSystem, smallFiles } from '../support/small-disk.ts';
import { tempFolder } from '../support/temp-folder.ts';

const CONNECTIONS = 8;
const BODY = 3_000;
/** Refusals after which the disk counts as full, and pings at most on the way there. */
const REFUSALS = 200;
const MOST = 20_000;
/** Milliseconds within which the server says how it is. */
const SAYS_WITHIN = 10_000;

/** Resolves with the text once `/readyz` answers `status`. */
async function readiness(server: ServerProcess, status: number): Promise<string> {
  for (const until = performance.now() + SAYS_WITHIN; ; await delay(100)) {
    const response = await fetch(`${server.url}/readyz`);
    const text = await response.text();
    if (response.status === status) return text;
    if (performance.now() > until) throw new Error(`/readyz still says ${response.status}: ${text}`);
  }
}

async function fillAndRecover(t: TestContext, dataDir: string, codes: string[], disk: SmallDisk) {
  await using server = await spawnServer({
    dataDir,
    wrapper: disk.wrapper,
    env: { VIGIE_PING_LOG_LIMIT: '1000000' },
  });
  const sent: SentPing[] = [];
  let refusals = 0;
  const load = async (name: string, more: (number: number) => boolean): Promise<SentPing[]> => {
    const options = { port: server.port, codes, connections: CONNECTIONS, name, bodySize: BODY, more };
    const pings = await pingLoad(options);
    sent.push(...pings);
    return pings;
  };
  const isRefused = ({ status }: SentPing): boolean => status === 503;

  for (let part = 0; refusals < REFUSALS && sent.length < MOST; part++) {
    const pings = await load(`filling${part}`, (number) => number < 200);
    refusals += pings.filter(isRefused).length;
  }
  assert.ok(refusals >= REFUSALS, 'the disk is full');
  const trouble = await readiness(server, 503);
  assert.match(trouble, /the store cannot write/);
  assert.equal((await fetch(`${server.url}/livez`)).status, 200);

  disk.makeRoom(server.pid);
  const from = performance.now();
  await readiness(server, 200);
  const back = performance.now() - from;
  const after = await load('after', (number) => number < 300);
  await server.end('SIGKILL');

  const store = openStore(`sqlite:${join(dataDir, 'vigie.db')}`);
  // A refused ping must not be there: to the account it was never sent.
  const account = await accountFor(
    store,
    sent.filter((ping) => !isRefused(ping)),
  );
  await store.close();
  t.diagnostic(
    `${account.answered} pings answered, ${sent.filter(isRefused).length} refused (/readyz: ${trouble.trim()}), ` +
      `${account.lost.length} lost, ${account.invented.length} half-written; ready ${Math.round(back)} ms after there was room`,
  );
  assert.ok(after.every(({ status }) => status === 200));
  assert.ok(sent.every(({ status }) => status === 200 || status === 503));
  const { lost, doubled, invented, miscounted } = account;
  assert.deepEqual(
    { lost, doubled, invented, miscounted },
    { lost: [], doubled: [], invented: [], miscounted: [] },
  );
}

test('a full file system refuses pings and loses none', async (t) => {
  using folder = tempFolder('full');
  let disk: ReturnType<typeof smallFileSystem>;
  try {
    disk = smallFileSystem(folder.path, 8_000_000);
  } catch (error) {
    t.skip(`NOT RUN, mounting is not allowed here: ${messageOf(error)}`);
    return;
  }
  using _ = disk;
  const codes = await seed(`sqlite:${join(folder.path, 'vigie.db')}`, { checks: 10 });
  disk.fill(2_000_000);
  await fillAndRecover(t, folder.path, codes, disk);
});

test('a limit on the size of files refuses pings and loses none', async (t) => {
  using folder = tempFolder('limit');
  using disk = smallFiles(2_000_000);
  const codes = await seed(`sqlite:${join(folder.path, 'vigie.db')}`, { checks: 10 });
  await fillAndRecover(t, folder.path, codes, disk);
});
