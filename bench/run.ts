/** `npm run bench [name ...]`: prints figures. What they were on a named kind of machine: RESULTS.md. */
import { cpus, totalmem } from 'node:os';
import { alerts } from './alerts.ts';
import { deadlines } from './deadlines.ts';
import { flips } from './flips.ts';
import { memory } from './memory.ts';
import { promql } from './metrics/promql.ts';
import { pings } from './pings.ts';
import { probes } from './probes.ts';
import { webList } from './web-list.ts';

const BENCHES: Record<string, () => Promise<string>> = {
  'pings-sqlite': () => pings(null),
  'pings-postgres': async () => {
    const url = process.env['BENCH_POSTGRES_URL'];
    return url === undefined ? 'skipped: set BENCH_POSTGRES_URL to an empty database' : pings(url);
  },
  flips,
  'deadlines-1000-a-second': () => deadlines(1_000),
  'deadlines-100000-at-once': () => deadlines(null),
  alerts,
  memory,
  probes,
  promql: () => promql(),
  'web-list': webList,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => BENCHES[name] === undefined);
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}
console.log(`${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.version}`);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n## ${name}\n`);
  console.log(await bench());
}
