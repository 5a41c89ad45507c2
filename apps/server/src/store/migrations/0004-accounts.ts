import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../tx.ts';
import { tableMaker } from './tables.ts';

/** Second factors, recovery codes, passkeys, mails that wait, and the colours a person prefers. */
export function accounts(engine: Engine): Migration {
  return {
    async up(db: Kysely<never>): Promise<void> {
      const { create, fill, withId, clustered, index, extend } = tableMaker(engine, db);

      await fill(
        create('second_factors').addColumn('user_id', engine === 'sqlite' ? 'integer' : 'bigint', (column) =>
          column.primaryKey(),
        ),
        { secret: 'text', confirmed_at: 'int?', last_step: 'int', created_at: 'int' },
      ).execute();

      await clustered(
        fill(create('recovery_codes'), { user_id: 'int', hash: 'text' }).addPrimaryKeyConstraint(
          'recovery_codes_pk',
          ['user_id', 'hash'] as never,
        ),
      ).execute();

      await fill(withId(create('passkeys')), {
        code: 'text',
        user_id: 'int',
        credential: 'text',
        public_key: 'text',
        counter: 'int',
        transports: 'text',
        name: 'text',
        synced: 'int',
        created_at: 'int',
        last_used_at: 'int?',
      }).execute();
      await index('passkeys', ['code'], true);
      await index('passkeys', ['credential'], true);
      await index('passkeys', ['user_id']);

      await fill(withId(create('mails')), {
        code: 'text',
        kind: 'text',
        recipient: 'text',
        subject_id: 'text',
        created_at: 'int',
        expires_at: 'int',
        tries: 'int',
        error: 'text',
      }).execute();
      await index('mails', ['code'], true);

      await extend('users', { theme: { kind: 'text', default: 'system' } });
    },
  };
}
