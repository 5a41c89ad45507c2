/** Healthchecks' API and pings, case by case, on a real PostgreSQL. */
import { after, before } from 'node:test';
import pg from 'pg';
import { describeLocal } from '../../../../conformance/healthchecks/run-all.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';

let postgres: Postgres;
let databases = 0;

before(async () => {
  postgres = await startPostgres();
});
after(async () => {
  await postgres.close();
});

/** Each server has a database of its own: their clocks all start at the same instant. */
async function emptyDatabase(): Promise<string> {
  const url = new URL(postgres.url);
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  url.pathname = `/conformance_${++databases}`;
  await client.query(`create database ${url.pathname.slice(1)}`);
  await client.end();
  return url.href;
}

describeLocal('Healthchecks, as this server does it on PostgreSQL', async () => ({
  VIGIE_DATABASE_URL: await emptyDatabase(),
}));
