/** Slow and hostile clients get a precise refusal or a closed socket, and delay nobody else's ping. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openStore } from '../../src/store/open.ts';
import { connectPing } from '../support/ping-client.ts';
import { percentile } from '../support/ping-load.ts';
import { type Exchange, exchange, openRaw, type RawConnection, statusesIn } from '../support/raw-exchange.ts';
import { seed } from '../support/seed.ts';
import { spawnServer } from '../support/server-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Milliseconds that others' pings may take; what a crowded test machine adds is in it. */
const P99_LIMIT = 250;
/** Milliseconds between two pings of the others. */
const PACE = 5;
/** Milliseconds after which a client that does not finish its headers, or its request, is gone. */
const HEADERS_END = 10_000 + 5_000 + 2_000;
const SLOW_END = 30_000 + 5_000 + 2_000;
/** Milliseconds for what must be refused at once. */
const AT_ONCE = 3_000;

const folder = tempFolder('hostile');
const url = `sqlite:${join(folder.path, 'vigie.db')}`;
const [others = '', target = '', smuggled = ''] = await seed(url, { checks: 3 });
const server = await spawnServer({ dataDir: folder.path, env: { VIGIE_PING_LOG_LIMIT: '100000' } });
after(async () => {
  await server.end('SIGTERM');
  folder[Symbol.dispose]();
});

/** Runs the attack while somebody else pings, and says what became of those pings. */
async function besidePings<T>(t: TestContext, attack: () => Promise<T>): Promise<T> {
  const latencies: number[] = [];
  let over = false;
  const pinging = (async () => {
    using connection = await connectPing(server.port);
    while (!over) {
      const from = performance.now();
      assert.equal(await connection.send({ code: others, body: '' }), 200);
      latencies.push(performance.now() - from);
      await delay(PACE);
    }
  })();
  const result = await attack().finally(() => {
    over = true;
  });
  await pinging;
  const [p50, p99] = [percentile(latencies, 0.5), percentile(latencies, 0.99)];
  t.diagnostic(
    `${latencies.length} pings of others: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ` +
      `longest ${Math.max(...latencies).toFixed(1)} ms`,
  );
  assert.ok(p99 < P99_LIMIT, `p99 ${p99} ms`);
  return result;
}

function ping(code: string, headers = ''): string {
  return `GET /ping/${code} HTTP/1.1\r\nHost: v\r\n${headers}\r\n`;
}

async function pingsOf(code: string): Promise<number> {
  const store = openStore(url, { readOnly: true });
  const { n_pings } = await store.db
    .selectFrom('check_states')
    .innerJoin('checks', 'checks.id', 'check_states.check_id')
    .select('n_pings')
    .where('code', '=', code)
    .executeTakeFirstOrThrow();
  await store.close();
  return n_pings;
}

test('before any attack', async (t) => {
  await besidePings(t, () => delay(2_000));
});

/** Opens connections that begin with `first` and then add `more` every `pace` ms, and waits for their ends. */
async function dribble(count: number, first: string, more: string, pace: number): Promise<Exchange[]> {
  const slow: RawConnection[] = [];
  while (slow.length < count) {
    slow.push(...(await Promise.all(Array.from({ length: 50 }, () => openRaw(server.port)))));
  }
  for (const { socket } of slow) socket.write(first);
  const timer = setInterval(() => {
    for (const { socket } of slow) if (socket.writable) socket.write(more);
  }, pace);
  const ends = await Promise.all(slow.map((connection) => connection.ended(SLOW_END)));
  clearInterval(timer);
  for (const connection of slow) connection[Symbol.dispose]();
  return ends;
}

test('slow clients of every kind are closed in time, and nothing is made of what they sent', async (t) => {
  const head = `POST /ping/${target} HTTP/1.1\r\nHost: v\r\n`;
  const [headers = [], bodies = [], silent = []] = await besidePings(t, () =>
    Promise.all([
      dribble(100, head, 'X-Slow: y\r\n', 200),
      dribble(100, `${head}Content-Length: 100000\r\n\r\n`, '.', 500),
      dribble(1_000, '', '', SLOW_END),
    ]),
  );
  const longest = (ends: Exchange[]): string =>
    `${(Math.max(...ends.map(({ took }) => took)) / 1000).toFixed(1)} s`;
  t.diagnostic(
    `closed: 100 dribbling headers after ${longest(headers)}, 100 dribbling bodies after ${longest(bodies)}, ` +
      `1,000 silent ones after ${longest(silent)}`,
  );
  assert.ok([...headers, ...bodies, ...silent].every(({ closed }) => closed));
  assert.ok(headers.every(({ took, answer }) => took < HEADERS_END && statusesIn(answer).join() === '408'));
  assert.ok(silent.every(({ took }) => took < HEADERS_END));
  assert.equal(await pingsOf(target), 0);
});

const MEGABYTES = 10 * 1024 * 1024;
const HUGE: [string, string][] = [
  ['a header', `GET /ping/${target} HTTP/1.1\r\nHost: v\r\nX-Big: ${'a'.repeat(MEGABYTES)}\r\n\r\n`],
  [
    'many headers',
    `GET /ping/${target} HTTP/1.1\r\nHost: v\r\n${'X-Many: a\r\n'.repeat(MEGABYTES / 11)}\r\n`,
  ],
  ['a URL', `GET /ping/${target}?${'a'.repeat(MEGABYTES)} HTTP/1.1\r\nHost: v\r\n\r\n`],
];

for (const [name, bytes] of HUGE) {
  test(`${name} of 10 MB is refused at once`, async (t) => {
    const ends = await besidePings(t, async () => {
      const rounds: Exchange[] = [];
      for (let round = 0; round < 30; round++) {
        rounds.push(...(await Promise.all([1, 2, 3].map(() => exchange(server.port, bytes, AT_ONCE)))));
        await delay(50);
      }
      return rounds;
    });
    assert.ok(ends.every(({ closed }) => closed));
    // The answer may be lost: a socket closed on unread bytes resets the connection.
    for (const { answer } of ends) assert.match(statusesIn(answer).join(), /^(431|414)?$/);
  });
}

const inner = ping(smuggled);
const chunked = `0\r\n\r\n${inner}`;
const post = (headers: string, body: string): string =>
  `POST /ping/${target} HTTP/1.1\r\nHost: v\r\n${headers}\r\n${body}`;

const SMUGGLING: [string, string][] = [
  ['length and chunks', post('Content-Length: 6\r\nTransfer-Encoding: chunked\r\n', chunked)],
  ['chunks and length', post('Transfer-Encoding: chunked\r\nContent-Length: 6\r\n', chunked)],
  ['two lengths', post(`Content-Length: 0\r\nContent-Length: ${inner.length}\r\n`, inner)],
  ['a list of lengths', post(`Content-Length: 0, ${inner.length}\r\n`, inner)],
  ['a signed length', post('Content-Length: +0\r\n', inner)],
  ['a negative length', post('Content-Length: -1\r\n', inner)],
  ['a hexadecimal length', post('Content-Length: 0x10\r\n', inner)],
  ['an unknown encoding', post('Transfer-Encoding: xchunked\r\n', chunked)],
  ['chunked that is not last', post('Transfer-Encoding: chunked, identity\r\n', chunked)],
  ['an encoding twice', post('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n', chunked)],
  ['a space before the colon', post('Transfer-Encoding : chunked\r\n', chunked)],
  ['a folded header', post('Transfer-Encoding:\r\n chunked\r\nContent-Length: 6\r\n', chunked)],
  ['a bad size of a chunk', post('Transfer-Encoding: chunked\r\n', `zz\r\n${inner}`)],
  ['an overflowing size of a chunk', post('Transfer-Encoding: chunked\r\n', `FFFFFFFFFFFFFFFFF\r\n${inner}`)],
  ['a chunk longer than its size', post('Transfer-Encoding: chunked\r\n', `1\r\nab\r\n${chunked}`)],
  ['a NUL in a header', post('X-A: \0\r\n', inner)],
  ['a bare CR in a header', post('X-A: b\rX-C: d\r\n', inner)],
];

for (const [name, bytes] of SMUGGLING) {
  test(`smuggling by ${name} is refused and reaches no second check`, async () => {
    const { answer, closed } = await exchange(server.port, bytes, AT_ONCE);
    assert.deepEqual(statusesIn(answer), [400], answer);
    assert.ok(closed, 'the connection ends');
    assert.equal(await pingsOf(smuggled), 0);
  });
}

const GARBAGE: [string, string][] = [
  ['nonsense', 'nonsense\r\n\r\n'],
  ['the greeting of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['HTTP/1.1 without a Host', `GET /ping/${target} HTTP/1.1\r\n\r\n`],
  ['a body of 10 GB', post('Content-Length: 10000000000\r\n', 'a')],
];

for (const [name, bytes] of GARBAGE) {
  test(`${name} is refused`, async () => {
    const { answer, closed } = await exchange(server.port, bytes, AT_ONCE);
    assert.deepEqual(statusesIn(answer), [400], answer);
    assert.ok(closed, 'the connection ends');
  });
}

test('garbage behind a ping ends the connection', async () => {
  const { answer, closed } = await exchange(server.port, `${ping(others)}\0\0\0garbage`, AT_ONCE);
  assert.ok(closed);
  // Whether the ping's own answer still gets out is a race that the sender has asked for.
  assert.match(statusesIn(answer).join(), /^(200,)?400$/);
});

test('100 connections at once that pipeline garbage, ten times, harm nobody', async (t) => {
  const ends: Exchange[] = await besidePings(t, async () => {
    const rounds: Exchange[] = [];
    for (let round = 0; round < 10; round++) {
      const bytes = `${ping(others).repeat(20)}\x01\x02\x03${'garbage '.repeat(1000)}`;
      const all = Array.from({ length: 100 }, () => exchange(server.port, bytes, AT_ONCE));
      rounds.push(...(await Promise.all(all)));
      // The attack runs in the process that measures: it must not measure itself alone.
      await delay(200);
    }
    return rounds;
  });
  assert.ok(ends.every(({ closed }) => closed));
});

test('pings that are pipelined rightly are all answered', async () => {
  const before = await pingsOf(others);
  const bytes = ping(others).repeat(49) + ping(others, 'Connection: close\r\n');
  const { answer } = await exchange(server.port, bytes, AT_ONCE);
  assert.deepEqual(
    statusesIn(answer),
    Array.from({ length: 50 }, () => 200),
  );
  assert.equal(await pingsOf(others), before + 50);
});

test('after all of it the server is well', async () => {
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
});
