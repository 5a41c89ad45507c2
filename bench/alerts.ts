/** Alerts posted over HTTP: how many a second, what they cost in memory, and how soon somebody is told. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type BenchServer, startServer, temporaryFolder } from './support/server.ts';
import { round, table } from './support/table.ts';

const KEY = `hcw_${'b'.repeat(28)}`;
const HEADERS = { 'X-Api-Key': KEY, 'Content-Type': 'application/json' };
const ALERTS = 100_000;
const PER_REQUEST = 100;
const CONNECTIONS = 8;
/** Milliseconds after which the garbage of the load is gone. */
const REST = 15_000;
/** Alerts that somebody is told of, at a moderate rate. */
const TOLD = 1_000;
const TOLD_PER_SECOND = 50;

interface Posted {
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

function anAlert(i: number): Posted {
  return {
    labels: {
      alertname: `HighLatency${i % 50}`,
      instance: `host-${i}:9100`,
      job: 'node',
      severity: 'warning',
      environment: 'production',
      region: `eu-${i % 7}`,
    },
    annotations: { summary: `The latency of host-${i} is high`, description: 'p99 over 1 s for 5 minutes' },
  };
}

async function send(server: BenchServer, method: string, path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: HEADERS,
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
}

/** Posts all alerts once. @returns alerts a second. */
async function postAll(server: BenchServer): Promise<number> {
  const from = performance.now();
  let next = 0;
  const connection = async (): Promise<void> => {
    while (next < ALERTS) {
      const first = next;
      next += PER_REQUEST;
      const alerts = Array.from({ length: PER_REQUEST }, (_, i) => anAlert(first + i));
      await send(server, 'POST', '/api/vigie/alerts', alerts);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return ALERTS / ((performance.now() - from) / 1000);
}

/** Milliseconds from each post, as it was sent, to its webhook; sorted. */
async function tell(server: BenchServer): Promise<number[]> {
  const receiver = fork(fileURLToPath(new URL('./support/receiver.ts', import.meta.url)));
  const [port] = (await once(receiver, 'message')) as [number];
  const settings = { url_down: `http://127.0.0.1:${port}/$NAME` };
  await send(server, 'POST', '/api/vigie/channels', { kind: 'webhook', name: 'bench', settings });
  const sentAt = new Map<string, number>();
  const posts: Promise<void>[] = [];
  const began = Date.now();
  for (let i = 0; i < TOLD; i++) {
    const wait = began + (i * 1000) / TOLD_PER_SECOND - Date.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    sentAt.set(`told-${i}`, Date.now());
    posts.push(send(server, 'POST', '/api/vigie/alerts', [{ labels: { alertname: `told-${i}` } }]));
  }
  await Promise.all(posts);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  receiver.send('report');
  const [{ arrivals }] = (await once(receiver, 'message')) as [{ arrivals: [string, number][] }];
  receiver.kill();
  return arrivals.map(([name, at]) => at - (sentAt.get(name) ?? 0)).sort((a, b) => a - b);
}

/** 100,000 distinct alerts, the same again, and 1,000 that somebody is told of. */
export async function alerts(): Promise<string> {
  using folder = temporaryFolder();
  await using server = await startServer(folder.path, { VIGIE_API_KEY: KEY });
  const idle = server.rss();
  const distinct = await postAll(server);
  const afterDistinct = server.rss();
  const repeated = await postAll(server);
  const afterRepeated = server.rss();
  await new Promise((resolve) => setTimeout(resolve, REST));
  const atRest = server.rss();
  const lags = await tell(server);
  const at = (share: number): number => lags[Math.min(lags.length - 1, Math.floor(lags.length * share))] ?? 0;
  return [
    table([
      ['alerts', 'a second', 'RSS after MB'],
      ['none', '', idle],
      [`${ALERTS} distinct`, round(distinct, 0), afterDistinct],
      ['the same again', round(repeated, 0), afterRepeated],
      [`${REST / 1000} s later`, '', atRest],
    ]),
    '',
    `Of ${TOLD} at ${TOLD_PER_SECOND} a second ${lags.length} webhooks came: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, last ${lags.at(-1) ?? 0} ms after the post was sent.`,
  ].join('\n');
}
