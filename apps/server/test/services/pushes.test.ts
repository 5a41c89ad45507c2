/** Clients of the Pushgateway push to the server and to the original: both answer and expose the same. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { KEYS, spawnApiServer } from '../support/api-server.ts';
import { runProgram } from '../support/program.ts';
import { spawnPrometheus } from '../support/prometheus.ts';
import { startPushgateway } from '../support/pushgateway.ts';
import { pythonPackages } from '../support/python.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

/** Milliseconds: Prometheus starts, and scrapes within its first second. */
const SCRAPED_WITHIN = 30_000;

/** What Prometheus answers. */
interface Found {
  data: { result: { metric: Record<string, string>; value: [number, string] }[] };
}

const folder = tempFolder('pushes');
const dataDir = join(folder.path, 'data');
let server = await spawnApiServer({ dataDir });
const original = await startPushgateway();
after(async () => {
  await server.end('SIGTERM');
  await original[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const BASIC = `Basic ${Buffer.from(`any:${KEYS.write}`).toString('base64')}`;

/** What was pushed: without times, the words of the help of our own metrics, and what the original says of itself. */
async function exposed(url: string): Promise<string[]> {
  const text = await (await fetch(url, { headers: { Authorization: BASIC } })).text();
  return text.split('\n').flatMap((line) => {
    if (/^(# \w+ )?(go|process|promhttp|pushgateway)_/.test(line)) return [];
    if (/^# HELP push_(failure_)?time_seconds/.test(line)) return [];
    return [line.replace(/^((?:push_|\w+_created).*\}) [1-9].*/, '$1 TIME')];
  });
}

async function requireAlike(): Promise<void> {
  const ours = await exposed(`${server.url}/pushgateway/metrics`);
  assert.deepEqual(ours, await exposed(`${original.url}/metrics`));
}

async function wipe(): Promise<void> {
  const asAdmin = { Authorization: 'Bearer an-admin-token-for-tests-only' };
  for (const url of [server.url, original.url]) {
    const answer = await fetch(`${url}/api/v1/admin/wipe`, { method: 'PUT', headers: asAdmin });
    assert.equal(answer.status, 202);
  }
}

test('the same requests have the same status, and leave the same metrics', async () => {
  const histogram =
    '# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="2.5"} 2\nh_bucket{le="+Inf"} 2\nh_sum 3\nh_count 2\n';
  const summary = '# TYPE s summary\ns{quantile="0.5"} NaN\ns_sum 3\ns_count 2\n';
  const requests: [method: string, path: string, body: string][] = [
    ['POST', '/job/a', 'x 1\n'],
    ['POST', '/job/a', 'x 1'],
    ['POST', '/job/a', 'x 1 123\n'],
    ['POST', '/job/a', 'x{ 1\n'],
    ['POST', '/job/a', 'x{a="1"} 1\nx{a="1"} 2\n'],
    ['PUT', '/job/b', '# TYPE x counter\nx 2\n'],
    ['PUT', '/job/b/instance/i', '# HELP y some "help" \\\\ \\n end\n# TYPE y gauge\ny 2\n'],
    ['POST', '/job/b/instance/i', '# TYPE z gauge\nz{c="\\"\\\\\\n",b="é"} -Inf\nz{b="2"} 1234567\n'],
    ['PUT', '/job', 'y 2\n'],
    ['PUT', '/job/a/b', 'y 2\n'],
    ['PUT', '/job/a/__b/c', 'y 2\n'],
    ['PUT', '/job/a/b-c/c', 'y 2\n'],
    ['PUT', '/job@base64/=', 'y 2\n'],
    ['PUT', '/job@base64/L3Zhci90bXA', '# TYPE w gauge\nw{job="mine",instance="k"} 2\n'],
    ['PUT', '/job@base64/Yi9j/p@base64/=/q@base64/L3g=', 'm 3\n'],
    ['PUT', '/job/a/job/c/x/1/x/2', 'n 2\n'],
    ['PUT', '/job/a%2Fb', 'n 2\n'],
    ['PUT', '/job/a+b%20c/x/%C3%A9', 'n 2\n'],
    ['PUT', '/job/a/b/', 'n 2\n'],
    ['PUT', '/job/e', ''],
    ['PUT', '/job/h', histogram + summary],
    ['PUT', '/job/k2', 'h_count 1\n'],
    ['PUT', '/job/k3', 'k_x 1\n# TYPE k_x gauge\n'],
    ['PUT', '/job/k4', '# HELP k7 hh\n# HELP k7 ff\nk7 1\n'],
    ['PUT', '/job/k5', 'k5 1\nk6 1\nk5{a="1"} 1\n'],
    ['POST', '/job/k5', 'k6 2\n'],
    ['PUT', '/job/k7', '# TYPE t counter\n'],
    ['PUT', '/job/k11', 'm{a="1",a="2"} 1\n'],
    ['PUT', '/job/k12', 'm{instance="zz"} 1\n'],
    ['PUT', '/job/k12/instance/zz', 'm 2\n'],
    ['PUT', '/job/k14', '\n\n# a comment\n'],
    ['PUT', '/job/k15', '# TYPE hb histogram\nhb_bucket{le="x"} 1\n'],
    ['PUT', '/job/k16', 'push_time_seconds 1\n'],
    ['PUT', '/job/k17', 'q{__z="1"} 1\n'],
    ['DELETE', '/job/k16', ''],
    ['DELETE', '/job/nowhere', ''],
    ['GET', '/job/a', ''],
    // The last of its kind: afterwards the original (1.5.1) answers nothing more at that address.
    ['PUT', '/job@base64/!!', 'y 2\n'],
  ];
  for (const [method, path, body] of requests) {
    const answers = await Promise.all(
      [server.url, original.url].map((url) =>
        fetch(`${url}/metrics${path}`, {
          method,
          headers: { Authorization: BASIC },
          ...(method === 'GET' ? {} : { body }),
        }),
      ),
    );
    const [ours, theirs] = await Promise.all(answers.map(async (a) => [a.status, await a.text()] as const));
    assert.equal(
      ours?.[0],
      theirs?.[0],
      `${method} ${path} ${JSON.stringify(body)}: ${ours?.[1]} / ${theirs?.[1]}`,
    );
    await requireAlike();
  }
  await wipe();
});

test('prometheus-client, prom-client and curl push, add and delete', async () => {
  const env = await pythonPackages(folder.path, ['prometheus-client']);
  const url = new URL(server.url);
  const script = `
import sys
from prometheus_client import CollectorRegistry, Gauge, Histogram, push_to_gateway, pushadd_to_gateway, delete_from_gateway
from prometheus_client.exposition import basic_auth_handler
def auth(url, method, timeout, headers, data):
    return basic_auth_handler(url, method, timeout, headers, data, 'any', '${KEYS.write}')
for gateway in sys.argv[1:]:
    first, second = CollectorRegistry(), CollectorRegistry()
    Gauge('job_last_success_unixtime', 'When it went well', registry=first).set(1784116800)
    Histogram('job_seconds', 'How long', ['step'], registry=first).labels('dump').observe(3)
    Gauge('job_rows', 'Rows', registry=second).set(12)
    push_to_gateway(gateway, job='nightly/dump', registry=first, grouping_key={'host': 'db 1', 'empty': ''}, handler=auth)
    pushadd_to_gateway(gateway, job='nightly/dump', registry=second, grouping_key={'host': 'db 1', 'empty': ''}, handler=auth)
    push_to_gateway(gateway, job='gone', registry=CollectorRegistry(), handler=auth)
    delete_from_gateway(gateway, job='gone', handler=auth)
`;
  const ended = await runProgram(['python3', '-c', script, url.host, new URL(original.url).host], { env });
  assert.deepEqual(ended, { code: 0, output: '' });

  const { Counter, Pushgateway, Registry } = createRequire(import.meta.url)(
    'prom-client',
  ) as typeof import('prom-client');
  for (const gateway of [server.url, original.url]) {
    const registry = new Registry();
    new Counter({ name: 'runs_total', help: 'Runs', labelNames: ['kind'], registers: [registry] }).inc({
      kind: 'full',
    });
    const client = new Pushgateway(gateway, { headers: { Authorization: BASIC } }, registry);
    for (const verb of ['push', 'pushAdd'] as const) {
      const { resp } = await client[verb]({ jobName: 'node', groupings: { a: 'b' } });
      assert.ok(typeof resp === 'object' && resp !== null && 'statusCode' in resp && resp.statusCode === 200);
    }
    const args = [
      '-sS',
      '--fail',
      '-u',
      `any:${KEYS.write}`,
      '--data-binary',
      '@-',
      `${gateway}/metrics/job/curl`,
    ];
    const pushed = await runProgram(['sh', '-c', `echo 'c 1' | curl ${args.join(' ')}`]);
    assert.deepEqual(pushed, { code: 0, output: '' });
  }
  const lines = await exposed(`${server.url}/pushgateway/metrics`);
  assert.ok(
    lines.includes('job_rows{empty="",host="db 1",instance="",job="nightly/dump"} 12'),
    lines.join('\n'),
  );
  await requireAlike();
});

test('Prometheus scrapes it, and the labels are those that were pushed', async () => {
  const config = JSON.stringify({
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: [
      {
        job_name: 'pushes',
        honor_labels: true,
        metrics_path: '/pushgateway/metrics',
        authorization: { credentials: KEYS.read },
        static_configs: [{ targets: [new URL(server.url).host] }],
      },
    ],
  });
  await using prometheus = await spawnPrometheus(folder.path, config);
  const result = await until('it is scraped', SCRAPED_WITHIN, async () => {
    prometheus.requireRunning();
    const answer = await fetch(`${prometheus.url}/api/v1/query?query=job_rows`).catch(() => null);
    return answer?.ok ? ((await answer.json()) as Found).data.result[0] : null;
  });
  // Prometheus leaves empty labels out.
  assert.deepEqual(result.metric, { __name__: 'job_rows', host: 'db 1', job: 'nightly/dump' });
  assert.equal(result.value[1], '12');
});

test('what was answered 200 is there after kill -9', async () => {
  const before = await exposed(`${server.url}/pushgateway/metrics`);
  for (let round = 0; round < 3; round++) {
    const answer = await fetch(`${server.url}/metrics/job/durable`, {
      method: 'POST',
      headers: { Authorization: BASIC },
      body: `round_${round} 1\n`,
    });
    assert.equal(answer.status, 200);
    await server.end('SIGKILL');
    server = await spawnApiServer({ dataDir });
    const lines = await exposed(`${server.url}/pushgateway/metrics`);
    assert.ok(lines.includes(`round_${round}{instance="",job="durable"} 1`));
    assert.ok(before.every((line) => lines.includes(line)));
  }
});
