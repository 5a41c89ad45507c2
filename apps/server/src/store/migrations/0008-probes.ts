import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../tx.ts';
import { tableMaker } from './tables.ts';

/** Checks that the server itself reports for, and how long it took where no start tells. */
export function probes(engine: Engine): Migration {
  return {
    async up(db: Kysely<never>): Promise<void> {
      const { create, fill, index, extend } = tableMaker(engine, db);
      await extend('pings', { duration: { kind: 'int?', default: null } });
      await fill(create('probes'), {
        check_id: 'int',
        project_id: 'int',
        kind: 'text',
        settings: 'text',
        interval: 'int',
        timeout: 'int',
        thresholds: 'text',
        failures: 'int',
        revision: 'int',
      })
        .addPrimaryKeyConstraint('probes_pk', ['check_id'] as never)
        .execute();
      await index('probes', ['project_id']);
      await fill(create('probe_states'), {
        check_id: 'int',
        at: 'int',
        duration: 'int',
        reason: 'text',
        message: 'text',
        phase: 'text',
        found: 'text',
        failing: 'int',
        streaks: 'text',
        warned: 'text',
      })
        .addPrimaryKeyConstraint('probe_states_pk', ['check_id'] as never)
        .execute();
    },
  };
}
