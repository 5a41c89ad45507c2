/** The published client in the runtimes it is for: the oldest Node.js, Deno, Bun, and a page of another origin. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { stripPackage } from '../../../../scripts/strip-package.ts';
import { KEYS, spawnApiServer } from '../support/api-server.ts';
import { runProgram } from '../support/program.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const folder = tempFolder('runtimes');
const server = await spawnApiServer({ dataDir: join(folder.path, 'data') });
after(async () => {
  await server.end('SIGTERM');
  folder[Symbol.dispose]();
});
stripPackage(ROOT, 'packages/client', join(folder.path, 'client'), false);

/** What runs everywhere: a task that works, one that does not, and a check that is found by its name. */
const REPORTS = `
async function reports(client, name) {
  const said = [];
  await monitorTask({ checkName: name, client }, async () => ({ rows: 3 }))();
  await monitorTask({ checkName: name, client }, () => { throw new Error('broken'); })().catch(() => undefined);
  await client.success(name, { body: 'é' });
  return { pending: client.pending, listed: (await client.checks.list({ slug: name })).length };
}`;

async function assertReported(name: string): Promise<void> {
  const { items } = await server.call<{ items: { id: string }[] }>('GET', `/api/vigie/checks?slug=${name}`);
  assert.equal(items.length, 1);
  const pings = await server.pings(items[0]?.id ?? '');
  assert.deepEqual(
    pings.map(({ type, method, body }) => `${method} ${type} ${body.split('\n')[0]}`.trim()),
    ['POST start', 'POST success {"rows":3}', 'POST start', 'POST fail Error: broken', 'POST success é'],
  );
}

/** Runtimes as npm has them: package, program, and how it runs a file. */
const RUNTIMES: [name: string, pack: string, program: string, args: string[]][] = [
  ['node-18', `node-linux-${process.arch}@18`, 'bin/node', []],
  ['deno', `@deno/linux-${process.arch}-glibc`, 'deno', ['run', '--allow-all', '--no-config']],
  ['bun', `@oven/bun-linux-${process.arch}`, 'bin/bun', ['run']],
];

for (const [name, pack, program, args] of RUNTIMES) {
  test(`${name} reports tasks, renews a file of variables, and ends`, async (t) => {
    const home = join(folder.path, name);
    const got = await runProgram([
      'npm',
      'install',
      '--silent',
      '--no-audit',
      '--no-fund',
      '--prefix',
      home,
      pack,
    ]);
    if (got.code !== 0) return t.skip(`npm does not give ${pack}: ${got.output}`);
    const script = join(folder.path, `${name}.mjs`);
    const env = join(folder.path, `${name}.env`);
    writeFileSync(env, 'A=1 # one\n');
    writeFileSync(
      script,
      `import { createClient, monitorTask } from './client/dist/index.js';
      import { updateEnvFile } from './client/dist/env-file.js';
      ${REPORTS}
      await updateEnvFile(${JSON.stringify(env)}, { A: '2' });
      const gone = createClient({ url: 'http://127.0.0.1:9', variables: {}, log: { warn() {} } });
      await gone.success('0cab08fe-03f4-48c2-a927-90493fa0b2f2');
      console.log(JSON.stringify({ ...(await reports(createClient(), '${name}')), gone: gone.pending }));\n`,
    );
    const binary = join(home, 'node_modules', pack.replace(/(.)@.*/, '$1'), program);
    const began = performance.now();
    const ended = await runProgram([binary, ...args, script], {
      cwd: folder.path,
      env: {
        PATH: process.env['PATH'],
        HOME: folder.path,
        HEALTHCHECKS_ENABLED: 'true',
        HEALTHCHECKS_HOST: server.url,
        HEALTHCHECKS_API_KEY: KEYS.write,
      },
    });
    assert.equal(ended.code, 0, ended.output);
    assert.deepEqual(JSON.parse(ended.output), { pending: 0, listed: 1, gone: 1 });
    assert.ok(performance.now() - began < 10_000, 'what is kept for a server that is away holds up no end');
    assert.equal(readFileSync(env, 'utf8'), 'A=2 # one\n');
    await assertReported(name);
  });
}

test('a page of another origin reports too, and its browser pings nothing by asking first', async (t) => {
  if (!existsSync(CHROMIUM)) return t.skip(`there is no ${CHROMIUM}`);
  const site = createServer((request, response) => {
    const path = join(folder.path, 'client/dist', request.url ?? '');
    const script = request.url?.endsWith('.js') === true && existsSync(path);
    response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html');
    response.end(script ? readFileSync(path) : '<!doctype html><title>a page</title>');
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--headless', '--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    const seen = await page.evaluate(`(async () => {
      const { createClient, monitorTask } = await import('/index.js');
      ${REPORTS}
      const options = { url: ${JSON.stringify(server.url)}, apiKey: ${JSON.stringify(KEYS.write)} };
      return reports(createClient(options), 'page');
    })()`);
    assert.deepEqual(seen, { pending: 0, listed: 1 });
    await assertReported('page');
  } finally {
    await browser.close();
    site.close();
  }
});
