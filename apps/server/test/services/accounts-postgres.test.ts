/** The writes of accounts on PostgreSQL, the same as on SQLite. */
import { after } from 'node:test';
import { accountSuite } from '../support/account-suite.ts';
import { freshPostgres } from '../support/fresh-store.ts';
import { startPostgres } from '../support/postgres.ts';

const postgres = await startPostgres();
after(() => postgres.close());

accountSuite('PostgreSQL', freshPostgres(postgres));
