import type { MysqlSession } from '../../databases/mysql-session.ts';
import type { ProbeRun } from '../../kind.ts';

/** Threads that wait for work, or do the server's own. */
const NO_QUERY = `('Sleep', 'Daemon', 'Binlog Dump', 'Binlog Dump GTID', 'Slave_IO', 'Slave_SQL', 'Slave_worker', 'Connect')`;

const TRANSACTIONS = `
  select count(*) as transactions, coalesce(max(timestampdiff(second, trx_started, now())), 0) as longest
  from information_schema.innodb_trx`;

const THREADS = `
  select lower(command) as command, count(*) as threads,
    sum(command not in ${NO_QUERY} and time >= ?) as slow
  from information_schema.processlist where id <> connection_id() group by 1 limit 100`;

const DEADLOCKS = `select count from information_schema.innodb_metrics where name = 'lock_deadlocks'`;

/**
 * Transactions and queries that take long. Those of InnoDB come first: without the right PROCESS they are refused,
 * where the list of threads would silently hold one's own only.
 */
export async function measureActivity(
  session: MysqlSession,
  slowAfter: number,
  run: ProbeRun,
): Promise<void> {
  const [transactions] = await session.rows(TRANSACTIONS);
  run.measure('mysql_info_schema_innodb_trx', Number(transactions?.['transactions']));
  run.measure('mysql_info_schema_innodb_trx_longest_seconds', Number(transactions?.['longest']));
  const threads = await session.rows(THREADS, [slowAfter]);
  for (const { command, threads: count } of threads) {
    run.measure('mysql_info_schema_processlist_threads', Number(count), { command: String(command) });
  }
  const slow = threads.reduce((sum, row) => sum + Number(row['slow']), 0);
  run.measure('mysql_long_running_queries', slow);
  run.detail('slow_queries', slow);
  if (session.isMariaDb) return;
  const [deadlocks] = await session.rows(DEADLOCKS);
  run.measure('mysql_global_status_innodb_deadlocks', Number(deadlocks?.['count']));
}
