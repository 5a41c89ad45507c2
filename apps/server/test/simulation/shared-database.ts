/**
 * A database that several nodes share: PostgreSQL as far as nodes notice it (turns, notifications at the commit,
 * connections that break and take their transaction with them), in one SQLite file. The commands run as they do on
 * PostgreSQL; only row locks are left out, for transactions come one after another.
 */
import { type DatabaseConnection, Kysely, SqliteDialect, SqliteDriver } from 'kysely';
import { openStore, type Store } from '../../src/store/open.ts';
import { PEER_CHANNEL } from '../../src/store/postgres/peers.ts';
import type { Database } from '../../src/store/schema.ts';
import { sqliteBulk } from '../../src/store/sqlite/bulk.ts';
import { SqliteConnection } from '../../src/store/sqlite/connection.ts';

/** What a node holds of it. */
export interface Stores {
  reading: Store;
  writing: Store;
}

export class SharedDatabase {
  readonly path: string;
  readonly #hearers = new Set<(payload: string) => void>();
  #turn: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.path = path;
  }

  /** The connections of one node; `disconnect` breaks the one that writes, and ends the transaction in it. */
  connect(): Stores & { disconnect(): void } {
    const connection = new NodeConnection(this.path);
    const reading: Store = { ...openStore(`sqlite:${this.path}`, { readOnly: true }), engine: 'postgres' };
    return { reading, writing: this.#writing(connection), disconnect: () => connection.close() };
  }

  /** Calls back with each notification that is committed; returns a function that ends it. */
  hear(hearer: (payload: string) => void): () => void {
    this.#hearers.add(hearer);
    return () => this.#hearers.delete(hearer);
  }

  #writing(connection: NodeConnection): Store {
    const driver = new NodeDriver(connection, {
      turn: () => this.#nextTurn(),
      notify: (payload) => {
        for (const hearer of this.#hearers) hearer(payload);
      },
    });
    const db = new Kysely<Database>({
      dialect: new NodeDialect(connection, driver),
    });
    const close = async (): Promise<void> => {
      await db.destroy();
      connection.close();
    };
    return { engine: 'postgres', db, bulk: () => sqliteBulk(connection), close };
  }

  /** Resolves when nobody else is in a transaction, with a function that ends one's own. */
  async #nextTurn(): Promise<() => void> {
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = promise;
    await before;
    return resolve;
  }
}

/** Speaks as much of PostgreSQL as the nodes use. */
class NodeConnection extends SqliteConnection {
  /** Notifications of the transaction that is open. */
  readonly notifications: string[] = [];

  constructor(path: string) {
    super(path);
    this.raw.function('set_config', (_name, value, _local) => value);
    this.raw.function('pg_advisory_xact_lock', (_number) => null);
    this.raw.function('pg_notify', (channel, payload) => {
      if (channel === PEER_CHANNEL) this.notifications.push(String(payload));
      return null;
    });
  }

  override prepare(sql: string): ReturnType<SqliteConnection['prepare']> {
    return super.prepare(sql.replace(/ for update( skip locked)?| collate "C"/g, ''));
  }
}

interface Others {
  turn(): Promise<() => void>;
  notify(payload: string): void;
}

/** Transactions take turns, and what they notify of is heard when they are committed. */
class NodeDriver extends SqliteDriver {
  readonly #connection: NodeConnection;
  readonly #others: Others;
  #endTurn: () => void = () => undefined;

  constructor(connection: NodeConnection, others: Others) {
    super({ database: connection });
    this.#connection = connection;
    this.#others = others;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    this.#endTurn = await this.#others.turn();
    this.#connection.notifications.length = 0;
    try {
      await super.beginTransaction(connection);
    } catch (error) {
      this.#endTurn();
      throw error;
    }
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection);
    for (const payload of this.#connection.notifications.splice(0)) this.#others.notify(payload);
    this.#endTurn();
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } finally {
      this.#endTurn();
    }
  }
}

class NodeDialect extends SqliteDialect {
  readonly #driver: NodeDriver;

  constructor(connection: NodeConnection, driver: NodeDriver) {
    super({ database: connection });
    this.#driver = driver;
  }

  override createDriver(): NodeDriver {
    return this.#driver;
  }
}
