import { compareUtf8 } from './utf8-order.ts';

/** The label that holds a series' name. */
export const METRIC_NAME = '__name__';

/** Stands between names and values in keys: half a surrogate pair, which no UTF-8 text decodes to. */
const SEPARATOR = '\udfff';

/**
 * A label set that never changes: pairs of name and value, sorted by the names' UTF-8 bytes, none of them with an
 * empty value (which is the same as not being there).
 */
export class Labels {
  static readonly EMPTY = new Labels([]);

  /** Name, value, name, value, ... */
  readonly pairs: readonly string[];
  #key: string | undefined;

  private constructor(pairs: readonly string[]) {
    this.pairs = pairs;
  }

  /** Of an object's own entries, in any order; empty values are left out. */
  static of(entries: Readonly<Record<string, string>>): Labels {
    return Labels.fromPairs(Object.entries(entries).flat());
  }

  /**
   * Of name, value, name, value, ... in any order; empty values are left out.
   * @throws {RangeError} when a name comes twice.
   */
  static fromPairs(flat: readonly string[]): Labels {
    const entries: [string, string][] = [];
    for (let at = 0; at < flat.length; at += 2) {
      const name = flat[at] ?? '';
      const value = flat[at + 1] ?? '';
      if (value !== '') entries.push([name, value]);
    }
    entries.sort(([a], [b]) => compareUtf8(a, b));
    const twice = entries.find(([name], at) => entries[at + 1]?.[0] === name);
    if (twice !== undefined) throw new RangeError(`label ${JSON.stringify(twice[0])} is given twice`);
    return new Labels(entries.flat());
  }

  /** Of pairs that are known to be sorted, unique and without empty values: nothing is checked. */
  static fromSorted(pairs: readonly string[]): Labels {
    return pairs.length === 0 ? Labels.EMPTY : new Labels(pairs);
  }

  /** The number of labels. */
  get size(): number {
    return this.pairs.length / 2;
  }

  /** Equal for equal label sets and no others; usable as a key of a map, not for people. */
  get key(): string {
    this.#key ??= this.pairs.join(SEPARATOR);
    return this.#key;
  }

  /** The series' name, empty without one. */
  get name(): string {
    return this.get(METRIC_NAME);
  }

  /** A label's value, empty without one. */
  get(name: string): string {
    const { pairs } = this;
    for (let at = 0; at < pairs.length; at += 2) if (pairs[at] === name) return pairs[at + 1] ?? '';
    return '';
  }

  /** Only the labels of which `keeps` says so. */
  filter(keeps: (name: string) => boolean): Labels {
    const { pairs } = this;
    const kept: string[] = [];
    for (let at = 0; at < pairs.length; at += 2) {
      const name = pairs[at] ?? '';
      if (keeps(name)) kept.push(name, pairs[at + 1] ?? '');
    }
    return kept.length === pairs.length ? this : Labels.fromSorted(kept);
  }

  /** Without a label; the same set when it has none of that name. */
  without(name: string): Labels {
    return this.get(name) === '' ? this : this.filter((each) => each !== name);
  }

  /** With a label set to a value; an empty one takes it away. */
  with(name: string, value: string): Labels {
    const current = this.get(name);
    if (current === value) return this;
    const rest = current === '' ? this : this.without(name);
    return value === '' ? rest : Labels.fromPairs([...rest.pairs, name, value]);
  }

  /** Orders label sets as Prometheus does: pair by pair, names before values, the shorter first. */
  compare(other: Labels): number {
    const length = Math.min(this.pairs.length, other.pairs.length);
    for (let at = 0; at < length; at++) {
      const order = compareUtf8(this.pairs[at] ?? '', other.pairs[at] ?? '');
      if (order !== 0) return order;
    }
    return this.pairs.length - other.pairs.length;
  }

  equals(other: Labels): boolean {
    return this === other || this.key === other.key;
  }

  *entries(): Generator<[name: string, value: string]> {
    for (let at = 0; at < this.pairs.length; at += 2) yield [this.pairs[at] ?? '', this.pairs[at + 1] ?? ''];
  }

  toObject(): Record<string, string> {
    return Object.fromEntries(this.entries());
  }

  toJSON(): Record<string, string> {
    return this.toObject();
  }
}
