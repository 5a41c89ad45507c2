import { z } from 'zod';
import { ProbeFailure } from '../../failure.ts';
import type { ProbeRun } from '../../kind.ts';

/** Members' states (MongoDB documentation, "Replica Set Member States"). */
const PRIMARY = 1;
const SECONDARY = 2;
const ARBITER = 7;
const SERVING: ReadonlySet<number> = new Set([PRIMARY, SECONDARY, ARBITER]);

const MEMBER = z.object({
  name: z.string(),
  state: z.number(),
  stateStr: z.string(),
  health: z.number(),
  /** When its newest operation was made; an arbiter has none. */
  optimeDate: z.date().optional(),
  self: z.boolean().optional(),
});

const STATUS = z.object({ set: z.string(), myState: z.number(), members: z.array(MEMBER).max(100) });

/**
 * Measures a replica set as one member sees it.
 * @throws ProbeFailure `unhealthy` when this member does not serve, or the set has no primary.
 */
export function measureReplicaSet(answer: unknown, run: Pick<ProbeRun, 'measure' | 'detail'>): void {
  const { success, data } = STATUS.safeParse(answer);
  if (!success) throw new ProbeFailure('protocol', 'the answer to replSetGetStatus is none of MongoDB');
  const { set, myState, members } = data;
  const primary = members.find(({ state }) => state === PRIMARY);
  run.measure('mongodb_mongod_replset_my_state', myState, { set });
  run.measure('mongodb_mongod_replset_number_of_members', members.length, { set });
  for (const { name, health, state, optimeDate } of members) {
    run.measure('mongodb_mongod_replset_member_health', health, { set, name });
    if (state !== SECONDARY || primary?.optimeDate === undefined || optimeDate === undefined) continue;
    const lag = Math.max(0, primary.optimeDate.getTime() - optimeDate.getTime()) / 1000;
    run.measure('mongodb_mongod_replset_member_replication_lag', lag, { set, name });
  }
  const own = members.find(({ self }) => self === true);
  run.detail('replica_set', set);
  run.detail('role', own?.stateStr ?? String(myState));
  run.detail('primary', primary?.name ?? null);
  if (!SERVING.has(myState)) {
    throw new ProbeFailure(
      'unhealthy',
      `this member of ${set} does not serve: it is ${own?.stateStr ?? myState}`,
    );
  }
  if (primary === undefined) throw new ProbeFailure('unhealthy', `the replica set ${set} has no primary`);
}
