import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import fastify, { type LightMyRequestResponse } from 'fastify';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { testContext } from '../../testing/test-context.ts';
import { register } from '../route.ts';
import { BuiltFiles } from './built-files.ts';
import { webRoutes } from './routes.ts';

const PAGE = `<!doctype html><html lang="en"><head><meta name="csp-nonce" content="" />
<meta name="base-path" content="" /><title>Vigie</title><link rel="icon" href="./icon.svg" />
<script type="module" src="./assets/index-1.js"></script></head></html>`;
const SCRIPT = 'console.log("script")';

interface Site extends AsyncDisposable {
  get(path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
}

async function site(env: Record<string, string> = {}, isBuilt = true): Promise<Site> {
  const folder = tempFolder('web');
  mkdirSync(join(folder.path, 'assets'));
  if (isBuilt) {
    writeFileSync(join(folder.path, 'index.html'), PAGE);
    writeFileSync(join(folder.path, 'icon.svg'), '<svg/>');
    writeFileSync(join(folder.path, 'assets/index-1.js'), SCRIPT);
    writeFileSync(join(folder.path, 'assets/index-1.js.br'), brotliCompressSync(SCRIPT));
    writeFileSync(join(folder.path, 'secret.txt'), 'not of the UI');
  }
  const test = await testContext(env);
  const app = fastify();
  register(app, webRoutes(test.context, new BuiltFiles(folder.path)));
  return {
    get: (url, headers = {}) => app.inject({ url, headers }),
    async [Symbol.asyncDispose]() {
      await app.close();
      folder[Symbol.dispose]();
    },
  };
}

describe('the web UI', () => {
  for (const path of [
    '/',
    '/signin',
    '/projects/x/checks/',
    '/checks/a/details/',
    '/alerts',
    '/cloaked/x/',
    '/graph',
    '/targets',
  ]) {
    it(`has its one page at ${path}`, async () => {
      await using ui = await site();
      const answer = await ui.get(path);
      assert.equal(answer.statusCode, 200);
      assert.match(answer.body, /src="\/assets\/index-1\.js"/);
      assert.equal(answer.headers['cache-control'], 'no-store');
    });
  }

  it('lets scripts come from the server alone, and names a style by a fresh nonce', async () => {
    await using ui = await site();
    const [one, other] = [await ui.get('/'), await ui.get('/')];
    const policy = String(one.headers['content-security-policy']);
    const nonce = /name="csp-nonce" content="([^"]+)"/.exec(one.body)?.[1] ?? '';
    assert.match(policy, /default-src 'none'; script-src 'self';/);
    assert.ok(policy.includes(`style-src 'self' 'nonce-${nonce}'`), policy);
    assert.doesNotMatch(policy, /unsafe/);
    assert.ok(!other.body.includes(nonce));
  });

  it('is shown in the theme that was chosen, and in no other text of a cookie', async () => {
    await using ui = await site();
    const dark = await ui.get('/', { cookie: 'a=b; vigie_theme=dark' });
    assert.match(dark.body, /<html lang="en" data-theme="dark"/);
    const odd = await ui.get('/', { cookie: 'vigie_theme=x"onload=alert(1)' });
    assert.match(odd.body, /<html lang="en">/);
  });

  it('lets the browser ask who is signed in while it loads the scripts, where that is asked', async () => {
    await using ui = await site({ VIGIE_BASE_URL: 'https://example.org/vigie' });
    const session = /<link rel="preload" as="fetch" href="\/vigie\/api\/vigie\/session"/;
    const cookie = 'vigie_theme=dark; vigie_session=abc';
    assert.match((await ui.get('/projects/x/checks', { cookie })).body, session);
    for (const [path, cookies] of [
      ['/projects/x/checks', ''],
      ['/projects/x/checks', 'vigie_session='],
      ['/signin', cookie],
    ] as const) {
      assert.doesNotMatch((await ui.get(path, { cookie: cookies })).body, /preload/, `${path} ${cookies}`);
    }
  });

  it('has the name of the site', async () => {
    await using ui = await site({ VIGIE_SITE_NAME: 'Ops & <b>Co</b>' });
    assert.match((await ui.get('/')).body, /<title>Ops &amp; &lt;b&gt;Co&lt;\/b&gt;<\/title>/);
  });

  it('lives under the path of a proxy', async () => {
    await using ui = await site({ VIGIE_BASE_URL: 'https://example.org/vigie' });
    const { body } = await ui.get('/');
    assert.match(body, /src="\/vigie\/assets\/index-1\.js"/);
    assert.match(body, /href="\/vigie\/icon\.svg"/);
    assert.match(body, /name="base-path" content="\/vigie"/);
  });

  it('sends files compressed to who takes them so, for good when their name tells their content', async () => {
    await using ui = await site();
    const plain = await ui.get('/assets/index-1.js', { 'accept-encoding': 'identity, br;q=0' });
    assert.equal(plain.body, SCRIPT);
    assert.equal(plain.headers['content-encoding'], undefined);
    assert.match(String(plain.headers['cache-control']), /immutable/);
    const packed = await ui.get('/assets/index-1.js', { 'accept-encoding': 'gzip, br' });
    assert.equal(packed.headers['content-encoding'], 'br');
    assert.deepEqual(packed.rawPayload, brotliCompressSync(SCRIPT));
    assert.equal((await ui.get('/icon.svg')).headers['cache-control'], 'public, max-age=3600');
  });

  for (const path of [
    '/assets/none.js',
    '/assets/../../package.json',
    '/assets/%2e%2e/secret.txt',
    '/secret.txt',
  ]) {
    it(`has nothing at ${path}`, async () => {
      await using ui = await site();
      assert.equal((await ui.get(path)).statusCode, 404);
    });
  }

  it('says what to do when it was not built', async () => {
    await using ui = await site({}, false);
    const answer = await ui.get('/');
    assert.equal(answer.statusCode, 503);
    assert.match(answer.body, /npm run build:web/);
  });
});
