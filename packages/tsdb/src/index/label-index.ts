import { compareUtf8, type Labels, type Matcher } from '@vigie/series';
import { intersect, Postings, subtract, union } from './postings.ts';

/** So few candidates are looked at one by one instead of gathering the lists of a label's values. */
const FEW_CANDIDATES = 64;

/** Finds the series of one project by their labels. */
export class LabelIndex {
  readonly #values = new Map<string, Map<string, Postings>>();
  readonly #all = new Postings();
  readonly #labelsOf: (ref: number) => Labels;

  /** @param labelsOf the labels of a ref that was added. */
  constructor(labelsOf: (ref: number) => Labels) {
    this.#labelsOf = labelsOf;
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
    const [demanding, lenient] = [
      matchers.filter((matcher) => !matcher.matches('')),
      matchers.filter((matcher) => matcher.matches('')),
    ];
    let refs: Uint32Array | undefined;
    for (const matcher of this.#cheapestFirst(demanding)) {
      if (refs === undefined) refs = this.#withValue(matcher);
      else if (refs.length <= FEW_CANDIDATES) refs = this.#filter(refs, matcher);
      else refs = intersect(refs, this.#withValue(matcher));
      if (refs.length === 0) return refs;
    }
    refs ??= this.#all.refs.slice();
    for (const matcher of lenient)
      refs =
        refs.length <= FEW_CANDIDATES ? this.#filter(refs, matcher) : subtract(refs, this.#against(matcher));
    return refs;
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

  #postings(name: string, value: string): Postings {
    const values = this.#values.get(name) ?? new Map<string, Postings>();
    if (values.size === 0) this.#values.set(name, values);
    const postings = values.get(value) ?? new Postings();
    if (postings.count === 0) values.set(value, postings);
    return postings;
  }

  /** Equality of a rare value first: what follows has less to do. */
  #cheapestFirst(matchers: readonly Matcher[]): Matcher[] {
    const cost = ({ name, operator, value }: Matcher): number =>
      operator === '=' ? (this.#values.get(name)?.get(value)?.count ?? 0) : this.#all.count;
    return matchers
      .map((matcher) => ({ matcher, cost: cost(matcher) }))
      .sort((a, b) => a.cost - b.cost)
      .map(({ matcher }) => matcher);
  }

  #filter(refs: Uint32Array, { name, matches }: Matcher): Uint32Array {
    return refs.filter((ref) => matches(this.#labelsOf(ref).get(name)));
  }

  /** The series that have the label with a value that fits. */
  #withValue({ name, operator, value, matches }: Matcher): Uint32Array {
    if (operator === '=') return this.#values.get(name)?.get(value)?.refs ?? new Uint32Array(0);
    return this.#unionOf(name, matches);
  }

  /** The series that have the label with a value that does not fit. */
  #against({ name, matches }: Matcher): Uint32Array {
    return this.#unionOf(name, (value) => !matches(value));
  }

  #unionOf(name: string, wanted: (value: string) => boolean): Uint32Array {
    const lists: Uint32Array[] = [];
    for (const [value, postings] of this.#values.get(name) ?? [])
      if (wanted(value)) lists.push(postings.refs);
    return union(lists);
  }
}
