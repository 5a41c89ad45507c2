/** The decorators as users run them: emitted by `tsc`. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { decorator } from './decorate.ts';
import { monitorEndpoint } from './endpoints/monitor-endpoint.ts';
import type { jobsFor } from './testing/decorated/jobs.ts';
import { pingServer } from './testing/ping-server.ts';
import { testClient, UUID } from './testing/test-client.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vigie-decorators-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Compiles the class, with what it imports, and loads it. */
async function emitted(target: string): Promise<typeof jobsFor> {
  const outDir = join(folder, target);
  writeFileSync(
    join(folder, `${target}.json`),
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        rewriteRelativeImportExtensions: true,
        rootDir: join(ROOT, 'packages/client/src'),
        outDir,
        target,
        lib: ['es2024', 'esnext.disposable', 'esnext.iterator', 'esnext.decorators'],
        typeRoots: [join(ROOT, 'node_modules/@types')],
      },
      files: [join(ROOT, 'packages/client/src/testing/decorated/jobs.ts')],
      include: [],
    }),
  );
  execFileSync(
    process.execPath,
    [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', join(folder, `${target}.json`)],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  writeFileSync(join(outDir, 'package.json'), '{ "type": "module" }');
  return ((await import(join(outDir, 'testing/decorated/jobs.js'))) as { jobsFor: typeof jobsFor }).jobsFor;
}

for (const target of ['es2022', 'es2024']) {
  test(`methods decorated with the monitors report what they do, emitted for ${target}`, async () => {
    await using server = await pingServer();
    const client = testClient(server.url);
    const Jobs = (await emitted(target))(client);
    const jobs = new Jobs();
    assert.equal(await jobs.count(2), 6);
    await assert.rejects(Jobs.fail(), /broken/);
    assert.equal(await jobs.cleanUp(), 3);
    assert.equal(await jobs.rotate('v2'), 'v2');
    assert.equal(
      await jobs.send({ id: '1', name: 'mail', queueName: 'mails', attemptsMade: 0, opts: {} }),
      '3 of mail',
    );
    assert.equal(
      await jobs.pay({ req: { method: 'GET', matchedRoutes: [] }, res: { status: 200 } }).text(),
      '3',
    );
    assert.deepEqual(
      server.pings().map((ping) => ping.replace(/\n {4}at .*/s, '')),
      [
        '/start',
        '6',
        '/fail Error: broken',
        '/start',
        '/fail the result is not as it must be\n\ntokens_removed 3\n\n3',
        '/start',
        'v2',
        '/start',
        'mails: mail 1 (try 1 of 1)\n3 of mail',
      ],
    );
    const text = client.metrics.exposition();
    assert.match(text, /^http_requests_total\{method="GET",route="\/pay",tenant="",status="200"\} 1$/m);
    assert.match(text, /^tokens_removed\{check="cleanUp"\} 3$/m);
    assert.equal(jobs.count.name, 'count');
    assert.ok(server.asked.every(({ path }) => path.startsWith(`/ping/${UUID}`)));
  });
}

test('what is no method is refused when it is decorated', () => {
  const task = async (): Promise<void> => undefined;
  const decorate = decorator((job) => Promise.resolve(job()));
  assert.throws(() => Reflect.apply(decorate, null, [task, { kind: 'field', name: 'x' }]), {
    name: 'TypeError',
    message: /decorates methods, and this is field/,
  });
  assert.throws(() => Reflect.apply(monitorEndpoint({}), null, [task, 'x']), /a decorator of an older kind/);
});
