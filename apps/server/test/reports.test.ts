/** What reports say and when they are sent, on SQLite. */
import { onEngine } from './support/alerts/bench.ts';
import { freshSqlite } from './support/fresh-store.ts';
import { figuresSuite } from './support/reports/figures.ts';
import { lookingSuite } from './support/reports/looking.ts';

const on = onEngine('SQLite', freshSqlite);
figuresSuite(on);
lookingSuite(on);
