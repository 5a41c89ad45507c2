import { DatabaseSync, type StatementSync } from 'node:sqlite';

export interface StoredFlip {
  at: number;
  to: string;
  reason: string;
}

export interface StoredState {
  status: string;
  pings: number;
}

/** What a data file really holds, read without any of the code under test. */
export class StoreView implements Disposable {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string) {
    this.#database = new DatabaseSync(path, { readOnly: true });
  }

  /** Status and count of each check, by id. */
  states(): Map<number, StoredState> {
    const rows = this.#statement('select check_id, status, n_pings from check_states').all();
    return new Map(
      rows.map((row) => [
        Number(row['check_id']),
        { status: String(row['status']), pings: Number(row['n_pings']) },
      ]),
    );
  }

  /** A check's flips behind the first `known`, in order of writing. */
  flips(check: number, known: number): StoredFlip[] {
    const text =
      'select new_status, created_at, reason from flips where check_id = ? order by rowid limit -1 offset ?';
    return this.#statement(text)
      .all(check, known)
      .map((row) => ({
        to: String(row['new_status']),
        at: Number(row['created_at']),
        reason: String(row['reason']),
      }));
  }

  countFlips(): number {
    return this.#count('select count(*) as count from flips');
  }

  hasPing(check: number, marker: string): boolean {
    const text = 'select count(*) as count from pings where check_id = ? and user_agent = ?';
    return this.#count(text, check, marker) > 0;
  }

  /** Markers and kinds of a check's latest pings, oldest first. */
  latestPings(check: number, limit: number): { marker: string; kind: string }[] {
    const text = 'select user_agent, kind from pings where check_id = ? order by n desc limit ?';
    return this.#statement(text)
      .all(check, limit)
      .map((row) => ({ marker: String(row['user_agent']), kind: String(row['kind']) }))
      .reverse();
  }

  /** The outages entered so far, in order. */
  outages(): { from: number; to: number }[] {
    const rows = this.#statement('select from_at, to_at from outages order by id').all();
    return rows.map((row) => ({ from: Number(row['from_at']), to: Number(row['to_at']) }));
  }

  /** Whether the ledger says that a message was delivered. */
  isDelivered(key: string): boolean {
    return this.#count("select count(*) as count from deliveries where key = ? and state = 'sent'", key) > 0;
  }

  /** Messages that are not delivered: by state, with how many. */
  undelivered(): string[] {
    const rows = this.#statement(
      "select state, error, count(*) as count from deliveries where state != 'sent' group by state, error",
    ).all();
    return rows.map((row) => `${row['count']} ${row['state']}: ${row['error']}`);
  }

  countWork(): number {
    return this.#count('select count(*) as count from work');
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #statement(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(text);
    this.#statements.set(text, statement);
    return statement;
  }

  #count(text: string, ...values: (string | number)[]): number {
    return Number(this.#statement(text).get(...values)?.['count']);
  }
}
