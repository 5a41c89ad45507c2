import { databaseAddress } from '../../databases/database-address.ts';
import { ProbeFailure } from '../../failure.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { instanceOf } from '../../setting-types.ts';
import { measureReplicaSet } from './replica-set.ts';
import { measureStatus } from './server-status.ts';
import { type MongoSession, openMongo } from './session.ts';
import { settings } from './settings.ts';

const MONGODB_PORT = 27_017;
const ADVICE = 'give this user the role clusterMonitor, or allow missing rights';

/** One MongoDB server, alone or of a replica set. */
export const mongodb = defineProbe({
  kind: 'mongodb',
  title: 'MongoDB',
  up: 'mongodb_up',
  interval: 30,
  timeout: 10,
  settings,
  thresholds: [
    { metric: 'mongodb_connections_ratio', op: '>', warning: 0.8, critical: 0.95, for: 2 },
    { metric: 'mongodb_mongod_replset_member_replication_lag', op: '>', warning: 60, critical: 600, for: 2 },
    { metric: 'mongodb_mongod_replset_member_health', op: '<', warning: 1 },
  ],
  instance: ({ url }) => instanceOf(url, MONGODB_PORT),
  async probe(settings, run) {
    const { searchParams } = new URL(settings.url.replaceAll('$', '%24'));
    const isEncrypted = searchParams.get('tls') === 'true' || searchParams.get('ssl') === 'true';
    const address = databaseAddress({ ...settings, tls: settings.tls || isEncrypted }, MONGODB_PORT, run);
    await using session = await openMongo(address, run);
    await run.phase('query', async () => {
      await session.command({ ping: 1 });
      try {
        measureStatus(await session.command({ serverStatus: 1 }), run);
        await lookAtSet(session, run);
        run.detail('missing_rights', []);
      } catch (error) {
        if (!(error instanceof ProbeFailure) || error.reason !== 'forbidden') throw error;
        run.detail('missing_rights', ['clusterMonitor']);
        if (!settings.require_rights) return;
        throw address.user === ''
          ? new ProbeFailure('auth', `${error.message}: the address names no user`, { cause: error })
          : new ProbeFailure('forbidden', `${error.message}: ${ADVICE}`, { cause: error });
      }
    });
  },
});

/** Some that speak the protocol call themselves members of a set, and know nothing of others. */
async function lookAtSet(session: MongoSession, run: ProbeRun): Promise<void> {
  const { setName } = await session.command({ hello: 1 });
  if (setName === undefined) return;
  try {
    measureReplicaSet(await session.command({ replSetGetStatus: 1 }), run);
  } catch (error) {
    if (!(error instanceof ProbeFailure) || error.reason !== 'config') throw error;
    run.detail('replica_set', setName);
  }
}
