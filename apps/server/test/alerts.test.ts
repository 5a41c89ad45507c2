import { onEngine } from './support/alerts/bench.ts';
import { tellingSuite } from './support/alerts/telling.ts';
import { freshSqlite } from './support/fresh-store.ts';

const on = onEngine('SQLite', freshSqlite);
tellingSuite(on);
