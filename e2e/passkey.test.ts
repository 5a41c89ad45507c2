/** Passkeys with a real browser and its virtual authenticator: made, used to sign in, refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Passkey } from '@vigie/contract';
import { spawnServer } from '../apps/server/test/support/server-process.ts';
import { tempFolder } from '../apps/server/test/support/temp-folder.ts';
import { openBrowser } from './browser.ts';

const EMAIL = 'alice@example.org';
const PASSWORD = 'correct horse battery';

interface Answer<T> {
  status: number;
  body: T;
}

test('a passkey made in a browser signs in there, without a password', async () => {
  using folder = tempFolder('e2e');
  const env = { VIGIE_ADMIN_EMAIL: EMAIL, VIGIE_ADMIN_PASSWORD: PASSWORD };
  await using server = await spawnServer({ dataDir: folder.path, env });
  // The base URL: passkeys are for names, never for addresses such as 127.0.0.1.
  const origin = `http://localhost:${server.port}`;
  await using browser = await openBrowser(origin, 'light');
  const { page, context } = browser;
  const devTools = await context.newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  // A bare page of the server's: no script of its own, and no policy against ours.
  await page.goto(`${origin}/livez`);

  const call = <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> =>
    page.evaluate(
      async ([how, where, what]) => {
        const response = await fetch(`/api/vigie${where}`, {
          method: how,
          headers: what === null ? {} : { 'content-type': 'application/json' },
          ...(what === null ? {} : { body: what }),
        });
        const text = await response.text();
        return { status: response.status, body: text === '' ? null : JSON.parse(text) };
      },
      [method, path, body === undefined ? null : JSON.stringify(body)] as const,
    );
  /** The browser's own reading of the options' JSON and writing of the answer's. */
  const make = (options: object): Promise<unknown> =>
    page.evaluate(`(async () => {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(${JSON.stringify(options)});
      return (await navigator.credentials.create({ publicKey })).toJSON();
    })()`);
  const ask = (options: object): Promise<unknown> =>
    page.evaluate(`(async () => {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(${JSON.stringify(options)});
      return (await navigator.credentials.get({ publicKey })).toJSON();
    })()`);
  const signIn = async (): Promise<Answer<{ user?: { email: string } }>> => {
    const options = await call<object>('POST', '/session/passkey/options');
    return call('POST', '/session/passkey', { response: await ask(options.body) });
  };

  const entered = await call('POST', '/session', { email: EMAIL, password: PASSWORD });
  assert.equal(entered.status, 200);
  const options = await call<object>('POST', '/me/passkeys/options', { password: PASSWORD });
  const response = await make(options.body);
  const made = await call<Passkey>('POST', '/me/passkeys', { name: 'laptop', response });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { credentials } = await devTools.send('WebAuthn.getCredentials', { authenticatorId });
  assert.deepEqual(
    credentials.map(({ isResidentCredential, rpId, userName }) => [isResidentCredential, rpId, userName]),
    [[true, 'localhost', EMAIL]],
  );
  assert.equal((await call('DELETE', '/session')).status, 204);
  assert.equal((await call('GET', '/session')).status, 401);

  const back = await signIn();
  assert.equal(back.status, 200, JSON.stringify(back.body));
  assert.equal(back.body.user?.email, EMAIL);
  assert.equal((await call('GET', '/session')).status, 200);
  const listed = await call<{ items: Passkey[] }>('GET', '/me/passkeys');
  assert.notEqual(listed.body.items[0]?.last_used_at, null);

  const second = await call<object>('POST', '/me/passkeys/options', { password: PASSWORD });
  await assert.rejects(make(second.body), /InvalidStateError/);
  const used = await call<object>('POST', '/session/passkey/options');
  const answer = await ask(used.body);
  assert.equal((await call('POST', '/session/passkey', { response: answer })).status, 200);
  assert.equal((await call('POST', '/session/passkey', { response: answer })).status, 401);

  await devTools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await assert.rejects(signIn(), /NotAllowedError/);
  await devTools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  assert.equal((await call('DELETE', `/me/passkeys/${made.body.id}`)).status, 204);
  assert.equal((await signIn()).status, 401);
});
