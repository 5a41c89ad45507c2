/**
 * The one table of everything that is due at a time and must be done by one node: claimed by conditional
 * update under a lease, finished only by whoever still holds the claim (its fence). A claim moves `due_at`
 * to the end of its lease: the column always says when somebody may take the row next.
 */
import { sql } from 'kysely';
import type { Tx } from '../store/tx.ts';

export interface ClaimInput {
  kind: string;
  owner: string;
  /** Milliseconds for which nobody else may take it. */
  lease: number;
  limit: number;
}

export interface Claim {
  key: string;
  fence: number;
  pending: number;
}

export interface Claimed {
  claims: Claim[];
  /** When the next piece is due or somebody else's lease ends, epoch ms; null = never. */
  next: number | null;
}

const WORK_COLUMNS = ['kind', 'key', 'due_at', 'fence', 'pending'] as const;
const COUNT_REQUEST = 'on conflict (kind, key) do update set pending = work.pending + 1';

/** Asks for pieces of work at `dueAt`. One that waits already keeps its time and counts the request. */
export async function requestWork(tx: Tx, kind: string, keys: string[], dueAt: number): Promise<void> {
  if (keys.length === 0) return;
  const rows = [...new Set(keys)].map((key) => [kind, key, dueAt, 0, 1]);
  await tx.bulk.insert('work', WORK_COLUMNS, rows, COUNT_REQUEST);
  tx.emit({ type: 'work', kind, at: dueAt });
}

/** Takes what is due, earliest first, and what another owner's lease ran out on. */
export async function claimWork(tx: Tx, input: ClaimInput): Promise<Claimed> {
  const due = tx.db
    .selectFrom('work')
    .select('key')
    .where('kind', '=', input.kind)
    .where('due_at', '<=', tx.at)
    .orderBy('due_at')
    .limit(input.limit)
    // Another node may be at the same rows: take what it has not.
    .$if(tx.engine === 'postgres', (query) => query.forUpdate().skipLocked());
  const until = tx.at + input.lease;
  const claims = await tx.db
    .updateTable('work')
    .set((e) => ({ owner: input.owner, lease_until: until, due_at: until, fence: e('fence', '+', 1) }))
    .where('kind', '=', input.kind)
    .where('key', 'in', due)
    .returning(['key', 'fence', 'pending'])
    .execute();
  return { claims, next: await nextDue(tx, input.kind, input.owner) };
}

/**
 * Takes what is due for good, for work that is done in this very transaction. Several nodes share it: each gets
 * rows that no other has locked.
 */
export async function takeDue(tx: Tx, kind: string, limit: number): Promise<string[]> {
  const due = tx.db
    .selectFrom('work')
    .select('key')
    .where('kind', '=', kind)
    .where('due_at', '<=', tx.at)
    .orderBy('due_at')
    .limit(limit)
    .$if(tx.engine === 'postgres', (query) => query.forUpdate().skipLocked());
  const taken = await tx.db
    .deleteFrom('work')
    .where('kind', '=', kind)
    .where('key', 'in', due)
    .returning('key')
    .execute();
  return taken.map(({ key }) => key);
}

/** Forgets a piece of work; one that waits for nothing is none. */
export async function dropWork(tx: Tx, kind: string, key: string): Promise<void> {
  await tx.db.deleteFrom('work').where('kind', '=', kind).where('key', '=', key).execute();
}

/** Epoch ms when work of this kind can next be claimed, but for what `owner` is at; null = none. */
export async function nextDue(tx: Pick<Tx, 'db'>, kind: string, owner = ''): Promise<number | null> {
  const row = await tx.db
    .selectFrom('work')
    .select('due_at')
    .where('kind', '=', kind)
    .where((e) => e.or([e('owner', 'is', null), e('owner', '!=', owner)]))
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst();
  return row?.due_at ?? null;
}

export interface FinishInput {
  kind: string;
  key: string;
  fence: number;
  /** Requests seen when it was claimed. */
  pending: number;
  /** When it is due again, epoch ms; null = done. */
  again: number | null;
}

/**
 * Gives a claim back: done, or due again. A request that came meanwhile makes it due at once.
 * @returns false when the claim was lost (its lease ran out and another took it): nothing was changed.
 */
export async function finishWork(tx: Tx, input: FinishInput): Promise<boolean> {
  const mine = tx.db
    .updateTable('work')
    .where('kind', '=', input.kind)
    .where('key', '=', input.key)
    .where('fence', '=', input.fence);
  const dueAt = input.again ?? tx.at;
  const result = await mine.set({ due_at: dueAt, owner: null, lease_until: null }).executeTakeFirst();
  if (result.numUpdatedRows === 0n) return false;
  if (input.again === null) {
    const removed = await tx.db
      .deleteFrom('work')
      .where('kind', '=', input.kind)
      .where('key', '=', input.key)
      .where('pending', '=', input.pending)
      .executeTakeFirst();
    if (removed.numDeletedRows > 0n) return true;
  }
  tx.emit({ type: 'work', kind: input.kind, at: dueAt });
  return true;
}

/** After the wall clock stepped by `delta` ms: what waits goes on to wait as long as it would have. */
export async function shiftWork(tx: Tx, delta: number): Promise<void> {
  await tx.db
    .updateTable('work')
    .set({ due_at: sql<number>`due_at + ${delta}`, lease_until: sql<number>`lease_until + ${delta}` })
    .execute();
}
