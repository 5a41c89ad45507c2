/** `vigie exec`: real commands, and what their checks are told. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type ApiServer, KEYS, type Recorded, spawnApiServer } from './support/api-server.ts';
import { freePort } from './support/free-port.ts';
import { tempFolder } from './support/temp-folder.ts';
import { until } from './support/until.ts';
import { endOfVigie, runVigie, startVigie } from './support/vigie-command.ts';

/** Milliseconds that anything may take on a busy machine. */
const SOON = 15_000;
/** An address where nobody listens. */
const NOWHERE = 'http://127.0.0.1:1';

const folder = tempFolder('exec');
let server: ApiServer;
before(async () => {
  server = await spawnApiServer({ dataDir: folder.path });
});
after(async () => {
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

function environment(url: string = server.url): Record<string, string> {
  return { VIGIE_URL: url, VIGIE_PING_KEY: KEYS.ping };
}

/** What a new check was told by a run, oldest first. */
async function told(
  words: readonly string[],
  command: readonly string[],
): Promise<{ code: number | null; pings: Recorded[] }> {
  const { id } = await server.createCheck({ name: 'job' });
  const { code } = await runVigie(['exec', '--check', id, ...words, '--', ...command], {
    env: environment(),
  });
  return { code, pings: await server.pings(id) };
}

test('start and end with their run, the duration, the exit status and the end of the output', async () => {
  const { code, pings } = await told([], ['sh', '-c', 'echo out; echo err >&2; sleep 0.3; exit 7']);
  assert.equal(code, 7);
  const [start, end, ...more] = pings;
  assert.ok(start !== undefined && end !== undefined && more.length === 0);
  assert.deepEqual([start.type, end.type, end.exitstatus], ['start', 'fail', 7]);
  assert.equal(end.rid, start.rid);
  assert.ok((end.duration ?? 0) > 0.1, String(end.duration));
  assert.deepEqual(end.body.split('\n').sort(), ['', 'err', 'out']);
});

test('output passes through as it comes, on its own stream', async () => {
  const { id } = await server.createCheck({ name: 'job' });
  const child = startVigie(
    ['exec', '--check', id, '--', 'sh', '-c', 'echo out; read line; echo "$line" >&2'],
    {
      env: environment(),
      input: 'typed\n',
    },
  );
  assert.deepEqual(await endOfVigie(child), { out: 'out\n', error: 'typed\n', code: 0 });
});

test('of a long output the server gets the end that it keeps', async () => {
  const { code, pings } = await told([], ['sh', '-c', 'seq 1 20000']);
  const body = pings.at(-1)?.body ?? '';
  assert.equal(code, 0);
  assert.ok(body.length > 9_990 && body.length <= 10_000, String(body.length));
  assert.ok(body.endsWith('\n19999\n20000\n'), body.slice(-30));
});

test('--no-output keeps the output from the server', async () => {
  const { pings } = await told(['--no-output'], ['echo', 'secret']);
  assert.deepEqual(
    pings.map(({ type, body }) => [type, body]),
    [
      ['start', ''],
      ['success', ''],
    ],
  );
});

const ENDS: [string, string[], string[], number, RegExp][] = [
  [
    'a command that there is not',
    [],
    ['/no/such/command'],
    127,
    /^vigie exec: it cannot be started: .*ENOENT/,
  ],
  ['a command that is no program', [], [folder.path], 126, /^vigie exec: it cannot be started: .*EACCES/],
  [
    'a command that a signal ends',
    [],
    ['sh', '-c', 'kill -9 $$'],
    137,
    /^vigie exec: ended by SIGKILL, after [\d.]+ s\n$/,
  ],
  [
    'a command that takes too long',
    ['--timeout', '1s'],
    ['sleep', '60'],
    124,
    /^vigie exec: stopped: it took longer than 1 s/,
  ],
  [
    'one that ends well at its time',
    ['--timeout', '1s'],
    ['sh', '-c', 'trap "exit 0" TERM; sleep 60 & wait'],
    124,
    /stopped/,
  ],
];

for (const [name, words, command, status, reason] of ENDS) {
  test(`${name}: exit code ${status}, and the check is told why`, async () => {
    const { code, pings } = await told(words, command);
    assert.equal(code, status);
    assert.deepEqual([pings.at(-1)?.type, pings.at(-1)?.exitstatus], ['fail', status]);
    assert.match(pings.at(-1)?.body ?? '', reason);
  });
}

test('a time-out ends what the command started too', async () => {
  const mark = join(folder.path, 'child');
  const { code } = await told(['--timeout', '1s'], ['sh', '-c', `sleep 60 & echo $! > ${mark}; wait`]);
  assert.equal(code, 124);
  const pid = readFileSync(mark, 'utf8').trim();
  await until('the child is gone', SOON, () => isOver(pid));
});

/** Gone, or dead and not yet fetched by the machine's first process. */
function isOver(pid: string): boolean {
  const file = `/proc/${pid}/stat`;
  return !existsSync(file) || / Z /.test(readFileSync(file, 'utf8'));
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  test(`${signal} reaches the command, whose exit code comes back`, async () => {
    const { id } = await server.createCheck({ name: 'job' });
    const script = `trap 'exit 9' ${signal.slice(3)}; echo ready; while :; do sleep 0.05; done`;
    const child = startVigie(['exec', '--check', id, '--', 'sh', '-c', script], { env: environment() });
    const ready = once(child.stdout, 'data');
    const ended = endOfVigie(child);
    await ready;
    await until('the start is known', SOON, async () => (await server.pings(id)).length > 0);
    child.kill(signal);
    const { code } = await ended;
    assert.equal(code, 9);
    assert.deepEqual(
      (await server.pings(id)).map(({ type, exitstatus }) => [type, exitstatus]),
      [
        ['start', null],
        ['fail', 9],
      ],
    );
  });
}

test('a check that nobody named is that of the command, made with its first run', async () => {
  const script = join(folder.path, 'Nightly Backup.sh');
  writeFileSync(script, '#!/bin/sh\necho saved\n', { mode: 0o755 });
  assert.equal((await runVigie(['exec', '--', script], { env: environment() })).code, 0);
  const { items } = await server.call<{ items: { id: string; status: string }[] }>(
    'GET',
    '/api/vigie/checks?slug=nightly-backup',
  );
  assert.deepEqual(
    items.map(({ status }) => status),
    ['up'],
  );
});

test('a server that is away does not keep the command from running; the loss is told', async () => {
  const mark = join(folder.path, 'ran');
  const words = ['exec', '--check', 'job', '--', 'sh', '-c', `touch ${mark}; exit 5`];
  const { code, error } = await runVigie(words, { env: environment(NOWHERE) });
  assert.deepEqual([code, existsSync(mark)], [5, true]);
  assert.match(
    error,
    /^vigie exec: the check job was not told: http:\/\/127\.0\.0\.1:1 cannot be reached: .+\n$/,
  );
});

test('a check that is not there does not either', async () => {
  const words = ['exec', '--check', '00000000-0000-4000-8000-000000000000', '--', 'true'];
  const { code, error } = await runVigie(words, { env: environment() });
  assert.deepEqual(
    [code, error],
    [
      0,
      'vigie exec: the check 00000000-0000-4000-8000-000000000000 was not told: the ping was refused: not found\n',
    ],
  );
});

test('a server that comes back while the command runs is told of its end, and how long it took', async () => {
  await using stack = new AsyncDisposableStack();
  const own = stack.use(tempFolder('exec-away'));
  const port = await freePort();
  const options = { dataDir: own.path, env: { VIGIE_PORT: String(port) } };
  const first = await spawnApiServer(options);
  const { id } = await first.createCheck({ name: 'job' });
  await first.end('SIGTERM');
  const go = join(own.path, 'go');
  const script = `echo working; until [ -e ${go} ]; do sleep 0.05; done`;
  const child = startVigie(['exec', '--check', id, '--', 'sh', '-c', script], {
    env: environment(`http://127.0.0.1:${port}`),
  });
  const ended = endOfVigie(child);
  const second = stack.use(await spawnApiServer(options));
  writeFileSync(go, '');
  assert.equal((await ended).code, 0);
  const end = (await second.pings(id)).at(-1);
  assert.equal(end?.type, 'success');
  assert.match(end?.body ?? '', /^working\n/);
  // A start that came late tells the duration; where it was given up before, the closing line does.
  assert.ok(end?.duration !== null || /exit status 0 after [\d.]+ s\n$/.test(end.body), end?.body);
});

test('the command line is refused before anything runs', async () => {
  const mark = join(folder.path, 'never');
  const cases: [string[], RegExp][] = [
    [['--check', 'job'], /^the command comes behind --/],
    [['touch', mark], /^the command comes behind --/],
    [['job', '--', 'touch', mark], /^job stands before --/],
    [['--timeout', '0s', '--', 'touch', mark], /^--timeout takes more than nothing/],
    [['--timeout', '99w', '--', 'touch', mark], /at most 24d: 99w/],
    [['--check', 'A b', '--', 'touch', mark], /^not a check: A b/],
    [['--nope', '--', 'touch', mark], /--nope/],
    [['--', '...'], /^no check can be named/],
  ];
  for (const [words, reason] of cases) {
    const { code, error } = await runVigie(['exec', ...words], { env: environment() });
    assert.match(error, reason);
    assert.deepEqual([code, existsSync(mark)], [2, false], words.join(' '));
  }
});

test('--help behind -- is the command own affair', async () => {
  const { out } = await runVigie(
    ['exec', '--check', 'job', '--create', '--', 'sh', '-c', 'echo "$1"', 'sh', '--help'],
    {
      env: environment(),
    },
  );
  assert.equal(out, '--help\n');
});

test('a reader that goes away ends the command as it would without vigie', async () => {
  const out = join(folder.path, 'piped');
  const script = `"${process.execPath}" "$VIGIE" exec --check piped --create -- sh -c 'while :; do echo line; done' | head -n 1 > ${out}`;
  const { VIGIE } = await import('./support/vigie-command.ts');
  const shell = startVigie(['exec', '--check', 'outer', '--create', '--', 'sh', '-c', script], {
    env: { ...environment(), VIGIE },
  });
  assert.equal((await endOfVigie(shell)).code, 0);
  assert.equal(readFileSync(out, 'utf8'), 'line\n');
});
