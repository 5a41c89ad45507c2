import type { RowDataPacket } from 'mysql2';
import type { MysqlSession } from '../../databases/mysql-session.ts';
import { ProbeFailure } from '../../failure.ts';
import type { ProbeRun } from '../../kind.ts';

/** One source that the server replicates from. */
interface Source {
  /** The channel's or connection's name; empty for the only one. */
  channel: string;
  receives: boolean;
  applies: boolean;
  /** Null = it does not know. */
  secondsBehind: number | null;
  error: string;
}

/**
 * How far the server is behind each of its sources.
 * @throws ProbeFailure `unhealthy` when replication stands still, `forbidden` without the right to ask.
 */
export async function measureReplicas(session: MysqlSession, run: ProbeRun): Promise<void> {
  const sources = (await statusRows(session)).map(sourceOf);
  run.detail('role', sources.length === 0 ? 'primary' : 'replica');
  for (const { channel, receives, applies, secondsBehind } of sources) {
    const labels = { channel_name: channel };
    run.measure('mysql_slave_status_slave_io_running', receives ? 1 : 0, labels);
    run.measure('mysql_slave_status_slave_sql_running', applies ? 1 : 0, labels);
    if (secondsBehind === null) continue;
    run.measure('mysql_slave_status_seconds_behind_master', secondsBehind, labels);
    run.detail('replication_lag_seconds', secondsBehind);
  }
  const broken = sources.find(
    ({ receives, applies, secondsBehind }) => !receives || !applies || secondsBehind === null,
  );
  if (broken === undefined) return;
  const name = broken.channel === '' ? '' : ` from ${broken.channel}`;
  const part = broken.receives ? 'nothing is applied' : 'nothing is received';
  const why = broken.error === '' ? 'no error is told' : broken.error;
  throw new ProbeFailure('unhealthy', `replication${name} stands still: ${part} (${why})`);
}

async function statusRows(session: MysqlSession): Promise<RowDataPacket[]> {
  if (session.isMariaDb) return session.rows('show all slaves status');
  try {
    return await session.rows('show replica status');
  } catch (error) {
    // MySQL before 8.0.22 does not know the word.
    if (!(error instanceof ProbeFailure) || error.reason !== 'config') throw error;
    return session.rows('show slave status');
  }
}

/** Columns have old names and new ones. */
export function sourceOf(row: Record<string, unknown>): Source {
  const value = (...names: string[]): unknown =>
    names.map((name) => row[name]).find((found) => found !== undefined);
  const seconds = value('Seconds_Behind_Source', 'Seconds_Behind_Master');
  return {
    channel: String(value('Connection_name', 'Channel_Name') ?? ''),
    receives: value('Replica_IO_Running', 'Slave_IO_Running') === 'Yes',
    applies: value('Replica_SQL_Running', 'Slave_SQL_Running') === 'Yes',
    secondsBehind: seconds === null || seconds === undefined ? null : Number(seconds),
    error: String(value('Last_IO_Error') || value('Last_SQL_Error') || ''),
  };
}
