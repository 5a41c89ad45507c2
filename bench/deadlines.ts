/** From a deadline to the outgoing webhook, at 100,000 checks. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openStore } from '../apps/server/src/store/open.ts';
import { loadFromOutside } from './support/load-process.ts';
import { seed } from './support/seed.ts';
import { startServer, temporaryFolder } from './support/server.ts';
import { round, table } from './support/table.ts';

const CHECKS = 100_000;
/** Milliseconds between the seeding and the first deadline: the server must be up by then. */
const LEAD = 30_000;
/** Reports in a row, 3 s apart, without anything new. */
const MOST_IDLE = 5;

interface Arrivals {
  /** Arrival of each check's webhook, epoch ms. */
  arrivals: [string, number][];
  doubled: number;
}

/**
 * `perSecond` = deadlines a second, or all at one instant when null; with pings going on meanwhile then.
 */
export async function deadlines(perSecond: number | null): Promise<string> {
  using folder = temporaryFolder();
  const receiver = fork(fileURLToPath(new URL('./support/receiver.ts', import.meta.url)));
  const [port] = (await once(receiver, 'message')) as [number];
  const count = perSecond === null ? CHECKS : Math.min(CHECKS, perSecond * 30);
  const first = Date.now() + LEAD;
  const due = (i: number): number =>
    perSecond === null ? first : first + Math.floor((i * 1000) / perSecond);
  const deadline = (i: number): number => (i < count ? due(i) : first + 86_400_000);
  const webhook = `http://127.0.0.1:${port}/$CODE`;
  const databaseUrl = `sqlite:${folder.path}/vigie.db`;
  const codes = await seed(databaseUrl, { checks: CHECKS, deadline, webhook });
  await using server = await startServer(folder.path);
  if (Date.now() > first) throw new Error('the server was not up before the first deadline');

  const wait = first - Date.now() + (perSecond === null ? 0 : (count / perSecond) * 1000);
  const pinging = perSecond === null ? pingDuring(server.url, codes, wait / 1000 + 15) : null;
  await new Promise((resolve) => setTimeout(resolve, wait));
  const { arrivals, doubled } = await collect(receiver, count);
  receiver.kill();
  const indexOf = new Map(codes.map((code, i) => [code, i]));
  const lags = arrivals.map(([code, at]) => at - due(indexOf.get(code) ?? 0)).sort((a, b) => a - b);
  const at = (share: number): number => lags[Math.min(lags.length - 1, Math.floor(lags.length * share))] ?? 0;
  const rows: (string | number)[][] = [
    ['deadlines', 'arrived', 'doubled', 'p50 ms', 'p99 ms', 'last ms', 'last queued ms'],
    [
      count,
      arrivals.length,
      doubled,
      at(0.5),
      at(0.99),
      lags.at(-1) ?? 0,
      (await lastQueued(databaseUrl)) - due(count - 1),
    ],
  ];
  if (pinging === null) return table(rows);
  const load = await pinging;
  const pings = `Meanwhile ${Math.round(load.requests / load.seconds)} pings/s, p50 ${round(load.p50)} ms, p99 ${round(load.p99)} ms.`;
  return `${table(rows)}\n\n${pings}`;
}

/** When the last delivery entered its queue, epoch ms. */
async function lastQueued(databaseUrl: string): Promise<number> {
  const store = openStore(databaseUrl, { readOnly: true });
  try {
    const { last } = await store.db
      .selectFrom('deliveries')
      .select((e) => e.fn.max('created_at').as('last'))
      .executeTakeFirstOrThrow();
    return last;
  } finally {
    await store.close();
  }
}

/** A few jobs go on pinging checks that are not due, while everything else falls. */
function pingDuring(url: string, codes: string[], seconds: number) {
  const paths = codes.slice(-10).map((code) => `/ping/${code}/log`);
  return loadFromOutside({ url, paths, connections: 4, seconds });
}

/** Asks the receiver until everything arrived or nothing more does: deliveries give way to deadlines for ten seconds. */
async function collect(receiver: ReturnType<typeof fork>, count: number): Promise<Arrivals> {
  let before = -1;
  for (let idle = 0; ; ) {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    receiver.send('report');
    const [report] = (await once(receiver, 'message')) as [Arrivals];
    idle = report.arrivals.length === before ? idle + 1 : 0;
    if (report.arrivals.length >= count || idle === MOST_IDLE) return report;
    before = report.arrivals.length;
  }
}
