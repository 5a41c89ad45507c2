import { freshSqlite } from './support/fresh-store.ts';
import { storeSuite } from './support/store-suite.ts';

storeSuite('SQLite', freshSqlite);
