/** Configuration as code from the command line: `vigie config check`, `plan`, `apply`, `export`, `probe`. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables are what is tested
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ConfigPlan } from '@vigie/contract';
import { type TestServer, testServer } from './support/server.ts';
import { tempFolder } from './support/temp-folder.ts';
import { runVigie, type Said } from './support/vigie-command.ts';

let server: TestServer;
let folder: ReturnType<typeof tempFolder>;
before(async () => {
  folder = tempFolder('config');
  server = await testServer();
});
after(async () => {
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

function vigie(words: readonly string[], env: Record<string, string> = {}): Promise<Said> {
  const given = { VIGIE_URL: server.url, VIGIE_API_KEY: server.keys.write, ...env };
  return runVigie(words, { env: given, cwd: folder.path });
}

function file(text: string, name = 'vigie.yml'): void {
  writeFileSync(join(folder.path, name), text);
}

const SECRET = { HOOK: 'http://hook.example/?token=hidden' };
const GOOD = `listen:
  port: 8123
services:
  Api:
    kind: tcp
    interval: 30s
    settings: {host: "\${HOST:-127.0.0.1}", port: "\${PORT:-1}"}
checks:
  Backup:
    schedule: 0 2 * * *
    grace: 2h
    depends_on: [Api]
    channels: [Hook]
channels:
  Hook: {kind: webhook, settings: {url_down: "\${HOOK}"}}
`;

test('check tells everything that is wrong, line by line, without a server', async () => {
  file('listen: {prot: 1}\nservices:\n  A:\n    kind: tcpp\nchecks:\n  B: {grace: soon}\n', 'bad.yml');
  const bad = await runVigie(['config', 'check', 'bad.yml'], { cwd: folder.path });
  assert.deepEqual(
    [bad.code, bad.out, bad.error.trim().split('\n')],
    [
      1,
      '',
      [
        'bad.yml:1: listen.prot: unknown setting; did you mean listen.port?',
        'bad.yml:4: services.A.kind: is not known; did you mean tcp?',
        'bad.yml:6: checks.B.grace: must be a duration such as 30s or 5m, or seconds',
      ],
    ],
  );
  file(GOOD);
  const good = await runVigie(['config', 'check'], { cwd: folder.path, env: SECRET });
  assert.deepEqual(
    [good.code, good.out],
    [0, 'vigie.yml: 1 service, 1 check, 1 channel; nothing is wrong\n'],
  );
  const unset = await runVigie(['config', 'check', '--json'], { cwd: folder.path });
  assert.equal(unset.code, 1);
  const [problem] = JSON.parse(unset.out) as { line: number; reason: string }[];
  assert.deepEqual([problem?.line, problem?.reason], [15, 'the environment variable HOOK is not set']);
  assert.equal((await runVigie(['config', 'check', 'none.yml'], { cwd: folder.path })).code, 1);
});

test('plan shows, apply makes, a second apply changes nothing, an export applied again neither', async () => {
  file(GOOD);
  const plan = await vigie(['plan', '--text'], SECRET);
  assert.deepEqual([plan.code, plan.error], [0, '']);
  assert.match(plan.out, /^\+ channel Hook\n/);
  assert.match(plan.out, /\n {4}settings.url_down: \(secret\)\n/);
  assert.match(plan.out, /\n3 to make, 0 to change, 0 to delete, 0 unchanged\n$/);
  assert.doesNotMatch(plan.out, /hidden/);
  assert.match(
    (await vigie(['apply', '--text'], SECRET)).out,
    /\n3 made, 0 changed, 0 deleted, 0 unchanged\n$/,
  );
  assert.equal((await vigie(['apply', '--text'], SECRET)).out, 'nothing to change, 3 unchanged\n');

  const exported = await vigie(['export']);
  assert.match(exported.out, /^# Secrets are not told.*\n# {3}HOOK_URL_DOWN\n/);
  assert.match(exported.out, /\n {4}interval: 30s\n/);
  file(exported.out, 'export.yml');
  const again = await vigie(['plan', 'export.yml', '--owner', 'other'], { HOOK_URL_DOWN: SECRET.HOOK });
  const { changes, unchanged } = JSON.parse(again.out) as ConfigPlan;
  assert.deepEqual([changes, unchanged], [[], 3]);

  file(GOOD.replace('0 2 * * *', '0 3 * * *').replace(/ {4}depends_on.*\n/, ''));
  assert.equal(
    (await vigie(['apply', '--text'], SECRET)).out,
    '~ check Backup\n    schedule: "0 2 * * *" -> "0 3 * * *"\n    depends_on: ["Api"] -> []\n0 made, 1 changed, 0 deleted, 2 unchanged\n',
  );
});

test('what only the server knows to be wrong is told by its line too, and nothing is changed', async () => {
  file('checks:\n  A: {}\n  B:\n    environment: nowhere\n');
  const before = (await vigie(['checks', 'list'])).out;
  const refused = await vigie(['apply', '--owner', 'third']);
  assert.deepEqual(
    [refused.code, refused.out, refused.error],
    [1, '', "vigie.yml:4: checks.B.environment: is none of the project's: production\n"],
  );
  assert.equal((await vigie(['checks', 'list'])).out, before);
  file('site_name: X\n');
  assert.match((await vigie(['plan'])).error, /^vigie.yml declares nothing/);
});

test('probe runs a service once: 0 where it is well, 1 where it is not', async () => {
  const peer = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => peer.once('listening', resolve));
  const address = peer.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  file(GOOD);
  await vigie(['apply'], { ...SECRET, PORT: port });
  const well = await vigie(['probe', 'Api', '--text']);
  assert.deepEqual([well.code, well.error], [0, '']);
  assert.match(well.out, new RegExp(`^Api \\(tcp, 127.0.0.1:${port}\\): well\n`));
  await new Promise((resolve) => peer.close(resolve));
  const ill = await vigie(['probe', 'Api', '--json']);
  assert.equal(ill.code, 1);
  assert.equal((JSON.parse(ill.out) as { reason: string }).reason, 'refused');
  assert.match((await vigie(['probe', 'Nobody'])).error, /^there is no service Nobody/);
});
