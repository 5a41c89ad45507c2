/** Which node runs which probes: all checks are dealt into shards, and each shard is leased by one node. */
import type { Tx } from '../store/tx.ts';

/** The kind of work whose keys are shards. */
export const SHARD_WORK = 'probes';
export const SHARDS = 16;
/** Milliseconds between two looks at the leases. */
export const HOLD_EVERY = 10_000;
/** Milliseconds for which a node holds a shard unless it says so again. */
const LEASE = 30_000;

export function shardOf(checkId: number): number {
  return checkId % SHARDS;
}

export interface HoldInput {
  owner: string;
  /** Nodes that are alive, this one included. */
  alive: readonly string[];
}

/**
 * Holds a fair share of the shards for a node: its own are held on, what nobody holds who is alive is taken, what is
 * more than its share is given back.
 * @returns the shards that it holds until the next look.
 */
export async function holdShards(tx: Tx, { owner, alive }: HoldInput): Promise<number[]> {
  await makeShards(tx);
  const fair = Math.ceil(SHARDS / Math.max(1, alive.length));
  const rows = await tx.db
    .selectFrom('work')
    .select(['key', 'owner', 'lease_until'])
    .where('kind', '=', SHARD_WORK)
    .orderBy('key')
    .execute();
  const isFree = (row: (typeof rows)[number]): boolean =>
    row.owner === null || row.lease_until === null || row.lease_until <= tx.at || !alive.includes(row.owner);
  const mine = rows.filter((row) => row.owner === owner).map(({ key }) => key);
  const free = rows.filter((row) => row.owner !== owner && isFree(row)).map(({ key }) => key);
  await giveBack(tx, owner, mine.slice(fair));
  const wanted = [...mine, ...free].slice(0, fair);
  if (wanted.length === 0) return [];
  const held = await tx.db
    .updateTable('work')
    .set({ owner, lease_until: tx.at + LEASE, due_at: tx.at + LEASE })
    .where('kind', '=', SHARD_WORK)
    .where('key', 'in', wanted)
    // Another node may have been faster.
    .where((e) =>
      e.or([
        e('owner', 'is', null),
        e('owner', '=', owner),
        e('lease_until', '<=', tx.at),
        e('owner', 'not in', alive),
      ]),
    )
    .returning('key')
    .execute();
  return held.map(({ key }) => Number(key)).sort((a, b) => a - b);
}

/** A node that has stopped leaves its shards to the others, who look at once. */
export async function releaseShards(tx: Tx, owner: string): Promise<void> {
  await tx.db
    .updateTable('work')
    .set({ owner: null, lease_until: null, due_at: tx.at })
    .where('kind', '=', SHARD_WORK)
    .where('owner', '=', owner)
    .execute();
  tx.emit({ type: 'probe', ids: [] });
}

async function giveBack(tx: Tx, owner: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.db
    .updateTable('work')
    .set({ owner: null, lease_until: null, due_at: tx.at })
    .where('kind', '=', SHARD_WORK)
    .where('owner', '=', owner)
    .where('key', 'in', keys)
    .execute();
}

async function makeShards(tx: Tx): Promise<void> {
  const rows = Array.from({ length: SHARDS }, (_, shard) => [SHARD_WORK, String(shard), tx.at, 0, 1]);
  await tx.bulk.insert('work', ['kind', 'key', 'due_at', 'fence', 'pending'], rows, 'on conflict do nothing');
}
