import type { ControlledTransaction } from 'kysely';
import type { CommandTable } from './command.ts';
import { isRetriable, isStorageFailure } from './failures.ts';
import type { Store } from './open.ts';
import { notifyPeers } from './postgres/notify-peers.ts';
import { takeTurn } from './postgres/turn.ts';
import type { Database } from './schema.ts';
import type { Effect, Tx } from './tx.ts';

/** One call of a command, waiting for its group. */
export interface Job {
  name: string;
  input: unknown;
  /** Epoch milliseconds. */
  at: number;
}

/** Where a group's ids come from, and by which mark the other nodes know this one. */
export interface GroupSource {
  newId(): string;
  origin: string;
}

export type Outcome = { ok: true; value: unknown } | { ok: false; error: unknown };

/** What became of a group: an outcome for each of its jobs, in order. */
export interface Committed {
  outcomes: Outcome[];
  effects: Effect[];
}

type Transaction = ControlledTransaction<Database>;

/** Jobs of one command that ran together. */
type Attempt = { ok: true; values: unknown[] } | { ok: false; error: unknown };

/**
 * Jobs that share one transaction: batch commands run once for their jobs, the others one by one, each behind a
 * savepoint unless there is but one.
 */
export class Group {
  readonly #store: Store;
  readonly #commands: CommandTable;
  readonly #jobs: Job[];
  readonly #source: GroupSource;
  readonly #outcomes: Outcome[] = [];
  readonly effects: Effect[] = [];
  /** From here on nobody knows whether it is durable: a new try could do everything twice. */
  committing = false;

  constructor(store: Store, commands: CommandTable, jobs: Job[], source: GroupSource) {
    this.#store = store;
    this.#commands = commands;
    this.#jobs = jobs;
    this.#source = source;
  }

  async commit(): Promise<Committed> {
    const runs = [...this.#byCommand()];
    const [only, ...others] = runs;
    const isDone = only !== undefined && others.length === 0 && (await this.#commitUnguarded(...only));
    if (!isDone) await this.#transact((transaction) => this.#runGuarded(transaction, runs));
    return { outcomes: this.#outcomes, effects: this.effects };
  }

  /**
   * One command alone needs no savepoint, which would copy each page it changes: its failure undoes all there is.
   * @returns false when nothing is settled: some of its jobs may still succeed.
   */
  async #commitUnguarded(name: string, indexes: number[]): Promise<boolean> {
    let isSettled = false;
    await this.#transact(async (transaction) => {
      const done = await this.#attempt(transaction, name, indexes);
      isSettled = done.ok || indexes.length === 1;
      if (isSettled) this.#settle(indexes, done);
      return done.ok;
    });
    return isSettled;
  }

  async #runGuarded(transaction: Transaction, runs: [string, number[]][]): Promise<boolean> {
    for (const [name, indexes] of runs) await this.#runAll(transaction, name, indexes);
    return true;
  }

  /** Commits what `work` did, unless it returns false; passes on what it returned. */
  async #transact(work: (transaction: Transaction) => Promise<boolean>): Promise<boolean> {
    const { db, engine } = this.#store;
    const transaction = await db.startTransaction().execute();
    try {
      if (engine === 'postgres') await takeTurn(transaction);
      if (!(await work(transaction))) {
        await transaction.rollback().execute();
        return false;
      }
      if (engine === 'postgres') await notifyPeers(transaction, this.#source.origin, this.effects);
      this.committing = true;
      await transaction.commit().execute();
      return true;
    } catch (error) {
      // A failed commit (full disk) leaves SQLite's transaction open; PostgreSQL's is gone already.
      await transaction
        .rollback()
        .execute()
        .catch(() => undefined);
      throw error;
    }
  }

  /** In order of arrival, but that the jobs of a batch command between two single ones go together. */
  #byCommand(): Iterable<[string, number[]]> {
    const runs: [string, number[]][] = [];
    const batches = new Map<string, number[]>();
    this.#jobs.forEach((job, index) => {
      const command = this.#commands[job.name];
      if (command === undefined || 'each' in command) {
        runs.push([job.name, [index]]);
        batches.clear();
        return;
      }
      const batch = batches.get(job.name);
      if (batch !== undefined) batch.push(index);
      else {
        const indexes = [index];
        batches.set(job.name, indexes);
        runs.push([job.name, indexes]);
      }
    });
    return runs;
  }

  async #runAll(transaction: Transaction, name: string, indexes: number[]): Promise<void> {
    const together = await this.#guarded(transaction, name, indexes);
    if (together.ok || indexes.length === 1) {
      this.#settle(indexes, together);
      return;
    }
    // One poisoned input must not fail its neighbours: again, each alone.
    for (const index of indexes) await this.#runAll(transaction, name, [index]);
  }

  #settle(indexes: number[], done: Attempt): void {
    indexes.forEach((index, i) => {
      this.#outcomes[index] = done.ok ? { ok: true, value: done.values[i] } : done;
    });
  }

  /** Behind a savepoint: a failure undoes its rows and its effects, and nothing else. */
  async #guarded(transaction: Transaction, name: string, indexes: number[]): Promise<Attempt> {
    const savepoint = await transaction.savepoint('command').execute();
    const done = await this.#attempt(savepoint, name, indexes);
    if (done.ok) await savepoint.releaseSavepoint('command').execute();
    else await savepoint.rollbackToSavepoint('command').execute();
    return done;
  }

  /** What a failure left behind is the caller's to undo, but for its effects: nobody hears of them. */
  async #attempt(db: Tx['db'], name: string, indexes: number[]): Promise<Attempt> {
    const effects: Effect[] = [];
    const at = indexes.reduce((latest, index) => Math.max(latest, this.#jobs[index]?.at ?? 0), 0);
    const tx: Tx = {
      db,
      bulk: this.#store.bulk(db),
      engine: this.#store.engine,
      at,
      newId: this.#source.newId,
      emit: (effect) => effects.push(effect),
    };
    try {
      const values = await this.#call(tx, name, indexes);
      this.effects.push(...effects);
      return { ok: true, values };
    } catch (error) {
      if (isRetriable(error) || isStorageFailure(error)) throw error;
      return { ok: false, error };
    }
  }

  async #call(tx: Tx, name: string, indexes: number[]): Promise<unknown[]> {
    const command = this.#commands[name];
    if (command === undefined) throw new Error(`BUG: no command named ${name}`);
    const inputs = indexes.map((index) => this.#jobs[index]?.input as never);
    if ('all' in command) return command.all(tx, inputs);
    return [await command.each(tx, inputs[0] as never)];
  }
}
