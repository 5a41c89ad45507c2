import { databaseAddress } from '../../databases/database-address.ts';
import { MYSQL_PORT, openMysql } from '../../databases/mysql-session.ts';
import { openPostgres, POSTGRES_PORT } from '../../databases/postgres-session.ts';
import { limited, type SqlTable } from '../../databases/sql-table.ts';
import { ProbeFailure } from '../../failure.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { instanceOf } from '../../setting-types.ts';
import { readingsOf } from './reading.ts';
import { type Settings, settings } from './settings.ts';

/** Values that the details show. */
const SHOWN = 20;

/** Any number that a query gives, read in a transaction that cannot write. */
export const sql = defineProbe({
  kind: 'sql',
  title: 'SQL query',
  up: 'sql_up',
  interval: 1800,
  timeout: 30,
  settings,
  instance: ({ url }) => instanceOf(url, isPostgres(url) ? POSTGRES_PORT : MYSQL_PORT),
  async probe(settings, run) {
    const { max_rows, metric, value, when_empty } = settings;
    const table = isPostgres(settings.url) ? await onPostgres(settings, run) : await onMysql(settings, run);
    if (table.rows.length > max_rows) {
      throw new ProbeFailure('config', `the query gives more than ${max_rows} rows`);
    }
    const readings = readingsOf(table, value);
    for (const reading of readings) run.measure(metric, reading.value, reading.labels);
    run.measure('sql_rows', readings.length);
    run.detail('rows', readings.length);
    run.detail(
      'values',
      readings.slice(0, SHOWN).map(({ labels, value }) => ({ labels, value })),
    );
    const [first] = readings;
    if (first !== undefined && readings.length === 1) run.detail('value', first.value);
    if (first === undefined && when_empty === 'fail')
      throw new ProbeFailure('assertion', 'the query gives no row');
  },
});

function isPostgres(url: string): boolean {
  return url.startsWith('postgres');
}

async function onPostgres(settings: Settings, run: ProbeRun): Promise<SqlTable> {
  await using session = await openPostgres(databaseAddress(settings, POSTGRES_PORT, run), run);
  // Awaited here: the session ends when this function does.
  return await run.phase('query', async () => {
    await session.rows('begin read only');
    return session.table(limited(settings.query, settings.max_rows + 1));
  });
}

async function onMysql(settings: Settings, run: ProbeRun): Promise<SqlTable> {
  await using session = await openMysql(databaseAddress(settings, MYSQL_PORT, run), run);
  return await run.phase('query', async () => {
    await session.rows('start transaction read only');
    return session.table(limited(settings.query, settings.max_rows + 1));
  });
}
