/** Lists of checks on PostgreSQL, the same as on SQLite. */
import { after } from 'node:test';
import { onEngine } from '../support/alerts/bench.ts';
import { auditSuite } from '../support/checks/audit-suite.ts';
import { deliveriesSuite } from '../support/checks/deliveries-suite.ts';
import { flipsSuite } from '../support/checks/flips-suite.ts';
import { removalSuite } from '../support/checks/removal-suite.ts';
import { searchSuite } from '../support/checks/search-suite.ts';
import { summarySuite } from '../support/checks/summary-suite.ts';
import { freshPostgres } from '../support/fresh-store.ts';
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
