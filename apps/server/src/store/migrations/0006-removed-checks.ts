import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../tx.ts';
import { tableMaker } from './tables.ts';

/** Checks that may still be restored. */
export function removedChecks(engine: Engine): Migration {
  return {
    async up(db: Kysely<never>): Promise<void> {
      const { create, fill, index } = tableMaker(engine, db);
      await fill(create('removed_checks'), {
        check_id: 'int',
        project_id: 'int',
        code: 'text',
        removed_at: 'int',
        content: 'text',
      })
        .addPrimaryKeyConstraint('removed_checks_pk', ['check_id'] as never)
        .execute();
      await index('removed_checks', ['code']);
      await index('removed_checks', ['project_id']);
      await index('removed_checks', ['removed_at']);
    },
  };
}
