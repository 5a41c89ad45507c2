/** Durable pings a second beside a bare `node:http` server in the same run. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { loadFromOutside } from './support/load-process.ts';
import { seed } from './support/seed.ts';
import { startServer, temporaryFolder } from './support/server.ts';
import { median, round, table } from './support/table.ts';

const CHECKS = 1_000;
const CONNECTIONS = 64;
const SECONDS = 6;
const ROUNDS = 3;

/** Rounds of bare, Vigie, bare, Vigie ..., so that both see the same machine. */
export async function pings(databaseUrl: string | null): Promise<string> {
  using folder = temporaryFolder();
  const url = databaseUrl ?? `sqlite:${folder.path}/vigie.db`;
  const codes = await seed(url, { checks: CHECKS });
  const paths = codes.map((code) => `/ping/${code}`);
  await using server = await startServer(
    folder.path,
    databaseUrl === null ? {} : { VIGIE_DATABASE_URL: databaseUrl },
  );
  const bare = fork(fileURLToPath(new URL('./support/bare-server.ts', import.meta.url)));
  const [port] = (await once(bare, 'message')) as [number];
  const target = (base: string, seconds: number) => ({ url: base, paths, connections: CONNECTIONS, seconds });
  await loadFromOutside(target(server.url, 2));

  const rows: (string | number)[][] = [
    ['round', 'bare req/s', 'durable pings/s', 'ratio', 'p50 ms', 'p99 ms', 'not 200'],
  ];
  const rates: number[] = [];
  const ratios: number[] = [];
  for (let i = 1; i <= ROUNDS; i++) {
    const plain = await loadFromOutside(target(`http://127.0.0.1:${port}`, SECONDS));
    const durable = await loadFromOutside(target(server.url, SECONDS));
    const [a, b] = [plain.requests / plain.seconds, durable.requests / durable.seconds];
    rates.push(b);
    ratios.push(b / a);
    rows.push([
      i,
      Math.round(a),
      Math.round(b),
      round(b / a, 2),
      round(durable.p50),
      round(durable.p99),
      durable.failures,
    ]);
  }
  bare.kill();
  rows.push(['median', '', Math.round(median(rates)), round(median(ratios), 2), '', '', '']);
  return table(rows);
}
