/** What an on-call person types: the `vigie` command against a running server. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Channel } from '@vigie/contract';
import { KEYS, spawnApiServer } from '../support/api-server.ts';
import { startExim } from '../support/exim.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const run = promisify(execFile);
const VIGIE = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url));
/** Milliseconds after which a message counts as missing. */
const LOST = 10_000;

test('alerts, silences and a drill from the command line', async (t) => {
  await using stack = new AsyncDisposableStack();
  const exim = stack.use(await startExim());
  const folder = stack.use(tempFolder('cli'));
  const env = {
    VIGIE_MAIL_URL: `smtp://127.0.0.1:${exim.port}`,
    VIGIE_MAIL_FROM: 'Vigie <vigie@example.net>',
  };
  const server = stack.use(await spawnApiServer({ dataDir: folder.path, env }));
  await server.call<Channel>('POST', '/api/vigie/channels', {
    kind: 'email',
    name: 'on call',
    settings: { address: 'alice@example.org' },
  });
  const surroundings = { ...process.env, VIGIE_URL: server.url, VIGIE_API_KEY: KEYS.write };
  const vigie = async (...words: string[]): Promise<string> => {
    const { stdout } = await run(process.execPath, [VIGIE, ...words, '--text'], { env: surroundings });
    return stdout.trim();
  };
  const link = async (subject: RegExp): Promise<string> => {
    const found = await until(`the mail ${subject}`, LOST, async () =>
      (await exim.mails()).find(({ mail }) => subject.test(mail.subject ?? '')),
    );
    const [, url] = /^Acknowledge: (\S+)$/m.exec(found.mail.text ?? '') ?? [];
    assert.ok(url !== undefined, found.mail.text);
    return url;
  };

  assert.equal(await vigie('alerts', 'list'), 'nothing fires');
  const queue = await server.createCheck({ name: 'Queue', tags: ['tier2'], timeout: 3600 });
  await fetch(`${queue.ping_url}/fail`);
  const listed = await vigie('alerts', 'list', 'severity=warning', 'check=~"Q.*"');
  const [, id = ''] = /^(\d+) +firing +warning +.* CheckDown of Queue$/m.exec(listed) ?? [];
  assert.notEqual(id, '', listed);
  assert.match(await vigie('alerts', 'show', id), /^CheckDown of Queue: firing, warning\n/);
  assert.match(await vigie('alerts', 'ack', id, '--comment', 'on it'), /^acknowledged by /);
  assert.match(await vigie('alerts', 'list'), /acknowledged/);
  assert.equal(await vigie('alerts', 'list', '--state', 'resolved'), 'nothing is over');
  await link(/Queue - DOWN/);
  const story = await until('the message is in the story', LOST, async () => {
    const text = await vigie('alerts', 'explain', id);
    return /was sent/.test(text) ? text : undefined;
  });
  t.diagnostic(story);
  for (const part of [/was raised/, /on call/, /Acknowledged/, /on it/]) assert.match(story, part);
  assert.match(await vigie('alerts', 'explain', '--from', '1h'), /Queue/);

  assert.match(
    await vigie('silences', 'preview', 'check=Queue'),
    /^1 alert that fires now\n {2}CheckDown of Queue\n1 check, should it go down\n/,
  );
  const made = await vigie('silences', 'add', 'check=Queue', '--for', '2h', '--comment', 'known');
  const [silence = ''] = made.split(' ');
  assert.match(await vigie('silences', 'list'), new RegExp(`${silence} +active .*check="Queue" .*known`));
  assert.match(await vigie('silences', 'expire', silence), /is over$/);
  assert.equal(await vigie('silences', 'list'), 'nothing is silenced');

  const drill = vigie('drill', 'page', '--wait', '30s');
  const answered = link(/drill/i).then((url) => fetch(url, { method: 'POST' }));
  assert.equal((await answered).status, 200);
  const result = await drill;
  t.diagnostic(result);
  assert.match(
    result,
    /^on call: sent in [\d.]+ s\nacknowledged after [\d.]+ s by the link sent to on call$/,
  );
});

test('what goes wrong is told in one line, with an exit code', async () => {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(tempFolder('cli-bad'));
  const server = stack.use(await spawnApiServer({ dataDir: folder.path }));
  const cases: [string, string[], RegExp][] = [
    [KEYS.write, ['alerts', 'show', '1'], /^no such alert$/],
    ['wrong', ['alerts', 'list'], /key/],
    [KEYS.read, ['silences', 'add', 'a=b', '--comment', 'x'], /alert\.write/],
    [KEYS.write, ['silences', 'add', 'a=~"("', '--comment', 'x'], /regular expression/],
    [KEYS.write, ['drill', 'page', '--wait', '1s'], /nobody acknowledged it in time/],
  ];
  for (const [key, words, reason] of cases) {
    const env = { ...process.env, VIGIE_URL: server.url, VIGIE_API_KEY: key };
    const failure = await run(process.execPath, [VIGIE, ...words], { env }).then(
      () => null,
      (error: { code: number; stderr: string }) => error,
    );
    assert.equal(failure?.code, 1, words.join(' '));
    assert.match(failure?.stderr.trim().split('\n').at(-1) ?? '', reason);
  }
});
