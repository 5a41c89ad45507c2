import { after } from 'node:test';
import pg from 'pg';
import { openStore } from '../../src/store/open.ts';
import { startPostgres } from '../support/postgres.ts';
import { storeSuite } from '../support/store-suite.ts';

const postgres = await startPostgres();
after(() => postgres.close());
let databases = 0;

storeSuite('PostgreSQL', async () => {
  databases += 1;
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(`create database case_${databases}`);
  await client.end();
  const store = openStore(postgres.url.replace(/\/vigie$/, `/case_${databases}`));
  return { store, close: () => store.close() };
});
