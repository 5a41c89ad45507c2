import { after } from 'node:test';
import { freshPostgres } from '../support/fresh-store.ts';
import { startPostgres } from '../support/postgres.ts';
import { storeSuite } from '../support/store-suite.ts';

const postgres = await startPostgres();
after(() => postgres.close());

storeSuite('PostgreSQL', freshPostgres(postgres));
