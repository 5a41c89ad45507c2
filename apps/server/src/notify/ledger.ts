/** The ledger of deliveries: each try is written down, whoever made it. */
import { prepared, type Slots } from '../store/prepared.ts';
import type { DeliveryRow } from '../store/schema.ts';
import type { Tx, Values } from '../store/tx.ts';

/** Tries of one delivery that are kept one by one; each further one replaces the last. */
export const KEPT_ATTEMPTS = 50;
/** Keys of some 40 characters in one effect; PostgreSQL carries no message of 8000 bytes to other nodes. */
const KEYS_PER_EFFECT = 100;

export interface TryResult {
  deliveryId: number;
  /** `queued` = it is tried again. */
  state: 'sent' | 'queued' | 'failed' | 'skipped';
  /** When the try began, epoch ms. */
  at: number;
  /** Milliseconds. */
  duration: number;
  answer: string;
  error: string;
}

/** A try, and whether whoever made it still held the lane. */
export interface Tried {
  result: TryResult;
  held: boolean;
}

const LOOKED_AT = ['id', 'key', 'project_id', 'state', 'attempts', 'kind', 'lane', 'alert_id'] as const;
type Delivery = Pick<DeliveryRow, (typeof LOOKED_AT)[number]>;

/**
 * Writes tries into the ledger. One whose maker had lost the lane, or whose delivery is finished already, is
 * recorded and changes nothing else.
 * @returns the deliveries that it changed, as they are now.
 */
export async function recordTries(tx: Tx, tried: Tried[]): Promise<Delivery[]> {
  if (tried.length === 0) return [];
  const deliveries = await lockDeliveries(tx, tried);
  const attempts = new Map<string, Attempt>();
  const own: Values[] = [];
  const foreign: Values[] = [];
  const changed: Delivery[] = [];
  for (const { result, held } of tried) {
    const delivery = deliveries.get(result.deliveryId);
    if (delivery === undefined) continue;
    const counts = held && delivery.state === 'queued';
    delivery.attempts += 1;
    const attempt = attemptOf(result, delivery.attempts, counts);
    attempts.set(`${attempt.delivery_id} ${attempt.n}`, attempt);
    if (!counts) {
      foreign.push([delivery.attempts, delivery.id]);
      continue;
    }
    delivery.state = result.state;
    const finishedAt = result.state === 'queued' ? null : tx.at;
    own.push([result.state, delivery.attempts, finishedAt, result.answer, result.error, delivery.id]);
    changed.push(delivery);
  }
  await tx.bulk.update('deliveries', ['state', 'attempts', 'finished_at', 'answer', 'error'], 'id', own);
  await tx.bulk.update('deliveries', ['attempts'], 'id', foreign);
  await insertAttempts(tx, [...attempts.values()]);
  emitDeliveries(tx, changed);
  return changed;
}

const deliveriesOf = prepared(({ db, engine }: Tx, { each }: Slots<{ ids: number[] }>) =>
  db
    .selectFrom('deliveries')
    .select(LOOKED_AT)
    .where('id', 'in', each('ids'))
    .orderBy('id')
    .$if(engine === 'postgres', (query) => query.forUpdate()),
);

async function lockDeliveries(tx: Tx, tried: Tried[]): Promise<Map<number, Delivery>> {
  const rows = await deliveriesOf(tx, { ids: tried.map(({ result }) => result.deliveryId) });
  return new Map(rows.map((row) => [row.id, row]));
}

interface Attempt {
  delivery_id: number;
  n: number;
  at: number;
  duration: number;
  outcome: string;
  answer: string;
}

function attemptOf(result: TryResult, n: number, counts: boolean): Attempt {
  const outcome = result.state === 'queued' ? 'retry' : result.state;
  return {
    delivery_id: result.deliveryId,
    n: Math.min(n, KEPT_ATTEMPTS),
    at: result.at,
    duration: result.duration,
    outcome: counts ? outcome : 'lost',
    answer: result.error || result.answer,
  };
}

const ATTEMPT_COLUMNS = [
  'delivery_id',
  'n',
  'at',
  'duration',
  'outcome',
  'answer',
] as const satisfies (keyof Attempt)[];
const REPLACE_ATTEMPT = `on conflict (delivery_id, n) do update set
  at = excluded.at, duration = excluded.duration, outcome = excluded.outcome, answer = excluded.answer`;

async function insertAttempts(tx: Tx, attempts: Attempt[]): Promise<void> {
  const rows = attempts.map((attempt) => ATTEMPT_COLUMNS.map((column) => attempt[column]));
  await tx.bulk.insert('delivery_attempts', ATTEMPT_COLUMNS, rows, REPLACE_ATTEMPT);
}

function emitDeliveries(tx: Tx, deliveries: Delivery[]): void {
  for (const [project, own] of Map.groupBy(deliveries, ({ project_id }) => project_id)) {
    for (let i = 0; i < own.length; i += KEYS_PER_EFFECT) {
      const ids = own.slice(i, i + KEYS_PER_EFFECT).map(({ key }) => key);
      tx.emit({ type: 'changed', noun: 'delivery', project, ids });
    }
  }
}
