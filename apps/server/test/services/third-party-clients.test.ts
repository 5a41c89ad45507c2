/** Clients that others wrote for Healthchecks work unchanged, with only the address told. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { KEYS, spawnApiServer } from '../support/api-server.ts';
import { runProgram } from '../support/program.ts';
import { pythonPackages } from '../support/python.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('clients');
const server = await spawnApiServer({ dataDir: join(folder.path, 'data') });
after(async () => {
  await server.end('SIGTERM');
  folder[Symbol.dispose]();
});

/** What the pings of a check say, oldest first. */
async function reports(id: string): Promise<{ type: string; method: string; body: string }[]> {
  const pings = await server.pings(id);
  return pings.map(({ type, method, body }) => ({ type, method, body }));
}

async function runPython(text: string, env: NodeJS.ProcessEnv): Promise<void> {
  const ended = await runProgram(['python3', '-c', text], { env });
  assert.equal(ended.code, 0, ended.output);
}

test("PyPI's healthchecks-decorator reports start and success with diagnostics, and failure", async (t) => {
  const env = await pythonPackages(folder.path, ['healthchecks-decorator']).catch((error: Error) => error);
  if (env instanceof Error) return t.skip(env.message);
  const { id, ping_url } = await server.createCheck({ name: 'decorator' });
  const text = `
from healthchecks_decorator import healthcheck

@healthcheck(url="${ping_url}", send_start=True, send_diagnostics=True)
def works():
    return {"temperature": -7}

@healthcheck(url="${ping_url}")
def fails():
    raise RuntimeError("broken")

works()
try:
    fails()
except RuntimeError:
    pass
`;
  await runPython(text, env);
  assert.deepEqual(await reports(id), [
    { type: 'start', method: 'GET', body: '' },
    { type: 'success', method: 'POST', body: 'temperature=-7' },
    { type: 'fail', method: 'GET', body: '' },
  ]);
});

test("PyPI's healthchecks-wrapper reports runs, and a failure with its traceback", async (t) => {
  const env = await pythonPackages(folder.path, ['healthchecks-wrapper']).catch((error: Error) => error);
  if (env instanceof Error) return t.skip(env.message);
  const { id, ping_url } = await server.createCheck({ name: 'wrapper' });
  const text = `
from healthchecks_wrapper import HealthCheck

with HealthCheck("${ping_url}"):
    pass
with HealthCheck("${ping_url}", suppress_exceptions=True):
    raise RuntimeError("broken")
`;
  await runPython(text, env);
  const seen = await reports(id);
  assert.match(seen[3]?.body ?? '', /^Traceback .*RuntimeError: broken\n$/s);
  assert.deepEqual(
    seen.map(({ type, method }) => `${type} ${method}`),
    ['start GET', 'success GET', 'start GET', 'fail POST'],
  );
});

test("npm's healthchecks-io-client manages and pings checks", async (t) => {
  writeFileSync(join(folder.path, 'package.json'), '{}');
  const install = ['npm', 'install', '--silent', '--no-audit', '--no-fund', 'healthchecks-io-client'];
  const got = await runProgram(install, { cwd: folder.path });
  if (got.code !== 0) return t.skip(`npm does not give healthchecks-io-client: ${got.output}`);
  const text = `
const { HealthChecksApiClient, HealthChecksPingClient } = require('healthchecks-io-client');
const baseUrl = ${JSON.stringify(server.url)};
const api = new HealthChecksApiClient({ apiKey: ${JSON.stringify(KEYS.write)}, baseUrl });
(async () => {
  const made = await api.createCheck({ name: 'npm', tags: 'prod www', timeout: 3600, grace: 60, unique: ['name'] });
  const uuid = made.ping_url.split('/').pop();
  const ping = new HealthChecksPingClient({ uuid, baseUrl: ${JSON.stringify(`${server.url}/ping`)} });
  await ping.start();
  await ping.success('all is well');
  await ping.fail();
  const { checks } = await api.getChecks(['www']);
  const paused = await api.pauseCheck(uuid);
  const pings = await api.listPings(uuid);
  const flips = await api.listFlips(uuid);
  const gone = await api.createCheck({ name: 'gone' });
  const deleted = await api.deleteCheck(gone.ping_url.split('/').pop());
  console.log(JSON.stringify({ uuid, found: checks.length, status: checks[0].status, paused: paused.status,
    types: pings.pings.map(({ type }) => type), up: flips.flips.map(({ up }) => up), deleted: deleted.name }));
})().catch((error) => { console.error(error); process.exit(1); });
`;
  const ended = await runProgram([process.execPath, '-e', text], { cwd: folder.path });
  assert.equal(ended.code, 0, ended.output);
  const { uuid, ...seen } = JSON.parse(ended.output) as { uuid: string };
  assert.deepEqual(seen, {
    found: 1,
    status: 'down',
    paused: 'paused',
    types: ['fail', 'success', 'start'],
    up: [0, 0, 1],
    deleted: 'gone',
  });
  assert.deepEqual(
    (await reports(uuid)).map(({ type }) => type),
    ['start', 'success', 'fail'],
  );
});
