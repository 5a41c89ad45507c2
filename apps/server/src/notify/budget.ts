/** How many messages a channel gets in an hour; those beyond it are gathered into one. */
import type { Tx } from '../store/tx.ts';
import { digestKey } from './digest.ts';
import { DELIVERY_WORK } from './queue.ts';

/** Milliseconds: budgets are of an hour, from the first message on. */
const HOUR = 3_600_000;

interface Budget {
  id: number;
  budget: number;
  from: number;
  used: number;
  /** Its digest is on its way, or went: what comes now belongs to another hour. */
  closed: boolean;
}

/** The budgets of the channels of one transaction. */
export class Budgets {
  readonly #now: number;
  readonly #budgets: Map<number, Budget>;
  readonly #changed = new Set<Budget>();

  private constructor(now: number, budgets: readonly Budget[]) {
    this.#now = now;
    this.#budgets = new Map(budgets.map((budget) => [budget.id, budget]));
  }

  /** Those of these channels that have a budget. */
  static async of(tx: Tx, channelIds: readonly number[]): Promise<Budgets> {
    if (channelIds.length === 0) return new Budgets(tx.at, []);
    const rows = await tx.db
      .selectFrom('channels')
      .select(['id', 'budget', 'budget_from', 'budget_used'])
      .where('id', 'in', [...new Set(channelIds)])
      .where('budget', 'is not', null)
      .execute();
    const closed = await closedDigests(
      tx,
      rows.map(({ id, budget_from }) => digestKey(id, budget_from)),
    );
    return new Budgets(
      tx.at,
      rows.map(({ id, budget, budget_from: from, budget_used: used }) => ({
        id,
        budget: budget ?? 0,
        from,
        used,
        closed: closed.has(digestKey(id, from)),
      })),
    );
  }

  /**
   * Counts a message to a channel. Critical ones count and always go.
   * @returns null = it is sent by itself; else the lane and the end (epoch ms) of the digest that it goes into.
   */
  take(channelId: number, isCritical: boolean): { lane: string; dueAt: number } | null {
    const budget = this.#budgets.get(channelId);
    if (budget === undefined) return null;
    // A clock that was set back ends the hour, too.
    if (budget.closed || this.#now >= budget.from + HOUR || this.#now < budget.from) {
      Object.assign(budget, { from: this.#now, used: 0, closed: false });
    }
    if (budget.used >= budget.budget && !isCritical) {
      return { lane: digestKey(channelId, budget.from), dueAt: budget.from + HOUR };
    }
    budget.used += 1;
    this.#changed.add(budget);
    return null;
  }

  async save(tx: Tx): Promise<void> {
    const rows = [...this.#changed].map(({ id, from, used }) => [from, used, id]);
    await tx.bulk.update('channels', ['budget_from', 'budget_used'], 'id', rows);
  }
}

/** Digests that nothing can be added to any more: somebody is sending them, or has. */
async function closedDigests(tx: Tx, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const digests = await tx.db
    .selectFrom('deliveries')
    .leftJoin('work', (join) =>
      join.onRef('work.key', '=', 'deliveries.lane').on('work.kind', '=', DELIVERY_WORK),
    )
    .select(['deliveries.key', 'deliveries.state', 'work.owner'])
    .where('deliveries.key', 'in', keys)
    .execute();
  return new Set(
    digests.filter(({ state, owner }) => state !== 'queued' || owner !== null).map(({ key }) => key),
  );
}
