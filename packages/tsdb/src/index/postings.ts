/** Refs that only grow: rising numbers, appended at the end. */
export class Postings {
  count = 0;
  #refs = new Uint32Array(4);

  /** Where they lie; valid until the next one is added. */
  get refs(): Uint32Array {
    return this.#refs.subarray(0, this.count);
  }

  /** @param ref greater than every one before. */
  add(ref: number): void {
    if (this.count === this.#refs.length) {
      const before = this.#refs;
      this.#refs = new Uint32Array(2 * before.length);
      this.#refs.set(before);
    }
    this.#refs[this.count++] = ref;
  }

  /** Keeps only those of which `keeps` says so. */
  retain(keeps: (ref: number) => boolean): void {
    const kept = this.refs.filter(keeps);
    this.#refs = kept.length === 0 ? new Uint32Array(4) : kept;
    this.count = kept.length;
  }
}

/** The refs that are in both of two rising lists. */
export function intersect(a: Uint32Array, b: Uint32Array): Uint32Array {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  const both = new Uint32Array(few.length);
  let count = 0;
  let at = 0;
  for (const ref of few) {
    at = firstNotBelow(many, ref, at);
    if (at === many.length) break;
    if (many[at] === ref) both[count++] = ref;
  }
  return both.subarray(0, count);
}

/** The refs of the first rising list that are not in the second. */
export function subtract(a: Uint32Array, b: Uint32Array): Uint32Array {
  const rest = new Uint32Array(a.length);
  let count = 0;
  let at = 0;
  for (const ref of a) {
    at = firstNotBelow(b, ref, at);
    if (b[at] !== ref) rest[count++] = ref;
  }
  return rest.subarray(0, count);
}

/** The refs of lists that have none in common, rising. */
export function union(lists: readonly Uint32Array[]): Uint32Array {
  const [only] = lists;
  if (only !== undefined && lists.length === 1) return only;
  const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all.sort();
}

/** Steps that double, then halves: short for near places and for far ones. */
function firstNotBelow(list: Uint32Array, ref: number, from: number): number {
  let low = from;
  let step = 1;
  while (low + step < list.length && (list[low + step] ?? 0) < ref) {
    low += step;
    step *= 2;
  }
  let high = Math.min(list.length, low + step);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? 0) < ref) low = middle + 1;
    else high = middle;
  }
  return low;
}
