/**
 * The one table of everything that is due at a time and must be done by one node: claimed by conditional
 * update under a lease, finished only by whoever still holds the claim (its fence). A claim moves `due_at`
 * to the end of its lease: the column always says when somebody may take the row next.
 */
import { sql } from 'kysely';
import { prepared, type Slots } from '../store/prepared.ts';
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

interface DueValues extends Record<string, string | number> {
  kind: string;
  at: number;
  limit: number;
}

/** Keys of what is due, earliest first, locked. */
const dueKeys = ({ db, engine }: Tx, { one }: Slots<DueValues>) =>
  db
    .selectFrom('work')
    .select('key')
    .where('kind', '=', one('kind'))
    .where('due_at', '<=', one('at'))
    .orderBy('due_at')
    .limit(one('limit'))
    // Another node may be at the same rows: take what it has not.
    .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked());

const claimDue = prepared((tx: Tx, slots: Slots<DueValues & { owner: string; until: number }>) =>
  tx.db
    .updateTable('work')
    .set((e) => ({
      owner: slots.one('owner'),
      lease_until: slots.one('until'),
      due_at: slots.one('until'),
      fence: e('fence', '+', 1),
    }))
    .where('kind', '=', slots.one('kind'))
    .where('key', 'in', dueKeys(tx, slots))
    .returning(['key', 'fence', 'pending']),
);

/** Takes what is due, earliest first, and what another owner's lease ran out on. */
export async function claimWork(tx: Tx, { kind, owner, lease, limit }: ClaimInput): Promise<Claimed> {
  const claims = await claimDue(tx, { kind, owner, until: tx.at + lease, at: tx.at, limit });
  return { claims, next: await nextDue(tx, kind, owner) };
}

const deleteDue = prepared((tx: Tx, slots: Slots<DueValues>) =>
  tx.db
    .deleteFrom('work')
    .where('kind', '=', slots.one('kind'))
    .where('key', 'in', dueKeys(tx, slots))
    .returning('key'),
);

/**
 * Takes what is due for good, for work that is done in this very transaction. Several nodes share it: each gets
 * rows that no other has locked.
 */
export async function takeDue(tx: Tx, kind: string, limit: number): Promise<string[]> {
  const taken = await deleteDue(tx, { kind, at: tx.at, limit });
  return taken.map(({ key }) => key);
}

/** Forgets a piece of work; one that waits for nothing is none. */
export async function dropWork(tx: Tx, kind: string, key: string): Promise<void> {
  await tx.db.deleteFrom('work').where('kind', '=', kind).where('key', '=', key).execute();
}

const firstDue = prepared(({ db }, { one }: Slots<{ kind: string; owner: string }>) =>
  db
    .selectFrom('work')
    .select('due_at')
    .where('kind', '=', one('kind'))
    .where((e) => e.or([e('owner', 'is', null), e('owner', '!=', one('owner'))]))
    .orderBy('due_at')
    .limit(1),
);

/** Epoch ms when work of this kind can next be claimed, but for what `owner` is at; null = none. */
export async function nextDue(tx: Tx, kind: string, owner = ''): Promise<number | null> {
  const [row] = await firstDue(tx, { kind, owner });
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
