import type { Migration } from 'kysely/migration';
import type { Engine } from '../tx.ts';
import { foundation } from './0001-foundation.ts';
import { alertCore } from './0002-alert-core.ts';
import { accounts } from './0004-accounts.ts';
import { reports } from './0005-reports.ts';
import { removedChecks } from './0006-removed-checks.ts';
import { sinceWhen } from './0007-since-when.ts';
import { probes } from './0008-probes.ts';
import { declared } from './0009-declared.ts';
import { alertsOfChecks } from './0011-alerts-of-checks.ts';
import { pushes } from './0012-pushes.ts';

/** All migrations, in order. A released one is never changed: add the next. */
export function migrations(engine: Engine): Record<string, Migration> {
  return {
    '0001-foundation': foundation(engine),
    '0002-alert-core': alertCore(engine),
    '0004-accounts': accounts(engine),
    '0005-reports': reports(engine),
    '0006-removed-checks': removedChecks(engine),
    '0007-since-when': sinceWhen(),
    '0008-probes': probes(engine),
    '0009-declared': declared(engine),
    '0011-alerts-of-checks': alertsOfChecks(),
    '0012-pushes': pushes(engine),
  };
}
