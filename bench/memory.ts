/** Start time and resident memory, idle and with many checks. */
import { seed } from './support/seed.ts';
import { startServer, temporaryFolder } from './support/server.ts';
import { round, table } from './support/table.ts';

const SIZES = [0, 10_000, 100_000, 1_000_000];
/** Milliseconds after the start, when timers and housekeeping have had their first turn. */
const SETTLE = 5_000;

export async function memory(): Promise<string> {
  const rows: (string | number)[][] = [['checks', 'start to first answer, ms', 'RSS, MB']];
  for (const checks of SIZES) {
    using folder = temporaryFolder();
    const from = Date.now();
    await seed(`sqlite:${folder.path}/vigie.db`, { checks, deadline: (i) => from + 3_600_000 + i });
    await using server = await startServer(folder.path);
    await new Promise((resolve) => setTimeout(resolve, SETTLE));
    rows.push([checks, round(server.startTime, 0), server.rss()]);
  }
  return table(rows);
}
