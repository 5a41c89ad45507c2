import { ProbeFailure } from '../../failure.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import type { RedisConnection } from '../../resp/connection.ts';
import { openRedis, REDIS_PORT } from '../../resp/open.ts';
import { instanceOf } from '../../setting-types.ts';
import { parseInfo } from './info.ts';
import { keySize } from './key-size.ts';
import { measureInfo } from './measure.ts';
import { settings } from './settings.ts';

/** PING, INFO, the slow log's length and the sizes of keys; nothing that walks over all keys. */
export const redis = defineProbe({
  kind: 'redis',
  title: 'Redis',
  up: 'redis_up',
  interval: 30,
  timeout: 5,
  settings,
  thresholds: [
    { metric: 'redis_memory_used_ratio', op: '>', warning: 0.9, for: 2 },
    { metric: 'redis_connected_clients_ratio', op: '>', warning: 0.9, for: 2 },
    { metric: 'redis_master_link_up', op: '<', critical: 1, for: 2 },
    { metric: 'redis_rdb_last_bgsave_status', op: '<', warning: 1 },
  ],
  instance: ({ url }) => instanceOf(url, REDIS_PORT),
  async probe({ databases, keys, ...address }, run) {
    using redis = await openRedis(address, run);
    const { connection, db } = redis;
    await run.phase('ping', () => ping(connection, run));
    await run.phase('query', async () => {
      const info = parseInfo(String(await connection.command('INFO')));
      measureInfo(info, databases, run);
      run.measure('redis_slowlog_length', Number(await connection.command('SLOWLOG', 'LEN')));
      for (const key of keys) {
        run.measure('redis_key_size', await keySize(connection, key), { db: `db${db}`, key });
      }
    });
  },
});

async function ping(connection: RedisConnection, run: ProbeRun): Promise<void> {
  const from = performance.now();
  const answer = await connection.command('PING');
  if (answer !== 'PONG') {
    throw new ProbeFailure('protocol', `${connection.place} did not answer PING with PONG`);
  }
  run.measure('redis_ping_seconds', (performance.now() - from) / 1000);
}
