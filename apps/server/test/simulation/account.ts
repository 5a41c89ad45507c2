import type { CheckModel } from './check-model.ts';

/** What the ledger said of one alert so far. Virtual time. */
export interface Account {
  id: number;
  /** `CheckDown`, and the like. */
  name: string;
  check: CheckModel;
  raisedAt: number;
  toldAt: number | null;
  /** By the wall clock. */
  toldWall: number;
  overAt: number | null;
  /** Nobody is told of its end: somebody paused the check. */
  isQuiet: boolean;
  acknowledged: boolean;
  /** By what it is held, while it is, and since when by the wall clock. */
  held: readonly string[];
  heldSince: number;
  /** Since when nothing holds it, as far as is known. */
  freeSince: number | null;
}

/** All alerts there were. */
export class Accounts {
  readonly #byId = new Map<number, Account>();
  /** Of each check, in order. */
  readonly #own = new Map<number, Account[]>();
  /** Those that fire. */
  readonly open = new Set<Account>();

  get size(): number {
    return this.#byId.size;
  }

  get(id: number): Account | undefined {
    return this.#byId.get(id);
  }

  all(): Iterable<Account> {
    return this.#byId.values();
  }

  of(check: CheckModel): readonly Account[] {
    return this.#own.get(check.id) ?? [];
  }

  /** The one of that name that fires. */
  firing(check: CheckModel, name: string): Account | undefined {
    return this.of(check).findLast((account) => account.name === name && account.overAt === null);
  }

  /** When the last outage of a check was told. */
  lastOutageTold(check: CheckModel): Account | undefined {
    return this.of(check).findLast(({ name, toldAt }) => name === 'CheckDown' && toldAt !== null);
  }

  add(own: Pick<Account, 'id' | 'name' | 'check' | 'raisedAt'>): Account {
    const account: Account = {
      ...own,
      ...{ toldAt: null, toldWall: 0, overAt: null, isQuiet: false, acknowledged: false },
      ...{ held: [], heldSince: 0, freeSince: null },
    };
    this.#byId.set(account.id, account);
    this.#own.set(own.check.id, [...this.of(own.check), account]);
    this.open.add(account);
    return account;
  }

  /** What was decided to tell of a check, in order; of one instant the outages first. */
  told(check: CheckModel): { at: number; to: 'up' | 'down' }[] {
    const told = this.of(check).flatMap(({ toldAt, overAt, isQuiet }) => {
      if (toldAt === null) return [];
      const down = { at: toldAt, to: 'down' as const };
      return overAt === null || isQuiet ? [down] : [down, { at: overAt, to: 'up' as const }];
    });
    return told.sort((one, other) => one.at - other.at || (one.to < other.to ? -1 : 1));
  }
}
