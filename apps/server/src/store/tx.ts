import type { Kysely } from 'kysely';
import type { LeanCheck } from './lean-check.ts';
import type { Database } from './schema.ts';

export type Engine = 'sqlite' | 'postgres';

/** Something that happened and is now durable; main acts on it (timers, streams), other nodes hear of it. */
export type Effect =
  /** Some check's deadline is now as early as `at`. */
  | { type: 'deadline'; at: number }
  /** Work of this kind is due at `at`. */
  | { type: 'work'; kind: string; at: number }
  /** What these checks are probed with changed, or whether they are; codes of checks. */
  | { type: 'probe'; ids: string[] }
  /** Rows that readers watch were changed or deleted; `ids` are their public codes. */
  | {
      type: 'changed';
      noun:
        | 'check'
        | 'channel'
        | 'delivery'
        | 'project'
        | 'flip'
        | 'alert'
        | 'silence'
        | 'window'
        | 'incident';
      project: number;
      ids: string[];
    };

type TableName = keyof Database & string;

/** Row operations in bulk: the only statements on the path of a ping or a deadline. */
export interface Bulk {
  /**
   * Rows of check and state whose `key` column is one of `values`, locked until the transaction ends.
   * Missing ones are left out; the order is not promised.
   */
  checksBy(key: 'id' | 'code', values: readonly (number | string)[]): Promise<LeanCheck[]>;
  /**
   * Inserts rows that all have exactly the given columns. `onConflict` is an `on conflict ...` clause; with
   * `do update` no two of the rows may conflict with each other (PostgreSQL refuses that).
   */
  insert<T extends TableName>(
    table: T,
    columns: readonly string[],
    rows: readonly Values[],
    onConflict?: string,
  ): Promise<void>;
  /** Updates `columns` of the rows whose `key` column equals the row's last value. */
  update<T extends TableName>(
    table: T,
    columns: readonly string[],
    key: string,
    rows: readonly Values[],
  ): Promise<void>;
}

export type Value = string | number | Uint8Array | null;
export type Values = readonly Value[];

/** A command's view of the transaction it runs in. */
export interface Tx {
  readonly db: Kysely<Database>;
  readonly bulk: Bulk;
  readonly engine: Engine;
  /** The instant of the command, epoch milliseconds. */
  readonly at: number;
  /** A fresh UUID (version 4). */
  newId(): string;
  /** Told to main and the other nodes once the transaction is durable, to main also if it may be; else forgotten. */
  emit(effect: Effect): void;
}
