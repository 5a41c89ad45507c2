/** The start script, run as a user runs it: in a folder of its own, against the real server. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readEnvFile } from '@vigie/client/env-file';

const SCRIPT = fileURLToPath(new URL('start-vigie.sh', import.meta.url));
const CHECKS = fileURLToPath(
  new URL('../examples/healthchecks-env/checks.env.healthchecks', import.meta.url),
);
/** Milliseconds; a busy machine takes its time. */
const LONGEST = 120_000;

const home = mkdtempSync(join(tmpdir(), 'vigie-start-'));
after(async () => {
  await start('down');
  rmSync(home, { recursive: true, force: true });
});

/** The environment of a user, without settings of whoever runs the test. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(VIGIE|HEALTHCHECKS|HC|npm)_/.test(name)),
);

function start(...words: string[]): Promise<{ code: number; out: string; error: string }> {
  return new Promise((resolve) => {
    execFile(SCRIPT, words, { cwd: home, env, timeout: LONGEST }, (failure, out, error) => {
      const code = failure === null ? 0 : Number(failure.code ?? -1);
      resolve({ code, out, error });
    });
  });
}

function urlIn(text: string): string {
  return /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? assert.fail(text);
}

test('a folder with two env files becomes a server with its checks, and is put away again', async () => {
  const file = join(home, '.env.healthchecks');
  writeFileSync(join(home, '.env'), 'VIGIE_HOST=127.0.0.1\nVIGIE_PORT=1\nVIGIE_SMTP_PORT=off\n');
  copyFileSync(CHECKS, file);
  const checks = readFileSync(CHECKS, 'utf8');
  writeFileSync(
    file,
    `# Ours\nVIGIE_PORT=0 # any\nHEALTHCHECKS_API_URL=http://healthchecks:8000/api/v1\nHEALTHCHECKS_API_KEY=your-project-api-key-here\n${checks}`,
  );
  assert.deepEqual((await start('ps')).code, 1);

  const up = await start();
  assert.equal(up.code, 0, up.error + up.out);
  assert.match(up.out, /has a new HEALTHCHECKS_API_KEY/);
  assert.match(up.out, /\n14 checks: 14 made\n/);
  assert.match(up.out, /Make the admin's account within 24 hours: http/);
  assert.match(up.out, /14 checks: 14 new; nothing fires/);
  const url = urlIn(up.out);
  assert.equal((await fetch(`${url}/readyz`)).status, 200);
  const { HC_CHECK_API: id, HEALTHCHECKS_API_KEY: key } = Object.fromEntries(await readEnvFile(file));
  assert.equal(id, '0cab08fe-03f4-48c2-a927-90493fa0b2f2');
  assert.equal((await fetch(`${url}/ping/${id}`)).status, 200);
  assert.match(key ?? '', /^hcw_/);
  assert.ok(readFileSync(file, 'utf8').endsWith(checks), 'the lines of the checks are as they were');
  assert.ok(existsSync(join(home, 'data/vigie.db')));

  const again = await start('up', '-d');
  assert.equal(again.code, 0, again.error);
  assert.match(again.out, /^Vigie runs already/m);
  assert.match(again.out, /14 checks: nothing had to change/);
  assert.equal(urlIn(again.out), url);

  assert.match((await start('ps')).out, /^process \d+, ready, http:\/\/127\.0\.0\.1:\d+\n$/);
  assert.match((await start('logs')).out, /Vigie takes pings/);
  assert.deepEqual(await start('down'), { code: 0, out: 'Vigie is stopped\n', error: '' });
  await assert.rejects(fetch(`${url}/readyz`));
  const twice = await start('down');
  assert.deepEqual([twice.code, twice.error], [1, 'start-vigie: Vigie does not run in this folder\n']);
});

test('a server that does not start says why, and nothing is left running', async () => {
  writeFileSync(join(home, '.env.healthchecks'), `VIGIE_PORT=nonsense\nVIGIE_API_KEY=${'k'.repeat(32)}\n`);
  const { code, error } = await start('up');
  assert.equal(code, 1);
  assert.match(error, /VIGIE_PORT="nonsense"/);
  assert.match(error, /start-vigie: the server did not become ready/);
  assert.equal((await start('ps')).code, 1);
});

test('a word that it does not know is refused', async () => {
  const { code, error } = await start('restart');
  assert.deepEqual([code, error], [2, 'Usage: start-vigie.sh [--compose [file]] [up|down|logs [-f]|ps]\n']);
});
