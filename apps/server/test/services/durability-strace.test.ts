/**
 * Promise 1 as the kernel sees it: no 200 leaves a socket before the fdatasync that covers its ping.
 * kill -9 cannot tell: what was written and never synced survives the process, and not the power cut.
 */
import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { pingLoad } from '../support/ping-load.ts';
import { seed } from '../support/seed.ts';
import { spawnServer } from '../support/server-process.ts';
import { MARKER_NAME, StraceAudit, straceCommand } from '../support/strace-audit.ts';
import { tempFolder } from '../support/temp-folder.ts';

const CONNECTIONS = 32;
const PINGS = 800;

test('no answer leaves a socket before the fdatasync that covers its ping', async (t) => {
  using folder = tempFolder('strace');
  const codes = await seed(`sqlite:${join(folder.path, 'vigie.db')}`, { checks: 20 });
  const trace = join(folder.path, 'trace');
  await using server = await spawnServer({ dataDir: folder.path, wrapper: straceCommand(trace) });
  const sent = await pingLoad({
    port: server.port,
    codes,
    connections: CONNECTIONS,
    name: `${MARKER_NAME}ping`,
    more: (number) => number < PINGS,
  });
  await server.end('SIGTERM');
  const audit = new StraceAudit();
  for await (const line of createInterface({ input: createReadStream(trace, 'latin1') })) audit.feed(line);
  const answered = sent.filter((ping) => ping.status === 200);
  const { answers, syncs, violations } = audit.verdict(answered);
  t.diagnostic(
    `${answers} answers seen under strace, ${syncs} syncs of the log, ${violations.length} violations`,
  );
  assert.deepEqual(violations, []);
  assert.equal(answered.length, PINGS);
  assert.equal(answers, PINGS);
});

const OPEN = '9 pwrite64(7</d/vigie.db-wal>, "..<durable-1>..", 4096, 56) = 4096';
const ANSWER = '8 write(21<TCP:[127.0.0.1:8000->127.0.0.1:4711]>, "HTTP/1.1 200 OK\\r\\n", 16) = 16';
const SYNC = '9 fdatasync(7</d/vigie.db-wal>) = 0';
const SYNC_START = '9 fdatasync(7</d/vigie.db-wal> <unfinished ...>';
const SYNC_END = '9 <... fdatasync resumed>) = 0';

const TRACES: [string, string[], boolean][] = [
  ['write, sync, answer', [OPEN, SYNC, ANSWER], true],
  ['an answer without a sync', [OPEN, ANSWER], false],
  ['an answer before its sync', [OPEN, ANSWER, SYNC], false],
  ['an answer while its sync goes on', [OPEN, SYNC_START, ANSWER, SYNC_END], false],
  ['a sync from before the write', [SYNC, OPEN, ANSWER], false],
  ['a sync that began before the write', [SYNC_START, OPEN, SYNC_END, ANSWER], false],
  ['a sync that ended before the answer', [OPEN, SYNC_START, SYNC_END, ANSWER], true],
  ['a sync that failed', [OPEN, SYNC.replace('= 0', '= -1 EIO'), ANSWER], false],
  ['a sync of another file', [OPEN, SYNC.replace('-wal', ''), ANSWER], false],
];

for (const [name, lines, durable] of TRACES) {
  test(`the audit ${durable ? 'accepts' : 'refuses'} ${name}`, () => {
    const audit = new StraceAudit();
    for (const line of lines) audit.feed(line);
    const { violations } = audit.verdict([{ marker: '<durable-1>', port: 4711 }]);
    assert.equal(violations.length === 0, durable, violations.join());
  });
}
