import { onEngine } from './support/alerts/bench.ts';
import { auditSuite } from './support/checks/audit-suite.ts';
import { deliveriesSuite } from './support/checks/deliveries-suite.ts';
import { flipsSuite } from './support/checks/flips-suite.ts';
import { removalSuite } from './support/checks/removal-suite.ts';
import { searchSuite } from './support/checks/search-suite.ts';
import { summarySuite } from './support/checks/summary-suite.ts';
import { freshSqlite } from './support/fresh-store.ts';

const on = onEngine('SQLite', freshSqlite);
searchSuite(on);
summarySuite(on);
flipsSuite(on);
deliveriesSuite(on);
removalSuite(on);
auditSuite(on);
