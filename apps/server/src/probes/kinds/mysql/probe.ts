import { databaseAddress } from '../../databases/database-address.ts';
import { MYSQL_PORT, openMysql } from '../../databases/mysql-session.ts';
import { defineProbe } from '../../kind.ts';
import { instanceOf } from '../../setting-types.ts';
import { measureActivity } from './activity.ts';
import { measureReplicas } from './replicas.ts';
import { rightsOf } from './rights.ts';
import { measureSchemas } from './schemas.ts';
import { settings } from './settings.ts';
import { measureStatus } from './status.ts';

/** A MySQL or MariaDB server. */
export const mysql = defineProbe({
  kind: 'mysql',
  title: 'MySQL / MariaDB',
  up: 'mysql_up',
  interval: 30,
  timeout: 10,
  settings,
  thresholds: [
    { metric: 'mysql_connections_ratio', op: '>', warning: 0.8, critical: 0.95, for: 2 },
    { metric: 'mysql_long_running_queries', op: '>', warning: 5, for: 2 },
    { metric: 'mysql_slave_status_seconds_behind_master', op: '>', warning: 60, critical: 600, for: 2 },
  ],
  instance: ({ url }) => instanceOf(url, MYSQL_PORT),
  async probe(settings, run) {
    const address = databaseAddress(settings, MYSQL_PORT, run);
    await using session = await openMysql(address, run);
    await run.phase('query', async () => {
      run.detail('version', session.version);
      await measureStatus(session, run);
      const rights = rightsOf(settings, run);
      await rights.need('PROCESS', () => measureActivity(session, settings.slow_after, run));
      await measureSchemas(session, rights, run);
      const right = session.isMariaDb ? 'SLAVE MONITOR' : 'REPLICATION CLIENT';
      await rights.need(right, () => measureReplicas(session, run));
    });
  },
});
