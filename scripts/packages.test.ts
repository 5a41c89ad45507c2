/** The published packages, packed, installed in an empty folder and run as their users run them. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vigie-packages-'));
const home = join(folder, 'empty');
after(() => rmSync(folder, { recursive: true, force: true }));

/** The environment of a user: this Node first, no settings of Vigie, none of the npm that may have started the test. */
const FOREIGN = /^(VIGIE_|HEALTHCHECKS_|npm_(?!config_)|npm_config_(.*_)?prefix$)/;
const env: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))),
  PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
};

function run(command: string, args: string[], cwd: string = home): string {
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

mkdirSync(home);
run(process.execPath, [join(ROOT, 'scripts/build-packages.ts'), join(folder, 'built')], ROOT);
const tarballs = ['packages/schedule', 'packages/contract', 'apps/web', 'apps/server', 'apps/cli'].map(
  (source) => {
    const name = run(
      'npm',
      ['pack', '--silent', `--pack-destination=${folder}`],
      join(folder, 'built', source),
    );
    return join(folder, name.trim());
  },
);
writeFileSync(join(home, 'package.json'), '{ "type": "module", "private": true }\n');
run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', ...tarballs]);

test('@vigie/schedule computes the next date, and has types', () => {
  writeFileSync(
    join(home, 'next.ts'),
    `import { next, parseSchedule, type Schedule } from '@vigie/schedule';
    const schedule: Schedule = parseSchedule('30 3 * * MON', 'Europe/Paris');
    const at: number | null = next(schedule, Date.UTC(2026, 6, 15));
    console.log(at === null ? 'never' : new Date(at).toISOString());\n`,
  );
  assert.equal(run(process.execPath, ['next.ts']).trim(), '2026-07-20T01:30:00.000Z');
  run(join(ROOT, 'node_modules/.bin/tsc'), [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--types',
    'node',
    '--typeRoots',
    join(ROOT, 'node_modules/@types'),
    'next.ts',
  ]);
});

test('@vigie/contract describes the API', () => {
  const script = `import * as contract from '@vigie/contract'; console.log(Object.keys(contract).length > 0);`;
  assert.equal(run(process.execPath, ['--input-type=module', '--eval', script]).trim(), 'true');
});

test('vigie tells its version', () => {
  assert.match(run('npx', ['--no-install', 'vigie', '--version']), /^vigie \d+\.\d+\.\d+\n$/);
});

test('vigie runs the server, backs it up meanwhile, and stops on SIGTERM', async () => {
  const flags = ['--data-dir=data', '--host=127.0.0.1', '--port=0', '--smtp-port=off'];
  const vigie = join(home, 'node_modules/.bin/vigie');
  const server = spawn(vigie, ['server', ...flags], { cwd: home, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(server, 'exit');
  try {
    const url = await urlOf(server);
    const answer = await fetch(`${url}/livez`);
    assert.deepEqual([answer.status, await answer.text()], [200, 'OK']);
    const page = await (await fetch(`${url}/signin`)).text();
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? '';
    assert.equal((await fetch(url + script)).status, 200, 'the web UI is in its package');
    assert.match(run(vigie, ['backup', 'saved', ...flags]), /rows of \d+ tables, \d+ bytes, verified/);
  } finally {
    server.kill('SIGTERM');
  }
  assert.deepEqual(await exited, [0, null]);
  assert.match(
    run(vigie, ['restore', 'saved', '--data-dir=moved']),
    /^restored saved to sqlite:moved\/vigie\.db: \d+ rows/,
  );
  assert.ok(existsSync(join(home, 'moved/vigie.db')));
});

/** Where the server listens, once it says so; rejects when it ends before. */
async function urlOf(server: ChildProcess): Promise<string> {
  assert.ok(server.stdout);
  const lines = createInterface({ input: server.stdout });
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      if (line.includes('Vigie takes pings')) resolve((JSON.parse(line) as { url: string }).url);
    });
    lines.once('close', () => reject(new Error('the server ended before it took pings')));
  });
}
