import { type ColumnDataType, type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { Engine } from '../tx.ts';

type Table = CreateTableBuilder<string, string>;
export type ColumnKind = 'text' | 'int' | 'blob' | 'text?' | 'int?' | 'blob?';
export type Columns = Record<string, ColumnKind>;

/** Making tables alike on both engines; for migrations. */
export interface TableMaker {
  create(name: string): Table;
  /** Adds columns; a kind ending in `?` may be null. */
  fill(table: Table, columns: Columns): Table;
  /** Adds `id`, counted by the engine. */
  withId(table: Table): Table;
  /** Rows live in their primary key's tree: one page touched instead of two. PostgreSQL has no such form. */
  clustered(table: Table): Table;
  index(table: string, columns: string[], unique?: boolean): Promise<void>;
  /** Adds columns to a table that has rows: each gets its default. */
  extend(
    table: string,
    columns: Record<string, { kind: ColumnKind; default: string | number | null }>,
  ): Promise<void>;
}

export function tableMaker(engine: Engine, db: Kysely<never>): TableMaker {
  const types: Record<string, ColumnDataType> =
    engine === 'sqlite'
      ? { text: 'text', int: 'integer', blob: 'blob' }
      : { text: 'text', int: 'bigint', blob: 'bytea' };
  const typeOf = (kind: ColumnKind): ColumnDataType => types[kind.replace('?', '')] ?? 'text';
  return {
    create: (name) => db.schema.createTable(name),

    fill(table, columns) {
      return Object.entries(columns).reduce(
        (filled, [name, kind]) =>
          filled.addColumn(name, typeOf(kind), (column) => (kind.endsWith('?') ? column : column.notNull())),
        table,
      );
    },

    withId: (table) =>
      engine === 'sqlite'
        ? table.addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
        : table.addColumn('id', 'bigserial', (column) => column.primaryKey()),

    clustered: (table) => (engine === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table),

    index(table, columns, unique = false) {
      const builder = db.schema
        .createIndex(`${table}_${columns.join('_')}`)
        .on(table)
        .columns(columns);
      return (unique ? builder.unique() : builder).execute();
    },

    async extend(table, columns) {
      for (const [name, { kind, default: value }] of Object.entries(columns)) {
        await db.schema
          .alterTable(table)
          .addColumn(name, typeOf(kind), (column) => {
            const filled = value === null ? column : column.defaultTo(value);
            return kind.endsWith('?') ? filled : filled.notNull();
          })
          .execute();
      }
    },
  };
}
