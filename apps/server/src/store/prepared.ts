/**
 * Queries that are compiled once. Building one with Kysely and compiling it costs more than most of them do in
 * SQLite; what runs for every deadline, message or look is built for its shape alone, and given its values after.
 */
import { type CompiledQuery, type DialectAdapter, type RawBuilder, sql } from 'kysely';
import type { Tx, Value } from './tx.ts';

/** Longest list whose shape is kept: longer ones are rare, and each would be a shape of its own. */
const LONGEST_LIST = 16;

type Values = Record<string, Value | readonly Value[]>;
/** Where a query runs: a transaction, or a store to read from. */
type Source = Pick<Tx, 'db'>;

/** Where the values go: `one` for a value, `each` for a list in brackets, as `in` has it. */
export interface Slots<V> {
  one<K extends keyof V & string>(name: K): RawBuilder<V[K]>;
  each<K extends keyof V & string>(name: K): RawBuilder<V[K] extends readonly (infer T)[] ? T : never>;
}

/** Stands for a value, or for one of a list, while a query is compiled. */
class Slot {
  readonly name: string;
  /** Position in the list; null = it is none. */
  readonly index: number | null;

  constructor(name: string, index: number | null) {
    this.name = name;
    this.index = index;
  }
}

/**
 * The query that `build` makes, as a function of its values. It is built once for each store and for each length of
 * its lists: all that changes from one call to the next must be in a slot. Lists must not be empty.
 */
export function prepared<V extends Values, R, S extends Source = Source>(
  build: (source: S, slots: Slots<V>) => { compile(): CompiledQuery<R> },
): (source: S, values: V) => Promise<R[]> {
  const byStore = new WeakMap<DialectAdapter, Map<string, CompiledQuery<R>>>();

  function compiled(source: S, values: V): CompiledQuery<R> {
    const lengths = Object.values(values).flatMap((value) => (isList(value) ? [value.length] : []));
    const { adapter } = source.db.getExecutor();
    const known = byStore.get(adapter) ?? new Map<string, CompiledQuery<R>>();
    byStore.set(adapter, known);
    const shape = lengths.join();
    const before = known.get(shape);
    if (before !== undefined) return before;
    const query = build(source, slotsFor(values)).compile();
    if (Math.max(0, ...lengths) <= LONGEST_LIST) known.set(shape, query);
    return query;
  }

  return async (source, values) => {
    const query = compiled(source, values);
    const parameters = query.parameters.map((parameter) =>
      parameter instanceof Slot ? valueIn(parameter, values) : parameter,
    );
    const { rows } = await source.db.executeQuery<R>({ ...query, parameters });
    return rows;
  };
}

function slotsFor<V extends Values>(values: V): Slots<V> {
  return {
    one: (name) => sql`${new Slot(name, null)}`,
    each: (name) => {
      const list = values[name];
      const slots = isList(list) ? list.map((_, i) => new Slot(name, i)) : [];
      return sql`(${sql.join(slots)})`;
    },
  };
}

function valueIn({ name, index }: Slot, values: Values): unknown {
  const value = values[name];
  return index !== null && isList(value) ? value[index] : value;
}

function isList(value: Value | readonly Value[] | undefined): value is readonly Value[] {
  return Array.isArray(value);
}
