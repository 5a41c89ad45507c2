import { type ControlledTransaction, sql } from 'kysely';
import { AppError, messageOf } from '../errors.ts';
import type { CommandTable } from './command.ts';
import type { Store } from './open.ts';
import { PEER_CHANNEL } from './postgres/peers.ts';
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

/** Jobs that may share one transaction; bounds its memory and the time a reader of its result waits. */
export const GROUP_LIMIT = 2048;
/** Times a group is tried anew after a deadlock or a lost connection. */
const RETRIES = 3;
/** PostgreSQL refuses notifications of 8000 bytes and more. */
const NOTIFY_LIMIT = 7_800;
/** PostgreSQL states that a new try can mend: serialisation, deadlock, shutdown, lost connection. */
const RETRIABLE = new Set([
  '40001',
  '40P01',
  '57P01',
  '57P02',
  '57P03',
  '25P03',
  '08006',
  '08003',
  'ECONNRESET',
]);

/** The advisory lock of whose turn it is: any number that nothing else in the database uses ("vigi" in ASCII). */
const TURN = 0x76696769;
/** Milliseconds after which PostgreSQL ends a transaction whose node does not go on. */
const STALLED = 10_000;

type Transaction = ControlledTransaction<Database>;

/**
 * Runs a group of jobs in one transaction: batch commands once for their jobs, the others one by one, each
 * behind a savepoint unless there is but one. The commit (one fsync) covers all. No outcome exists before the commit returned.
 */
export async function commitGroup(
  store: Store,
  commands: CommandTable,
  jobs: Job[],
  source: GroupSource,
): Promise<Committed> {
  for (let attempt = 1; ; attempt++) {
    const group = new Group(store, commands, jobs, source);
    try {
      return await group.commit();
    } catch (error) {
      if (!group.committing && isDamage(error) && jobs.length > 1) {
        return commitHalves(store, commands, jobs, source);
      }
      // Perhaps it is durable, and only the answer was lost: whoever is told of its effects looks at the rows.
      if (group.committing) return { outcomes: failed(jobs, unavailable(error)), effects: group.effects };
      if (attempt > RETRIES || !isRetriable(error)) throw unavailable(error);
    }
  }
}

export interface Committed {
  outcomes: Outcome[];
  effects: Effect[];
}

/** A job that met a damaged page spoils its transaction: halving finds it, and lets the others through. */
async function commitHalves(
  store: Store,
  commands: CommandTable,
  jobs: Job[],
  source: GroupSource,
): Promise<Committed> {
  const middle = jobs.length >> 1;
  const both: Committed = { outcomes: [], effects: [] };
  for (const half of [jobs.slice(0, middle), jobs.slice(middle)]) {
    try {
      const { outcomes, effects } = await commitGroup(store, commands, half, source);
      both.outcomes.push(...outcomes);
      both.effects.push(...effects);
    } catch (error) {
      both.outcomes.push(...failed(half, error));
    }
  }
  return both;
}

function failed(jobs: Job[], error: unknown): Outcome[] {
  return jobs.map(() => ({ ok: false, error }));
}

/** Jobs of one command that ran together. */
type Attempt = { ok: true; values: unknown[] } | { ok: false; error: unknown };

class Group {
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

/**
 * Nodes on one PostgreSQL commit their groups one after another: a group locks many rows in the order of its
 * commands, and two at once would wait for each other. One that stalls loses its turn with its transaction.
 */
async function takeTurn(transaction: Transaction): Promise<void> {
  await sql`select set_config('idle_in_transaction_session_timeout', ${String(STALLED)}, true),
    pg_advisory_xact_lock(${TURN})`.execute(transaction);
}

/** Other nodes hear of the effects when, and only when, the transaction commits. */
async function notifyPeers(transaction: Transaction, origin: string, effects: Effect[]): Promise<void> {
  let payload: string[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const message = `["${origin}",[${payload.join(',')}]]`;
    if (payload.length > 0) await sql`select pg_notify(${PEER_CHANNEL}, ${message})`.execute(transaction);
    payload = [];
    size = 0;
  };
  for (const effect of effects) {
    const text = JSON.stringify(effect);
    if (size + text.length > NOTIFY_LIMIT) await flush();
    payload.push(text);
    size += text.length + 1;
  }
  await flush();
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function isRetriable(error: unknown): boolean {
  return RETRIABLE.has(codeOf(error));
}

/** SQLite's primary result code; 0 = not an error of SQLite. */
function sqliteCode(error: unknown): number {
  const known = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
  return known ? Number(error.errcode) & 0xff : 0;
}

/** SQLite: disk full (13), I/O error (10), read-only (8), corrupt (11): the transaction as a whole is lost. */
function isStorageFailure(error: unknown): boolean {
  return isDamage(error) || [8, 10, 13].includes(sqliteCode(error));
}

/** SQLite: a page is damaged (11). What lies on other pages can still be written. */
function isDamage(error: unknown): boolean {
  return sqliteCode(error) === 11;
}

function unavailable(error: unknown): AppError {
  return new AppError('unavailable', `the store cannot write: ${messageOf(error)}`, { cause: error });
}
