import { onEngine } from './support/alerts/bench.ts';
import { freshSqlite } from './support/fresh-store.ts';
import { auditSuite } from './support/lists/audit-suite.ts';
import { deliveriesSuite } from './support/lists/deliveries-suite.ts';
import { flipsSuite } from './support/lists/flips-suite.ts';
import { removalSuite } from './support/lists/removal-suite.ts';
import { searchSuite } from './support/lists/search-suite.ts';
import { summarySuite } from './support/lists/summary-suite.ts';
import { usersSuite } from './support/lists/users-suite.ts';

const on = onEngine('SQLite', freshSqlite);
searchSuite(on);
summarySuite(on);
flipsSuite(on);
deliveriesSuite(on);
removalSuite(on);
auditSuite(on);
usersSuite(on);
