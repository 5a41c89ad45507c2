import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../tx.ts';
import { tableMaker } from './tables.ts';

/** Which reports a member gets of a project, and deliveries to a person. */
export function reports(engine: Engine): Migration {
  return {
    async up(db: Kysely<never>): Promise<void> {
      const { extend } = tableMaker(engine, db);
      await extend('members', {
        report_daily: { kind: 'int', default: 0 },
        report_weekly: { kind: 'int', default: 0 },
        report_monthly: { kind: 'int', default: 1 },
      });
      await extend('deliveries', { user_id: { kind: 'int?', default: null } });
    },
  };
}
