/** Answers "the next member from here" for a set of small numbers such as minutes, without searching. */
export interface ValueTable {
  readonly first: number;
  readonly last: number;
  /** `following[v]`: the smallest member >= v, or -1. Defined for v from 0 to size. */
  readonly following: Int8Array;
  /** `preceding[v]`: the largest member < v, or -1. Defined for v from 0 to size. */
  readonly preceding: Int8Array;
}

/** @param values members, sorted, none negative and each below `size`; at least one. */
export function valueTable(values: readonly number[], size: number): ValueTable {
  const members = new Set(values);
  const following = new Int8Array(size + 1).fill(-1);
  const preceding = new Int8Array(size + 1).fill(-1);
  for (let v = size - 1; v >= 0; v -= 1) following[v] = members.has(v) ? v : following[v + 1]!;
  for (let v = 1; v <= size; v += 1) preceding[v] = members.has(v - 1) ? v - 1 : preceding[v - 1]!;
  return { first: values[0]!, last: values.at(-1)!, following, preceding };
}
