/** Writing down what became of tries, and giving their lanes back: many at once, in few statements. */
import { sql } from 'kysely';
import { prepared, type Slots } from '../store/prepared.ts';
import type { WorkRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { recordTries, type TryResult } from './ledger.ts';
import { DELIVERY_WORK } from './queue.ts';
import { hastenChannel, type OnUndelivered, untoldBy } from './undelivered.ts';

/** A try's result with what it means for the channel. */
export interface ChannelResult extends TryResult {
  channelId: number;
  /** The channel cannot work until somebody changes it. */
  disable: boolean;
}

export interface Settlement {
  lane: string;
  /** Who claimed it. */
  owner: string;
  fence: number;
  /** null = nothing was tried. */
  result: ChannelResult | null;
  /** When the lane is due again, epoch ms; null = at once if something waits in it, else it is done. */
  again: number | null;
}

export type Settled = 'settled' | 'lost';

/**
 * Settles tries. A lane whose lease ran out belongs to somebody else by now: the try is recorded, and changes
 * nothing. `onUndelivered` hears of the alerts whose messages came to nothing.
 * @returns for each settlement whether the claim still held.
 */
export async function settleDeliveries(
  tx: Tx,
  settlements: Settlement[],
  onUndelivered: OnUndelivered,
): Promise<Settled[]> {
  const claims = await lockLanes(tx, settlements);
  // Fences of a lane start anew with its row: after a long sleep another node may have the same one.
  const held = settlements.map(({ lane, owner, fence }) => {
    const claim = claims.get(lane);
    return claim?.owner === owner && claim.fence === fence;
  });
  const tried = settlements.flatMap(({ result }, i) =>
    result === null ? [] : [{ result, held: held[i] ?? false }],
  );
  const own = settlements.filter((_, i) => held[i]);
  const finished = await recordTries(tx, tried);
  await recordChannels(tx, own);
  await returnLanes(tx, own);
  await onUndelivered(tx, await untoldBy(tx, finished));
  return held.map((still) => (still ? 'settled' : 'lost'));
}

const lanesOf = prepared(({ db, engine }: Tx, { each }: Slots<{ keys: string[] }>) =>
  db
    .selectFrom('work')
    .select(['key', 'owner', 'fence'])
    .where('kind', '=', DELIVERY_WORK)
    .where('key', 'in', each('keys'))
    // In the order in which they are queued, so that two nodes cannot wait for each other.
    .$if(engine === 'postgres', (query) => query.orderBy(sql`key collate "C"`).forUpdate()),
);

/** Who has the lanes, locked: whoever queues something in one of them waits until this is over. */
async function lockLanes(
  tx: Tx,
  settlements: Settlement[],
): Promise<Map<string, Pick<WorkRow, 'owner' | 'fence'>>> {
  const rows = await lanesOf(tx, { keys: settlements.map(({ lane }) => lane) });
  return new Map(rows.map((row) => [row.key, row]));
}

interface Fared extends Record<string, string | number> {
  id: number;
  at: number;
  duration: number;
  error: string;
}

const updateChannel = prepared(({ db }, { one }: Slots<Fared>) =>
  db
    .updateTable('channels')
    .set({ last_notify_at: one('at'), last_notify_duration: one('duration'), last_error: one('error') })
    .where('id', '=', one('id'))
    .returning(['project_id', 'code']),
);

/** How each channel fared last; one update for each channel, whatever the number of messages. */
async function recordChannels(tx: Tx, settlements: Settlement[]): Promise<void> {
  const latest = new Map<number, ChannelResult>();
  const disabled = new Set<number>();
  for (const { result } of settlements) {
    if (result === null || result.state === 'skipped') continue;
    const known = latest.get(result.channelId);
    if (known === undefined || known.at <= result.at) latest.set(result.channelId, result);
    if (result.disable) disabled.add(result.channelId);
  }
  for (const [id, { at, duration, error }] of [...latest].sort(([one], [other]) => one - other)) {
    const [channel] = await updateChannel(tx, { id, at, duration, error });
    if (channel === undefined) continue;
    if (disabled.has(id)) await disableChannel(tx, id);
    tx.emit({ type: 'changed', noun: 'channel', project: channel.project_id, ids: [channel.code] });
  }
}

async function disableChannel(tx: Tx, id: number): Promise<void> {
  await tx.db.updateTable('channels').set({ disabled: 1 }).where('id', '=', id).execute();
  await hastenChannel(tx, id);
}

const deleteLanes = prepared(({ db }, { each }: Slots<{ keys: string[] }>) =>
  db.deleteFrom('work').where('kind', '=', DELIVERY_WORK).where('key', 'in', each('keys')),
);

const returnUntil = prepared(({ db }, { one, each }: Slots<{ keys: string[]; at: number }>) =>
  db
    .updateTable('work')
    .set({ due_at: one('at'), owner: null, lease_until: null })
    .where('kind', '=', DELIVERY_WORK)
    .where('key', 'in', each('keys')),
);

async function returnLanes(tx: Tx, settlements: Settlement[]): Promise<void> {
  const waiting = await lanesWithMore(tx, settlements);
  const done: string[] = [];
  const due = new Map<number, string[]>();
  for (const { lane, again } of settlements) {
    if (again === null && !waiting.has(lane)) {
      done.push(lane);
      continue;
    }
    const at = again ?? tx.at;
    const together = due.get(at);
    if (together === undefined) due.set(at, [lane]);
    else together.push(lane);
  }
  if (done.length > 0) await deleteLanes(tx, { keys: done });
  for (const [at, keys] of due) await returnUntil(tx, { at, keys });
  if (due.size > 0) tx.emit({ type: 'work', kind: DELIVERY_WORK, at: Math.min(...due.keys()) });
}

const queuedLanes = prepared(({ db }, { each }: Slots<{ keys: string[] }>) =>
  db
    .selectFrom('deliveries')
    .select('lane')
    .distinct()
    // A literal: only then do both engines use the index of queued deliveries.
    .where('state', '=', sql.lit('queued'))
    .where('lane', 'in', each('keys')),
);

/** Those of the lanes that are through with their delivery and have another one queued. */
async function lanesWithMore(tx: Tx, settlements: Settlement[]): Promise<Set<string>> {
  const keys = settlements.filter(({ again }) => again === null).map(({ lane }) => lane);
  if (keys.length === 0) return new Set();
  const rows = await queuedLanes(tx, { keys });
  return new Set(rows.map((row) => row.lane));
}
