import type { PostgresSession } from '../../databases/postgres-session.ts';
import { ProbeFailure } from '../../failure.ts';
import type { ProbeRun } from '../../kind.ts';
import type { ServerFacts } from './server-facts.ts';

/** Standbys and slots that are measured one by one. */
const LIMIT = 200;

const STANDBYS = `
  select application_name, coalesce(client_addr::text, '') as client, coalesce(state, 'unknown') as state,
    pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::float8 as behind,
    coalesce(extract(epoch from replay_lag), 0)::float8 as lag
  from pg_stat_replication order by 1, 2 limit ${LIMIT}`;

/** A replica that has replayed all it received is not behind, however long ago the last transaction was. */
const STANDBY = `
  select exists (select from pg_stat_wal_receiver where status = 'streaming') as "isStreaming",
    (case when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
      else extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) end)::float8 as lag`;

const SLOTS = `
  select slot_name::text as slot, slot_type as type, active,
    pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_lsn() end,
      restart_lsn)::float8 as retained
  from pg_replication_slots order by 1 limit ${LIMIT}`;

/**
 * How far standbys are behind, and what slots keep from being removed.
 * @throws ProbeFailure `unhealthy` for a replica that receives nothing.
 */
export async function measureReplication(
  session: PostgresSession,
  facts: ServerFacts,
  run: ProbeRun,
): Promise<void> {
  await measureSlots(session, run);
  if (facts.isReplica) return measureStandby(session, facts, run);
  const rows = await session.rows<Standby>(STANDBYS);
  for (const { application_name, client, state, behind, lag } of rows) {
    const labels = { application_name, client_addr: client, state };
    // Null while it copies the base.
    if (behind !== null) run.measure('pg_stat_replication_pg_wal_lsn_diff', behind, labels);
    run.measure('pg_stat_replication_replay_lag_seconds', lag, labels);
  }
  run.measure('pg_stat_replication_standbys', rows.length);
  run.detail('standbys', rows.length);
}

interface Standby {
  application_name: string;
  client: string;
  state: string;
  behind: number | null;
  lag: number;
}

async function measureStandby(session: PostgresSession, facts: ServerFacts, run: ProbeRun): Promise<void> {
  const [row] = await session.rows<{ isStreaming: boolean; lag: number | null }>(STANDBY);
  if (row?.lag !== null && row !== undefined) {
    run.measure('pg_replication_lag_seconds', row.lag);
    run.detail('replication_lag_seconds', row.lag);
  }
  // Only those who may see it can tell that there is none.
  if (row?.isStreaming === false && facts.seesAll) {
    throw new ProbeFailure(
      'unhealthy',
      'this replica receives nothing from its primary: no WAL receiver is streaming',
    );
  }
}

async function measureSlots(session: PostgresSession, run: ProbeRun): Promise<void> {
  const rows = await session.rows<{ slot: string; type: string; active: boolean; retained: number | null }>(
    SLOTS,
  );
  for (const { slot, type, active, retained } of rows) {
    const labels = { slot_name: slot, slot_type: type };
    run.measure('pg_replication_slot_active', active ? 1 : 0, labels);
    // Null for a slot that was never used.
    if (retained !== null) run.measure('pg_replication_slot_retained_bytes', retained, labels);
  }
  run.detail('replication_slots', rows.length);
}
