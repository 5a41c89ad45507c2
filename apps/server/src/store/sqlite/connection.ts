import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** Pages (4 KiB) in the log before it is copied into the database: 40 MB, measured as the knee for pings. */
const CHECKPOINT_PAGES = 10_000;
/** KiB of page cache for each connection. */
const CACHE_KIB = 32_768;
/** Prepared statements kept; beyond that the one that was not used for longest goes. */
const STATEMENT_LIMIT = 500;

type Parameter = string | number | bigint | Uint8Array | null;

export interface SqliteOptions {
  readOnly?: boolean | undefined;
  /** Nothing waits for the disk. */
  isDraft?: boolean | undefined;
  /** Milliseconds that a lock is waited for; 5,000 unless told. */
  timeout?: number;
}

/** One SQLite connection with a statement cache, in the shape that Kysely's SQLite dialect expects. */
export class SqliteConnection {
  readonly raw: DatabaseSync;
  readonly #statements = new Map<string, CachedStatement>();
  /** How often a statement was asked for. */
  #uses = 0;
  /**
   * A transaction that will write waits for the lock at its beginning: one that has read already does not wait
   * for another process's lock, but fails at once.
   */
  readonly #begin: string;

  constructor(path: string, options: SqliteOptions = {}) {
    this.raw = new DatabaseSync(path, {
      readOnly: options.readOnly ?? false,
      timeout: options.timeout ?? 5000,
    });
    this.#begin = options.readOnly ? 'begin' : 'begin immediate';
    if (!options.readOnly) {
      // FULL makes every commit wait for fdatasync of the log: an answered ping is on disk.
      const synchronous = options.isDraft ? 'OFF' : 'FULL';
      this.raw.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous};`);
      this.raw.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};`);
    }
    this.raw.exec(`PRAGMA cache_size = -${CACHE_KIB}; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;`);
  }

  /** A statement of this text; one that was used lately is not compiled anew. */
  prepare(sql: string): CachedStatement {
    const known = this.#statements.get(sql);
    this.#uses += 1;
    if (known !== undefined) {
      known.usedAt = this.#uses;
      return known;
    }
    if (this.#statements.size >= STATEMENT_LIMIT) this.#forgetOldest();
    const statement = new CachedStatement(this.raw.prepare(sql === 'begin' ? this.#begin : sql));
    statement.usedAt = this.#uses;
    this.#statements.set(sql, statement);
    return statement;
  }

  /** Looks at them all, which is nothing beside compiling the one that takes the place. */
  #forgetOldest(): void {
    let [oldest, least] = ['', Number.POSITIVE_INFINITY];
    for (const [sql, { usedAt }] of this.#statements) if (usedAt < least) [oldest, least] = [sql, usedAt];
    this.#statements.delete(oldest);
  }

  /** Closing twice does no harm. */
  close(): void {
    this.#statements.clear();
    if (this.raw.isOpen) this.raw.close();
  }
}

type Row = Record<string, unknown>;

/**
 * A prepared statement. Its rows are objects of one shape: those that `node:sqlite` makes are dictionaries, and five
 * times as slow to use.
 */
class CachedStatement {
  /** Gives rows as lists of values. */
  readonly raw: StatementSync;
  /** Whether it returns rows; Kysely asks. */
  readonly reader: boolean;
  /** The connection's count of uses when this one was last asked for. */
  usedAt = 0;
  #names: readonly string[];

  constructor(raw: StatementSync) {
    this.raw = raw;
    raw.setReturnArrays(true);
    this.#names = namesOf(raw);
    this.reader = this.#names.length > 0;
  }

  all(parameters: readonly unknown[]): Row[] {
    const rows: unknown[] = this.raw.all(...(parameters as Parameter[]));
    return rows.map((values) => this.#rowOf(values as unknown[]));
  }

  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    return this.raw.run(...(parameters as Parameter[]));
  }

  *iterate(parameters: readonly unknown[]): IterableIterator<Row> {
    const rows: Iterable<unknown> = this.raw.iterate(...(parameters as Parameter[]));
    for (const values of rows) yield this.#rowOf(values as unknown[]);
  }

  #rowOf(values: readonly unknown[]): Row {
    // A migration has changed the table since: SQLite has compiled the statement anew.
    if (values.length !== this.#names.length) this.#names = namesOf(this.raw);
    const row: Row = {};
    this.#names.forEach((name, i) => {
      row[name] = values[i];
    });
    return row;
  }
}

function namesOf(statement: StatementSync): string[] {
  return statement.columns().map(({ name }) => name);
}
