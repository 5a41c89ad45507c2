/** What `stats` tells, by its own names. */
export type Stats = ReadonlyMap<string, string>;

/** memcached's counters and gauges under the names of the memcached exporter. */
const METRICS: Record<string, string> = {
  memcached_uptime_seconds: 'uptime',
  memcached_current_connections: 'curr_connections',
  memcached_max_connections: 'max_connections',
  memcached_connections_total: 'total_connections',
  memcached_connections_rejected_total: 'rejected_connections',
  memcached_connections_listener_disabled_total: 'listen_disabled_num',
  memcached_current_bytes: 'bytes',
  memcached_limit_bytes: 'limit_maxbytes',
  memcached_current_items: 'curr_items',
  memcached_items_total: 'total_items',
  memcached_items_evicted_total: 'evictions',
  memcached_items_reclaimed_total: 'reclaimed',
  memcached_read_bytes_total: 'bytes_read',
  memcached_written_bytes_total: 'bytes_written',
};

/** Of each command, hits and misses apart: `memcached_commands_total{command,status}`. */
const COMMANDS = ['get', 'delete', 'incr', 'decr', 'cas', 'touch'];

export interface StatSample {
  name: string;
  value: number;
  labels: Record<string, string>;
}

export function samplesOf(stats: Stats): StatSample[] {
  const number = (name: string): number => Number(stats.get(name) ?? Number.NaN);
  const counted = Object.entries(METRICS).map(([name, stat]) => ({ name, value: number(stat), labels: {} }));
  const commands = COMMANDS.flatMap((command) =>
    (['hits', 'misses'] as const).map((outcome) => ({
      name: 'memcached_commands_total',
      value: number(`${command}_${outcome}`),
      labels: { command, status: outcome === 'hits' ? 'hit' : 'miss' },
    })),
  );
  const set = {
    name: 'memcached_commands_total',
    value: number('cmd_set'),
    labels: { command: 'set', status: 'hit' },
  };
  return [...counted, ...commands, set].filter(({ value }) => Number.isFinite(value));
}
