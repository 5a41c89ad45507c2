import type { MysqlSession } from '../../databases/mysql-session.ts';
import { sizes } from '../../databases/sizes.ts';
import type { ProbeRun } from '../../kind.ts';
import type { Rights } from './rights.ts';

/** Global rights only; a user without rights on this table sees its own. */
const MAY_SELECT = `
  select 1 from information_schema.user_privileges where privilege_type = 'SELECT'
    and replace(grantee, '''', '') = current_user() limit 1`;

const SIZES = `
  select table_schema as name, sum(coalesce(data_length, 0) + coalesce(index_length, 0)) as bytes
  from information_schema.tables where table_schema not in ('information_schema', 'performance_schema')
  group by 1 order by 2 desc limit 500`;

/**
 * Sizes of databases. Without the global right SELECT the server leaves out what the user may not read, without a
 * word: then there are none.
 */
export async function measureSchemas(session: MysqlSession, rights: Rights, run: ProbeRun): Promise<void> {
  if ((await session.rows(MAY_SELECT)).length === 0) {
    rights.missing('SELECT');
    return;
  }
  const found = await sizes(run.memory, async () =>
    (await session.rows(SIZES)).map((row) => ({ name: String(row['name']), bytes: Number(row['bytes']) })),
  );
  for (const { name, bytes } of found) {
    run.measure('mysql_info_schema_table_size_bytes', bytes, { schema: name });
  }
  const total = found.reduce((sum, { bytes }) => sum + bytes, 0);
  run.detail('database_size_mb', Math.round(total / 10_485.76) / 100);
}
