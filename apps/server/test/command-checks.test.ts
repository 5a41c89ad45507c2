/** Checks from the command line, against a running server: `vigie checks`, `ping`, `status`. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Check } from '@vigie/contract';
import { type TestServer, testServer } from './support/server.ts';
import { runVigie, type Said } from './support/vigie-command.ts';

let server: TestServer;
before(async () => {
  server = await testServer({ env: { VIGIE_BASE_URL: 'https://vigie.example.org' } });
});
after(() => server[Symbol.asyncDispose]());

/** Runs the command with the read-write key, and the ping key where `env` has it. */
function vigie(words: readonly string[], env: Record<string, string> = {}, input?: string): Promise<Said> {
  const given = { VIGIE_URL: server.url, VIGIE_API_KEY: server.keys.write, ...env };
  return runVigie(words, { env: given, ...(input === undefined ? {} : { input }) });
}

async function ok(...words: string[]): Promise<string> {
  const { out, error, code } = await vigie(words);
  assert.deepEqual([code, error], [0, ''], words.join(' '));
  return out.trim();
}

async function makeCheck(fields: object): Promise<Check> {
  const response = await fetch(`${server.url}/api/vigie/checks`, {
    method: 'POST',
    headers: { 'X-Api-Key': server.keys.write, 'Content-Type': 'application/json' },
    body: JSON.stringify(fields),
  });
  assert.equal(response.status, 201, await response.clone().text());
  return (await response.json()) as Check;
}

async function statusOf(id: string): Promise<string> {
  return (JSON.parse(await ok('checks', 'get', id)) as Check).status;
}

test('a check is listed, shown, paused, resumed, deleted and restored', async () => {
  const { id } = await makeCheck({ name: 'Nightly', slug: 'nightly', tags: ['db', 'nights'], timeout: 5400 });
  await makeCheck({
    name: 'Other',
    slug: 'other',
    tags: ['db'],
    schedule: '0 2 * * *',
    time_zone: 'Europe/Paris',
  });

  assert.match(
    await ok('checks', 'list', '--tag', 'db', '--text'),
    /^ID +STATUS +NAME +SCHEDULE +LAST PING +TAGS\n\S+ +new +Nightly +every 1h30m +never +db nights\n\S+ +new +Other +0 2 \* \* \* \(Europe\/Paris\)/,
  );
  const listed = JSON.parse(await ok('checks', 'list', '--tag', 'db', '--tag', 'nights')) as Check[];
  assert.deepEqual(
    listed.map((check) => check.id),
    [id],
  );
  assert.equal(await ok('checks', 'list', 'no such', '--text'), 'there are no such checks');
  assert.match(await ok('checks', 'get', 'nightly', '--text'), /^Nightly: new\nid +\S+\nslug +nightly\n/);

  assert.equal(await ok('checks', 'pause', 'nightly', '--text'), '1 check paused');
  assert.equal(await statusOf(id), 'paused');
  assert.equal(await ok('checks', 'resume', '--tag', 'nights', '--text'), '1 check resumed');
  assert.equal(await statusOf(id), 'new');
  assert.match(await ok('checks', 'delete', 'nightly', '--text'), /^1 check deleted/);
  assert.match((await vigie(['checks', 'get', 'nightly'])).error, /^no check has the slug nightly$/m);
  assert.equal(await ok('checks', 'restore', id, '--text'), '1 check restored');
  assert.match(await ok('checks', 'delete', '--tag', 'db', '--yes', '--text'), /^2 checks deleted/);
});

test('pages are followed to the end of a long list', async () => {
  const made = Array.from({ length: 501 }, (_, i) => makeCheck({ name: `many ${i}`, tags: ['many'] }));
  await Promise.all(made);
  assert.equal((JSON.parse(await ok('checks', 'list', '--tag', 'many')) as Check[]).length, 501);
  assert.match(await ok('checks', 'delete', '--tag', 'many', '--yes', '--text'), /^501 checks deleted/);
});

test('a ping by UUID, by slug with either key, by URL; with what the body says', async () => {
  const { id } = await makeCheck({ name: 'Pinged', slug: 'pinged' });
  const kinds = async (): Promise<string[]> => {
    const response = await fetch(`${server.url}/api/vigie/checks/${id}/pings`, {
      headers: { 'X-Api-Key': server.keys.write },
    });
    const { items } = (await response.json()) as { items: { type: string; exitstatus: number | null }[] };
    return items.map(({ type, exitstatus }) => `${type} ${exitstatus ?? ''}`.trim());
  };
  assert.equal(await ok('ping', id.toUpperCase(), 'start', '--text'), 'OK');
  await ok('ping', 'pinged', 'log', '--body', 'half way');
  await ok('ping', `${server.url}/ping/${id}`, '3');
  const byKey = await vigie(
    ['ping', 'pinged', 'fail', '--body', '-'],
    { VIGIE_PING_KEY: server.keys.ping },
    'oh\n',
  );
  assert.deepEqual(JSON.parse(byKey.out), { check: 'pinged', report: 'fail', answer: 'OK' });
  assert.deepEqual(await kinds(), ['fail', 'fail 3', 'log', 'start']);
  const body = await fetch(`${server.url}/api/vigie/checks/${id}/pings/4/body`, {
    headers: { 'X-Api-Key': server.keys.write },
  });
  assert.equal(await body.text(), 'oh\n');
  await ok('ping', 'pinged');
  assert.equal((await kinds())[0], 'success');

  const made = await vigie(['ping', 'brand-new', '--create', '--text'], { VIGIE_PING_KEY: server.keys.ping });
  assert.deepEqual([made.out, made.code], ['Created\n', 0]);
  await ok('checks', 'delete', 'brand-new', 'pinged');
});

test("the variables of Healthchecks' clients say where the server is", async () => {
  const { id } = await makeCheck({ name: 'Theirs', slug: 'theirs' });
  const env = {
    HEALTHCHECKS_API_URL: `${server.url}/api/v1`,
    HEALTHCHECKS_API_KEY: server.keys.write,
    HEALTHCHECKS_PING_URL: `${server.url}/ping`,
  };
  assert.equal((await runVigie(['ping', id], { env })).code, 0);
  const { out } = await runVigie(['checks', 'get', 'theirs'], { env });
  assert.equal((JSON.parse(out) as Check).status, 'up');
  await ok('checks', 'delete', 'theirs');
});

test('status says what is down, late and firing, and so does its exit code', async () => {
  const status = async (): Promise<[number | null, string]> => {
    const { out, code } = await vigie(['status', '--text']);
    return [code, out.trim()];
  };
  assert.deepEqual(await status(), [0, '0 checks; nothing fires']);
  const late = await makeCheck({ name: 'Late one', timeout: 60, grace: 3600 });
  await ok('ping', late.id);
  assert.deepEqual(await status(), [0, '1 check: 1 up; nothing fires']);
  await server.clock.advance(61_000);
  const [code, text] = await status();
  assert.equal(code, 3);
  assert.match(text, /^LATE +Late one +down at 2026-07-15 13:01:00Z\n1 check: 1 late; nothing fires$/);

  const down = await makeCheck({ name: 'Broken', slug: 'broken' });
  await ok('ping', down.id, 'fail');
  const { out, code: worse } = await vigie(['status']);
  const told = JSON.parse(out) as {
    state: string;
    down: Check[];
    late: Check[];
    firing: { title: string }[];
  };
  assert.equal(worse, 4);
  assert.deepEqual([told.state, told.down[0]?.id, told.late[0]?.id], ['down', down.id, late.id]);
  assert.match(told.firing[0]?.title ?? '', /Broken/);
  assert.match((await status())[1], /^FIRING +.*Broken.*\nDOWN +Broken +since .*\nLATE +Late one/);
});

const REFUSED: [string, string[], Record<string, string>, number, RegExp][] = [
  ['a ping of nothing', ['ping'], {}, 2, /it takes a check/],
  ['a ping with a report that is none', ['ping', 'x', 'done'], {}, 2, /^not a report: done/],
  ['an exit status that no process has', ['ping', 'x', '256'], {}, 2, /^not a report: 256/],
  ['a check that cannot be', ['ping', 'A b'], {}, 2, /^not a check: A b/],
  ['a slug without a key', ['ping', 'x'], { VIGIE_API_KEY: '' }, 2, /^x is a slug: it needs the ping key/],
  ['a slug of nothing', ['ping', 'nowhere'], {}, 1, /^no check has the slug nowhere$/],
  [
    'a UUID of nothing',
    ['ping', '00000000-0000-4000-8000-000000000000'],
    {},
    1,
    /^the ping was refused: not found$/,
  ],
  [
    'a run id that is none',
    ['ping', 'nowhere', '--rid', 'x'],
    { VIGIE_PING_KEY: 'pingkeypingkeypingkey1' },
    1,
    /refused/,
  ],
  ['a change of no check', ['checks', 'pause'], {}, 2, /it needs checks/],
  ['a change by both', ['checks', 'pause', 'x', '--tag', 'y'], {}, 2, /not both/],
  ['a deletion by tag', ['checks', 'delete', '--tag', 'y'], {}, 2, /add --yes/],
  ['a tag that no check has', ['checks', 'pause', '--tag', 'none'], {}, 1, /^no check has the tag none$/],
  ['a status that is none', ['checks', 'list', '--status', 'bad'], {}, 1, /status/],
  ['a wrong key', ['status'], { VIGIE_API_KEY: 'wrong' }, 1, /key/],
  ['a URL that is none', ['status'], { VIGIE_URL: 'localhost' }, 2, /must begin with http/],
  [
    'a key file that is not there',
    ['status'],
    { VIGIE_API_KEY: '', VIGIE_API_KEY_FILE: '/none' },
    2,
    /cannot read \/none/,
  ],
  ['both forms of output', ['status', '--json', '--text'], {}, 2, /exclude one another/],
];

for (const [name, words, env, code, reason] of REFUSED) {
  test(`${name}: exit code ${code} and one line`, async () => {
    const said = await vigie(words, env);
    assert.match(said.error.trim(), reason);
    assert.deepEqual([said.code, said.out, said.error.trim().split('\n').length], [code, '', 1]);
  });
}
