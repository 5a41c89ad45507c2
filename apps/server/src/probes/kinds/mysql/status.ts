import type { MysqlSession } from '../../databases/mysql-session.ts';
import { ProbeFailure } from '../../failure.ts';
import type { ProbeRun } from '../../kind.ts';

/** Status variables, which the exporter names `mysql_global_status_<name>`. */
const STATUS = [
  'threads_connected',
  'threads_running',
  'max_used_connections',
  'connections',
  'slow_queries',
  'queries',
  'aborted_connects',
  'aborted_clients',
  'innodb_row_lock_waits',
  'innodb_row_lock_time',
  // MariaDB only; MySQL keeps it among the metrics of InnoDB.
  'innodb_deadlocks',
  'bytes_received',
  'bytes_sent',
  'uptime',
];

const VARIABLES = ['max_connections', 'read_only', 'long_query_time'];

/** What the server counts, and how many of its connections are taken. */
export async function measureStatus(session: MysqlSession, run: ProbeRun): Promise<void> {
  const status = await named(session, 'status', STATUS);
  const variables = await named(session, 'variables', VARIABLES);
  for (const [name, value] of status) run.measure(`mysql_global_status_${name}`, value);
  for (const [name, value] of variables) run.measure(`mysql_global_variables_${name}`, value);
  const connected = status.get('threads_connected');
  const most = variables.get('max_connections');
  if (connected === undefined || most === undefined) {
    throw new ProbeFailure('unhealthy', 'the server does not say how many connections it has');
  }
  run.measure('mysql_connections_ratio', connected / most);
  run.detail('active_connections', connected);
  run.detail('max_connections', most);
  run.detail('uptime_days', Math.round((status.get('uptime') ?? 0) / 864) / 100);
}

async function named(
  session: MysqlSession,
  what: 'status' | 'variables',
  names: readonly string[],
): Promise<Map<string, number>> {
  const rows = await session.rows(`show global ${what} where variable_name in (?)`, [names]);
  return new Map(rows.map((row) => [String(row['Variable_name']).toLowerCase(), numberOf(row['Value'])]));
}

function numberOf(value: unknown): number {
  if (value === 'ON') return 1;
  return value === 'OFF' ? 0 : Number(value);
}
