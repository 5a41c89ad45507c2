import type { ProbeRun } from '../../kind.ts';
import { keyspacesOf, numberOf, type RedisInfo } from './info.ts';

/** The redis exporter's names, and INFO's. */
const GAUGES: Record<string, string> = {
  redis_connected_clients: 'connected_clients',
  redis_blocked_clients: 'blocked_clients',
  redis_config_maxclients: 'maxclients',
  redis_memory_used_bytes: 'used_memory',
  redis_memory_used_peak_bytes: 'used_memory_peak',
  redis_memory_used_rss_bytes: 'used_memory_rss',
  redis_uptime_in_seconds: 'uptime_in_seconds',
  redis_connected_slaves: 'connected_slaves',
  redis_commands_processed_total: 'total_commands_processed',
  redis_keyspace_hits_total: 'keyspace_hits',
  redis_keyspace_misses_total: 'keyspace_misses',
  redis_evicted_keys_total: 'evicted_keys',
  redis_expired_keys_total: 'expired_keys',
  redis_rejected_connections_total: 'rejected_connections',
};

/** Bytes: below, fragmentation says nothing, an empty Redis has 6.7. */
const FRAGMENTATION_FROM = 50 * 1_048_576;
const MEBIBYTE = 1_048_576;

/** Measures what INFO says. `databases` are reported also when they are empty. */
export function measureInfo(info: RedisInfo, databases: readonly number[], run: ProbeRun): void {
  for (const [metric, name] of Object.entries(GAUGES)) run.measure(metric, numberOf(info, name));
  measureMemory(info, run);
  run.measure(
    'redis_connected_clients_ratio',
    numberOf(info, 'connected_clients') / numberOf(info, 'maxclients'),
  );
  const isOk = (name: string, good: string): number => (info.get(name) === good ? 1 : 0);
  if (info.has('master_link_status')) run.measure('redis_master_link_up', isOk('master_link_status', 'up'));
  if (info.has('rdb_last_bgsave_status')) {
    run.measure('redis_rdb_last_bgsave_status', isOk('rdb_last_bgsave_status', 'ok'));
  }
  measureDatabases(info, databases, run);
  describe(info, run);
}

function measureMemory(info: RedisInfo, run: ProbeRun): void {
  const used = numberOf(info, 'used_memory');
  const most = numberOf(info, 'maxmemory');
  // Zero is no limit: a ratio to it would always be beyond any threshold.
  if (most > 0) {
    run.measure('redis_memory_max_bytes', most);
    run.measure('redis_memory_used_ratio', used / most);
  }
  if (used >= FRAGMENTATION_FROM) {
    run.measure('redis_mem_fragmentation_ratio', numberOf(info, 'mem_fragmentation_ratio'));
  }
}

function measureDatabases(info: RedisInfo, databases: readonly number[], run: ProbeRun): void {
  const found = keyspacesOf(info);
  const numbers = new Set([...databases, ...found.map(({ db }) => db)]);
  const details: Record<string, { keys: number; expires: number }> = {};
  for (const db of [...numbers].sort((a, b) => a - b)) {
    const { keys, expires } = found.find((keyspace) => keyspace.db === db) ?? { keys: 0, expires: 0 };
    run.measure('redis_db_keys', keys, { db: `db${db}` });
    run.measure('redis_db_keys_expiring', expires, { db: `db${db}` });
    details[`db${db}`] = { keys, expires };
  }
  run.detail('databases', details);
}

function describe(info: RedisInfo, run: ProbeRun): void {
  const number = (name: string): number => numberOf(info, name) || 0;
  const mebibytes = (name: string): number => Math.round((number(name) / MEBIBYTE) * 100) / 100;
  run.detail('version', info.get('redis_version') ?? null);
  run.detail('role', info.get('role') ?? null);
  run.detail('connected_clients', number('connected_clients'));
  run.detail('used_memory_mb', mebibytes('used_memory'));
  run.detail('used_memory_peak_mb', mebibytes('used_memory_peak'));
  run.detail('memory_fragmentation', number('mem_fragmentation_ratio'));
  run.detail('evicted_keys', number('evicted_keys'));
  run.detail('keyspace_hits', number('keyspace_hits'));
  run.detail('keyspace_misses', number('keyspace_misses'));
  run.detail('uptime_days', number('uptime_in_seconds') / 86_400);
}
