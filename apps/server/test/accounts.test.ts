import { accountSuite } from './support/account-suite.ts';
import { freshSqlite } from './support/fresh-store.ts';

accountSuite('SQLite', freshSqlite);
