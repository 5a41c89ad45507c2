import { compareUtf8, type Labels, type Matcher } from '@vigie/series';
import { Postings } from './postings.ts';
import { type PostingSource, selectSeries } from './select.ts';

/** Finds the series of one project by their labels. */
export class LabelIndex implements PostingSource {
  readonly #values = new Map<string, Map<string, Postings>>();
  readonly #all = new Postings();
  readonly labelsOf: (ref: number) => Labels;

  /** @param labelsOf the labels of a ref that was added. */
  constructor(labelsOf: (ref: number) => Labels) {
    this.labelsOf = labelsOf;
  }

  /** The number of series. */
  get size(): number {
    return this.#all.count;
  }

  /** @param ref greater than every one before. */
  add(ref: number, labels: Labels): void {
    this.#all.add(ref);
    for (const [name, value] of labels.entries()) this.#postings(name, value).add(ref);
  }

  /** Forgets the series of which `keeps` does not say so. */
  retain(keeps: (ref: number) => boolean): void {
    this.#all.retain(keeps);
    for (const [name, values] of this.#values) {
      for (const [value, postings] of values) {
        postings.retain(keeps);
        if (postings.count === 0) values.delete(value);
      }
      if (values.size === 0) this.#values.delete(name);
    }
  }

  /** The refs of the series that fit all matchers, rising. */
  select(matchers: readonly Matcher[]): Uint32Array {
    return selectSeries(this, matchers);
  }

  /** The label names in use, sorted. */
  names(): string[] {
    return [...this.#values.keys()].sort(compareUtf8);
  }

  /** The values that a label has, sorted. */
  values(name: string): string[] {
    return [...(this.#values.get(name)?.keys() ?? [])].sort(compareUtf8);
  }

  /** How many series have each value of a label. */
  counts(name: string): ReadonlyMap<string, number> {
    return new Map([...(this.#values.get(name) ?? [])].map(([value, { count }]) => [value, count]));
  }

  all(): Uint32Array {
    return this.#all.refs;
  }

  countOf(name: string, value: string): number {
    return this.#values.get(name)?.get(value)?.count ?? 0;
  }

  withValue(name: string, value: string): Uint32Array {
    return this.#values.get(name)?.get(value)?.refs ?? new Uint32Array(0);
  }

  lists(name: string, wanted: (value: string) => boolean): Uint32Array[] {
    const lists: Uint32Array[] = [];
    for (const [value, postings] of this.#values.get(name) ?? [])
      if (wanted(value)) lists.push(postings.refs);
    return lists;
  }

  #postings(name: string, value: string): Postings {
    const values = this.#values.get(name) ?? new Map<string, Postings>();
    if (values.size === 0) this.#values.set(name, values);
    const postings = values.get(value) ?? new Postings();
    if (postings.count === 0) values.set(value, postings);
    return postings;
  }
}
