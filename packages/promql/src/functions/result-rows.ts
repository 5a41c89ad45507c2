import { emptyRow, type Row } from '../evaluate/columns.ts';
import type { RowIdentity } from '../evaluate/names.ts';

/** The rows of a result, made as soon as they get a value: one for each source and key. */
export class ResultRows<Key> {
  readonly #count: number;
  readonly #identityOf: (source: RowIdentity, key: Key) => RowIdentity;
  readonly #bySource = new Map<RowIdentity, Map<Key, Row>>();

  constructor(count: number, identityOf: (source: RowIdentity, key: Key) => RowIdentity) {
    this.#count = count;
    this.#identityOf = identityOf;
  }

  get all(): readonly Row[] {
    return [...this.#bySource.values()].flatMap((rows) => [...rows.values()]);
  }

  of(source: RowIdentity, key: Key): Row {
    const rows = this.#bySource.get(source) ?? new Map<Key, Row>();
    this.#bySource.set(source, rows);
    const known = rows.get(key);
    if (known !== undefined) return known;
    const { labels, dropName } = this.#identityOf(source, key);
    const row = emptyRow(labels, dropName, this.#count);
    rows.set(key, row);
    return row;
  }
}
