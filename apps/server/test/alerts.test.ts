import { adoptionSuite } from './support/alerts/adoption.ts';
import { onEngine } from './support/alerts/bench.ts';
import { endingSuite } from './support/alerts/ending.ts';
import { explainingSuite } from './support/alerts/explaining.ts';
import { holdingSuite } from './support/alerts/holding.ts';
import { holdingCommandsSuite } from './support/alerts/holding-commands.ts';
import { policySuite } from './support/alerts/policies.ts';
import { tellingSuite } from './support/alerts/telling.ts';
import { freshSqlite } from './support/fresh-store.ts';

const on = onEngine('SQLite', freshSqlite);
tellingSuite(on);
holdingSuite(on);
holdingCommandsSuite(on);
endingSuite(on);
adoptionSuite('SQLite', freshSqlite);
policySuite(on);
explainingSuite(on);
