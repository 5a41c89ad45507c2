/** 10,000 HTTP probes every 30 s for three minutes: how late each begins, and what that costs. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openStore } from '../apps/server/src/store/open.ts';
import { seed } from './support/seed.ts';
import { startServer, temporaryFolder } from './support/server.ts';
import { round, table } from './support/table.ts';

const PROBES = 10_000;
/** Addresses that are probed. */
const TARGETS = 100;
/** Seconds. */
const INTERVAL = 30;
const WARM_UP = 35;
const MEASURED = 180;
/** Rows in one statement. */
const PAGE = 500;
const METRICS_KEY = 'bench-metrics-key';

/** Every probe runs six times. The targets are one process of the same machine: it takes of its two cores, too. */
export async function probes(): Promise<string> {
  using folder = temporaryFolder();
  const target = fork(fileURLToPath(new URL('./support/targets.ts', import.meta.url)), [String(TARGETS)]);
  const [port] = (await once(target, 'message')) as [number];
  const databaseUrl = `sqlite:${folder.path}/vigie.db`;
  await seed(databaseUrl, { checks: PROBES, fields: () => ({ timeout: INTERVAL, grace: 60 }) });
  await seedProbes(databaseUrl, port);
  await using server = await startServer(folder.path, { VIGIE_METRICS_KEY: METRICS_KEY });
  await pause(WARM_UP);
  const before = await lagOf(server.url);
  const cpu = cpuOf(server.pid);
  await pause(MEASURED);
  const after = await lagOf(server.url);
  const seconds = cpuOf(server.pid) - cpu;
  target.kill();
  const runs = after.count - before.count;
  return table([
    [
      'probes',
      'runs',
      'wanted',
      'lag p50 below ms',
      'lag p99 below ms',
      'left out',
      'CPU, share of a core',
      'RSS, MB',
    ],
    [
      PROBES,
      runs,
      (PROBES * MEASURED) / INTERVAL,
      quantile(before, after, 0.5),
      quantile(before, after, 0.99),
      after.skipped,
      `${round((100 * seconds) / MEASURED)} %`,
      round(server.rss()),
    ],
  ]);
}

async function seedProbes(databaseUrl: string, port: number): Promise<void> {
  const store = openStore(databaseUrl, { connections: 1 });
  try {
    for (let from = 1; from <= PROBES; from += PAGE) {
      const rows = Array.from({ length: PAGE }, (_, i) => ({
        check_id: from + i,
        project_id: 1,
        kind: 'http',
        settings: JSON.stringify({ url: `http://127.0.0.${1 + ((from + i) % TARGETS)}:${port}/` }),
        interval: INTERVAL * 1000,
        timeout: 10_000,
        thresholds: '',
        failures: 1,
        revision: 1,
      }));
      await store.db.insertInto('probes').values(rows).execute();
      const states = rows.map(({ check_id }) => ({
        check_id,
        at: 1,
        duration: 0,
        reason: '',
        message: '',
        phase: '',
        found: '{"phases":[],"samples":[],"details":{}}',
        failing: 0,
        streaks: '{}',
        warned: '[]',
      }));
      // As after a restart: nobody waits for a first run at once.
      await store.db.insertInto('probe_states').values(states).execute();
    }
  } finally {
    await store.close();
  }
}

interface Lag {
  /** Runs that began at most so late, by seconds. */
  buckets: [upTo: number, count: number][];
  count: number;
  skipped: number;
}

async function lagOf(url: string): Promise<Lag> {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_KEY}` } });
  const text = await response.text();
  const buckets = [...text.matchAll(/^vigie_probe_lag_seconds_bucket\{le="([^"]+)"\} (\d+)$/gm)].map(
    ([, upTo, count]): [number, number] => [
      upTo === '+Inf' ? Number.POSITIVE_INFINITY : Number(upTo),
      Number(count),
    ],
  );
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
  return {
    buckets,
    count: value('vigie_probe_lag_seconds_count'),
    skipped: value('vigie_probe_runs_skipped'),
  };
}

/** Upper bound of the bucket that holds the quantile, ms. */
function quantile(before: Lag, after: Lag, share: number): number {
  const wanted = (after.count - before.count) * share;
  const found = after.buckets.find(([, count], i) => count - (before.buckets[i]?.[1] ?? 0) >= wanted);
  return (found?.[0] ?? Number.NaN) * 1000;
}

/** Seconds of CPU that a process took so far, in user and system mode (proc(5): 100 ticks a second). */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
