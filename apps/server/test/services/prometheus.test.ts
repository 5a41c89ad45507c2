/** A real Prometheus scrapes what the server tells of itself and of its checks. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { KEYS, spawnApiServer } from '../support/api-server.ts';
import { type Sample, startPrometheus } from '../support/prometheus.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

/** Milliseconds: Prometheus starts, and scrapes each target within its first second. */
const SCRAPED_WITHIN = 20_000;

const folder = tempFolder('prometheus');
const server = await spawnApiServer({ dataDir: join(folder.path, 'data') });
after(async () => {
  await server.end('SIGTERM');
  folder[Symbol.dispose]();
});
const { items } = await server.call<{ items: { id: string }[] }>('GET', '/api/vigie/projects');
const checksPath = `/projects/${items[0]?.id}/metrics/`;
const NAME = 'backup "C:\\" of\u00a0Zoë';
const well = await server.createCheck({ name: NAME, tags: ['db', 'prod'] });
const failing = await server.createCheck({ name: 'mail', tags: ['mail'] });
for (const url of [String(well.ping_url), `${failing.ping_url}/fail`])
  assert.equal((await fetch(url)).status, 200);

/** Healthchecks' name for a check that does not tell its address. */
function uniqueKey(code: string): string {
  return createHash('sha1').update(code.replaceAll('-', '').slice(0, 16)).digest('hex');
}

test('its targets are up, and each check is there with its labels', async (t) => {
  const target = `127.0.0.1:${server.port}`;
  await using prometheus = await startPrometheus(folder.path, [
    { name: 'vigie', target, path: '/metrics', token: KEYS.metrics },
    { name: 'key-in-path', target, path: checksPath + KEYS.read },
    { name: 'key-as-bearer', target, path: checksPath, token: KEYS.read },
    { name: 'wrong-key', target, path: '/metrics', token: KEYS.read },
  ]);
  const up = await until('every target is scraped', SCRAPED_WITHIN, async () => {
    const samples = await prometheus.query('up');
    return samples?.length === 4 ? samples : null;
  });
  const byJob = Object.fromEntries(up.map(({ labels, value }) => [labels['job'], value]));
  assert.deepEqual(byJob, { vigie: 1, 'key-in-path': 1, 'key-as-bearer': 1, 'wrong-key': 0 });

  const query = async (expression: string): Promise<Sample[]> => (await prometheus.query(expression)) ?? [];
  const checks = await query('hc_check_up{job="key-in-path"}');
  assert.deepEqual(
    checks.map(({ labels: { name, tags, unique_key }, value }) => ({ name, tags, unique_key, value })),
    [
      { name: NAME, tags: 'db prod', unique_key: uniqueKey(well.id), value: 1 },
      { name: 'mail', tags: 'mail', unique_key: uniqueKey(failing.id), value: 0 },
    ],
  );
  const tags = await query('hc_tag_up{job="key-as-bearer"}');
  assert.deepEqual(
    tags.map(({ labels, value }) => [labels['tag'], value]),
    [
      ['db', 1],
      ['mail', 0],
      ['prod', 1],
    ],
  );
  const [down] = await query('hc_checks_down_total{job="key-as-bearer"}');
  assert.equal(down?.value, 1);
  const [pings] = await query('sum(vigie_pings_total)');
  assert.equal(pings?.value, 2);
  const [series] = await query('count({job="vigie"})');
  t.diagnostic(`${series?.value} series of the server itself`);
});

/** Names that Healthchecks and prom-client chose: gauges that end in `_total`. */
const GIVEN =
  /^(hc_checks|hc_checks_down|nodejs_active_\w+)_total non-counter metrics should not have "_total" suffix$/;

for (const [name, path, key] of [
  ['own metrics', '/metrics', KEYS.metrics],
  ['metrics of the checks', checksPath, KEYS.read],
] as const) {
  test(`promtool finds nothing wrong with the ${name}`, async () => {
    const headers = { Authorization: `Bearer ${key}` };
    const input = await (await fetch(server.url + path, { headers })).text();
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input,
      encoding: 'utf8',
    });
    const complaints = (stdout + stderr).split('\n').filter((line) => line !== '' && !GIVEN.test(line));
    assert.deepEqual({ complaints, parsed: status === 0 || status === 3 }, { complaints: [], parsed: true });
  });
}
