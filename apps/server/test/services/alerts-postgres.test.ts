/** The path of alerts on PostgreSQL, the same as on SQLite. */
import { after } from 'node:test';
import { adoptionSuite } from '../support/alerts/adoption.ts';
import { onEngine } from '../support/alerts/bench.ts';
import { endingSuite } from '../support/alerts/ending.ts';
import { explainingSuite } from '../support/alerts/explaining.ts';
import { holdingSuite } from '../support/alerts/holding.ts';
import { holdingCommandsSuite } from '../support/alerts/holding-commands.ts';
import { policySuite } from '../support/alerts/policies.ts';
import { tellingSuite } from '../support/alerts/telling.ts';
import { undeliveredSuite } from '../support/alerts/undelivered.ts';
import { freshPostgres } from '../support/fresh-store.ts';
import { startPostgres } from '../support/postgres.ts';

const postgres = await startPostgres();
after(() => postgres.close());

const open = freshPostgres(postgres);
const on = onEngine('PostgreSQL', open);
tellingSuite(on);
holdingSuite(on);
holdingCommandsSuite(on);
endingSuite(on);
adoptionSuite('PostgreSQL', open);
policySuite(on);
explainingSuite(on);
undeliveredSuite(on);
