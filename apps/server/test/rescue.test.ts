/** Letting people in again from the server's own machine: the `vigie` command with the admin token. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beginTotp, confirmTotp } from '../src/accounts/prove-code.ts';
import { stepAt, totpCode } from '../src/accounts/totp.ts';
import { testServer } from './support/server.ts';

const run = promisify(execFile);
const VIGIE = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url));
const TOKEN = 'an-admin-token-for-tests-only';
const EMAIL = 'alice@example.org';
const PASSWORD = 'correct horse battery';

test('an admin who lost the second factor gets in again', async () => {
  await using server = await testServer({ env: { VIGIE_ADMIN_TOKEN: TOKEN } });
  const { context } = server.app;
  const alice = await context.store.db.selectFrom('users').selectAll().executeTakeFirstOrThrow();
  const secret = await beginTotp(context, alice);
  await confirmTotp(context, alice, totpCode(secret, stepAt(server.clock.now())));
  const signIn = async (): Promise<number> => {
    const body = JSON.stringify({ email: EMAIL, password: PASSWORD });
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`${server.url}/api/vigie/session`, { method: 'POST', headers, body })).status;
  };
  const vigie = (...words: string[]) =>
    run(process.execPath, [VIGIE, 'accounts', ...words, '--text', `--url=${server.url}`]);

  assert.equal(await signIn(), 401);
  await assert.rejects(vigie('reset-second-factor', EMAIL, `--key=${server.keys.write}`), /instance admin/);
  await assert.rejects(vigie('reset-second-factor', 'bob@example.org', `--key=${TOKEN}`), /no such user/);
  assert.equal(await signIn(), 401);
  const { stdout } = await vigie('reset-second-factor', EMAIL, `--key=${TOKEN}`);
  assert.match(stdout, /the second factor of alice@example\.org is off/);
  assert.equal(await signIn(), 200);
});

test('an admin who forgot the password gets a link to another one', async () => {
  await using server = await testServer({ env: { VIGIE_ADMIN_TOKEN: TOKEN } });
  const words = ['accounts', 'reset-link', EMAIL, '--text', `--key=${TOKEN}`, `--url=${server.url}`];
  const { stdout } = await run(process.execPath, [VIGIE, ...words]);
  const token = new URL(stdout.trim()).searchParams.get('token');
  const { status } = await fetch(`${server.url}/api/vigie/password-reset/confirm`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, password: 'another password' }),
  });
  assert.equal(status, 200);
});
