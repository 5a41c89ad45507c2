/** The Python client of the brief runs unmodified: only the address is told. Its faults stay its own. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { KEYS, spawnApiServer } from '../support/api-server.ts';
import { freePort } from '../support/free-port.ts';
import { type Ended, runProgram } from '../support/program.ts';
import { pythonPackages } from '../support/python.ts';
import { tempFolder } from '../support/temp-folder.ts';

const EXAMPLES = fileURLToPath(new URL('../../../../examples/python/', import.meta.url));
const folder = tempFolder('python-client');
const server = await spawnApiServer({ dataDir: join(folder.path, 'data') });
after(async () => {
  await server.end('SIGTERM');
  folder[Symbol.dispose]();
});

/** Why Python cannot run; null = it can. */
let missing: string | null = null;
let env: NodeJS.ProcessEnv = process.env;

/** The layout of the back end that the client is part of. */
before(async () => {
  const home = join(folder.path, 'backend');
  for (const part of ['app', 'app/monitoring', 'scripts']) mkdirSync(join(home, part), { recursive: true });
  for (const part of ['app', 'app/monitoring']) writeFileSync(join(home, part, '__init__.py'), '');
  copyFileSync(join(EXAMPLES, 'healthchecks_client.py'), join(home, 'app/monitoring/healthchecks_client.py'));
  copyFileSync(join(EXAMPLES, 'decorators.py'), join(home, 'app/monitoring/decorators.py'));
  copyFileSync(join(EXAMPLES, 'setup_healthchecks.py'), join(home, 'scripts/setup_healthchecks.py'));
  const here = await runProgram(['python3', '-c', 'import requests']).catch((error: Error) => error);
  const installed = !(here instanceof Error) && here.code === 0;
  const fetched = installed
    ? {}
    : await pythonPackages(folder.path, ['requests']).catch((error: Error) => error);
  if (fetched instanceof Error) missing = fetched.message;
  else env = { ...process.env, ...fetched };
});

function python(args: readonly string[], url = server.url): Promise<Ended> {
  return runProgram(['python3', ...args], {
    cwd: join(folder.path, 'backend'),
    env: {
      ...env,
      PYTHONPATH: [join(folder.path, 'backend'), env['PYTHONPATH'] ?? ''].join(':'),
      HEALTHCHECKS_ENABLED: 'true',
      HEALTHCHECKS_API_URL: `${url}/api/v1`,
      HEALTHCHECKS_PING_URL: `${url}/ping`,
      HEALTHCHECKS_API_KEY: KEYS.write,
      HEALTHCHECKS_RETRY_DELAY: '0',
    },
  });
}

/** The JSON that a program prints; what it logs comes behind. */
async function printed<T>(text: string): Promise<T> {
  const ended = await python(['-c', `import json\n${text}`]);
  assert.equal(ended.code, 0, ended.output);
  return JSON.parse(ended.output.split('\n')[0] ?? '') as T;
}

test('the client pings, makes, lists and shows checks', async (t) => {
  if (missing !== null) return t.skip(missing);
  const seen = await printed<{
    id: string;
    pings: boolean[];
    listed: number;
    status: string;
    simple: number;
  }>(`
from app.monitoring.healthchecks_client import healthchecks
made = healthchecks.create_check('From Python', tags='python tier1', schedule='*/15 * * * *', grace=300)
simple = healthchecks.create_check('Simple', schedule='120', grace=300)
id = made['ping_url'].split('/')[-1]
pings = [healthchecks.ping_start(id), healthchecks.ping_success(id), healthchecks.ping_fail(id), healthchecks.ping(id, '/3')]
print(json.dumps({'id': id, 'pings': pings, 'listed': len(healthchecks.list_checks(tag='python')),
  'status': healthchecks.get_check(id)['status'], 'simple': simple['timeout']}))`);
  const { id, ...rest } = seen;
  assert.deepEqual(rest, { pings: [true, true, true, true], listed: 1, status: 'down', simple: 120 });
  const pings = await server.pings(id);
  assert.deepEqual(
    pings.map(({ type, exitstatus, user_agent }) => `${type} ${exitstatus} ${user_agent}`),
    ['start', 'success', 'fail', 'fail'].map(
      (type, i) => `${type} ${i === 3 ? 3 : null} SaaS-Backend-Monitor/1.0`,
    ),
  );
  assert.equal((await server.check(id)).schedule, '*/15 * * * *');
});

test('its pause and resume are answered as if they were done, and do nothing: a fault of its own', async (t) => {
  if (missing !== null) return t.skip(missing);
  const { id } = await server.createCheck({ name: 'Not paused' });
  const done = await printed<boolean[]>(`
from app.monitoring.healthchecks_client import healthchecks
print(json.dumps([healthchecks.pause_check('${id}'), healthchecks.resume_check('${id}')]))`);
  assert.deepEqual(done, [true, true]);
  assert.equal((await server.check(id)).status, 'new');
});

test('where no server is, its second try ends in a NameError: time is not imported', async (t) => {
  if (missing !== null) return t.skip(missing);
  const text = `
from app.monitoring.healthchecks_client import healthchecks
healthchecks.ping_success('0cab08fe-03f4-48c2-a927-90493fa0b2f2')`;
  const ended = await python(['-c', text], `http://127.0.0.1:${await freePort()}`);
  assert.equal(ended.code, 1);
  assert.match(ended.output, /NameError: name 'time' is not defined/);
});

test('its decorators report runs; monitor_task makes a check for each run: a fault of its own', async (t) => {
  if (missing !== null) return t.skip(missing);
  const { id } = await server.createCheck({ name: 'Decorated' });
  await printed<null>(`
from app.monitoring.decorators import monitor_task, monitor_endpoint
@monitor_task(check_id='${id}')
def works(): return 1
@monitor_task(check_id='${id}', auto_start=False)
def fails(): raise RuntimeError('broken')
@monitor_endpoint(check_id='${id}')
def endpoint(): return 'ok'
@monitor_task(check_name='by-name')
def named(): return 1
works(); endpoint(); named(); named()
try:
    fails()
except RuntimeError:
    print('null')`);
  assert.deepEqual(
    (await server.pings(id)).map(({ type }) => type),
    ['start', 'success', 'success', 'fail'],
  );
  const { items } = await server.call<{ items: { name: string; n_pings: number }[] }>(
    'GET',
    '/api/vigie/checks?tag=auto-created',
  );
  assert.deepEqual(
    items.map(({ name, n_pings }) => `${name} ${n_pings}`),
    ['by-name 2', 'by-name 2'],
  );
});

test('its set-up script makes the checks whose period the API takes, and writes their UUIDs', async (t) => {
  if (missing !== null) return t.skip(missing);
  const first = await python(['scripts/setup_healthchecks.py']);
  assert.equal(first.code, 1);
  assert.equal(first.output.match(/400 - .*timeout is too small/g)?.length, 2);
  const file = readFileSync(join(folder.path, 'backend/healthchecks.env'), 'utf8');
  const ids = [...file.matchAll(/^HC_CHECK_\w+=([0-9a-f-]{36})$/gm)].map(([, id = '']) => id);
  assert.equal(ids.length, 12);
  for (const id of ids) assert.equal((await fetch(`${server.url}/ping/${id}`)).status, 200);
  await python(['scripts/setup_healthchecks.py']);
  assert.equal(readFileSync(join(folder.path, 'backend/healthchecks.env'), 'utf8'), file);
});
