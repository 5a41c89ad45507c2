/** Lists of checks, and what else is read in pages or sums, on PostgreSQL, the same as on SQLite. */
import { after } from 'node:test';
import { onEngine } from '../support/alerts/bench.ts';
import { freshPostgres } from '../support/fresh-store.ts';
import { auditSuite } from '../support/lists/audit-suite.ts';
import { deliveriesSuite } from '../support/lists/deliveries-suite.ts';
import { flipsSuite } from '../support/lists/flips-suite.ts';
import { removalSuite } from '../support/lists/removal-suite.ts';
import { searchSuite } from '../support/lists/search-suite.ts';
import { summarySuite } from '../support/lists/summary-suite.ts';
import { usersSuite } from '../support/lists/users-suite.ts';
import { startPostgres } from '../support/postgres.ts';

const postgres = await startPostgres();
after(() => postgres.close());

const on = onEngine('PostgreSQL', freshPostgres(postgres));
searchSuite(on);
summarySuite(on);
flipsSuite(on);
deliveriesSuite(on);
removalSuite(on);
auditSuite(on);
usersSuite(on);
