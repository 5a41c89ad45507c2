/** The published packages, packed, installed in an empty folder and run as their users run them. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
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
/** Packs a built package; returns the tarball. */
function pack(source: string): string {
  const args = ['pack', '--silent', `--pack-destination=${folder}`];
  return join(folder, run('npm', args, join(folder, 'built', source)).trim());
}

const client = pack('packages/client');
const others = [
  'packages/schedule',
  'packages/contract',
  'packages/series',
  'packages/exposition',
  'packages/promql',
  'packages/tsdb',
  'packages/gotemplate',
  'apps/web',
  'apps/server',
  'apps/cli',
].map(pack);
writeFileSync(join(home, 'package.json'), '{ "type": "module", "private": true }\n');
run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', client, ...others]);

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

test('the libraries of metrics: a store answers PromQL about what an exposition says, in a template', () => {
  writeFileSync(
    join(home, 'metrics.js'),
    `import { readText } from '@vigie/exposition';
    import { TemplateSet } from '@vigie/gotemplate';
    import { createEngine } from '@vigie/promql';
    import { floatText, Labels } from '@vigie/series';
    import * as tsdb from '@vigie/tsdb';
    const samples = [];
    readText('up{job="a"} 1\\nup{job="b"} 2\\n', { sample: (one) => samples.push([Labels.fromPairs(one.labels()), one.value]) });
    const column = (value) => ({ count: 1, timestamps: Float64Array.of(0), values: Float64Array.of(value), histograms: null, startTimestamps: null });
    const querier = { select: async () => samples.map(([labels, value]) => ({ labels, read: () => column(value) })) };
    const { result } = await createEngine().instant({ text: 'sum(up)', time: 0 }, querier);
    console.log(floatText(result.rows[0].values[0]), typeof tsdb.Store, typeof TemplateSet);\n`,
  );
  assert.equal(run(process.execPath, ['metrics.js']).trim(), '3 function function');
});

test('@vigie/client comes alone, reports a task, and has types without those of Node.js', async () => {
  const alone = join(folder, 'alone');
  mkdirSync(alone);
  writeFileSync(join(alone, 'package.json'), '{ "type": "module", "private": true }\n');
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--loglevel=error', client], alone);
  assert.deepEqual(
    globSync('**/package.json', { cwd: join(alone, 'node_modules') }),
    ['@vigie/client/package.json'],
    'it depends on nothing',
  );
  writeFileSync(
    join(alone, 'task.ts'),
    `import { type Client, createClient, exposition, monitorScheduledTask } from '@vigie/client';
    import { type MonitoringRole, monitoringRouter } from '@vigie/client/monitoring';
    import { type SaasCheck, saasChecks } from '@vigie/client/saas-checks';
    const client: Client = createClient();
    const check: SaasCheck = saasChecks[11];
    const checkId = '0cab08fe-03f4-48c2-a927-90493fa0b2f2';
    const options = { checkId, measure: (rows: number) => ({ rows_removed: rows }), client };
    const cleanUp = monitorScheduledTask(options, async (rows: number): Promise<number> => rows);
    const rows: number = await cleanUp(12);
    const authorize = (request: { admin: boolean }, role: MonitoringRole): boolean => request.admin || role === 'user';
    monitoringRouter({ authorize, client });
    console.log(check.name, rows, /rows_removed.* 12/.test(exposition(client)));\n`,
  );
  run(
    join(ROOT, 'node_modules/.bin/tsc'),
    [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--lib',
      'es2022,dom',
      '--types',
      '',
      'task.ts',
    ],
    alone,
  );
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url?.replace(/\?.*/, '') ?? '');
    response.end('OK');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const variables = { HEALTHCHECKS_ENABLED: 'true', HEALTHCHECKS_PING_URL: `http://127.0.0.1:${port}/ping` };
  const { stdout } = await execute(process.execPath, ['task.ts'], {
    cwd: alone,
    env: { ...env, ...variables },
  });
  server.close();
  assert.equal(stdout, 'Token Cleanup 12 true\n');
  const id = '0cab08fe-03f4-48c2-a927-90493fa0b2f2';
  assert.deepEqual(paths, [`/ping/${id}/start`, `/ping/${id}`]);
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
