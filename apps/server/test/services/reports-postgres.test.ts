/** What reports say and when they are sent, on PostgreSQL as on SQLite. */
import { after } from 'node:test';
import { onEngine } from '../support/alerts/bench.ts';
import { freshPostgres } from '../support/fresh-store.ts';
import { startPostgres } from '../support/postgres.ts';
import { figuresSuite } from '../support/reports/figures.ts';
import { lookingSuite } from '../support/reports/looking.ts';

const postgres = await startPostgres();
after(() => postgres.close());

const on = onEngine('PostgreSQL', freshPostgres(postgres));
figuresSuite(on);
lookingSuite(on);
