import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../tx.ts';
import { tableMaker } from './tables.ts';

/** Pushed metrics: groups of a project, and the families of each. */
export function pushes(engine: Engine): Migration {
  return {
    async up(db: Kysely<never>): Promise<void> {
      const { create, fill, withId, index } = tableMaker(engine, db);
      await fill(withId(create('push_groups')), {
        project_id: 'int',
        hash: 'text',
        job: 'text',
        labels: 'text',
        pushed_at: 'int',
        failed_at: 'int',
        well: 'int',
        expires_at: 'int?',
        series: 'int',
      }).execute();
      await index('push_groups', ['project_id', 'hash'], true);
      await index('push_groups', ['expires_at']);
      await fill(create('push_families'), {
        group_id: 'int',
        name: 'text',
        project_id: 'int',
        type: 'text',
        help: 'text?',
        metrics: 'text',
        series: 'int',
        pushed_at: 'int',
      })
        .addPrimaryKeyConstraint('push_families_pk', ['group_id', 'name'] as never)
        .execute();
      await index('push_families', ['project_id', 'name', 'type']);
    },
  };
}
