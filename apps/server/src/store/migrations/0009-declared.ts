import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../tx.ts';
import { tableMaker } from './tables.ts';

/** Configuration as code: what was applied last, and which checks and channels it owns. */
export function declared(engine: Engine): Migration {
  return {
    async up(db: Kysely<never>): Promise<void> {
      const { create, fill, index } = tableMaker(engine, db);
      await fill(create('config_documents'), {
        project_id: 'int',
        owner: 'text',
        document: 'text',
        tenants: 'text',
        tenants_error: 'text',
        applied_at: 'int',
      })
        .addPrimaryKeyConstraint('config_documents_pk', ['project_id', 'owner'] as never)
        .execute();
      await fill(create('config_items'), {
        project_id: 'int',
        noun: 'text',
        code: 'text',
        owner: 'text',
        key: 'text',
        made: 'int',
      })
        .addPrimaryKeyConstraint('config_items_pk', ['project_id', 'noun', 'code'] as never)
        .execute();
      await index('config_items', ['project_id', 'owner', 'noun', 'key'], true);
    },
  };
}
