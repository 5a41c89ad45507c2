/** Two letters swapped count as two; more slips in a short name make it another name. */
const MOST_EDITS = 2;

/**
 * The known name that a mistyped one most likely meant, as the end of a message; empty where none is near.
 * `part` is what of a known name to compare.
 */
export function closest(given: string, known: Iterable<string>, part = (name: string) => name): string {
  let best: string | undefined;
  let fewest = MOST_EDITS + 1;
  for (const name of known) {
    const edits = editsBetween(given, part(name), fewest);
    if (edits < fewest) [best, fewest] = [name, edits];
  }
  return best === undefined ? '' : `; did you mean ${best}?`;
}

/** The number of letters to insert, remove or replace; at least `limit` where it is that many. */
function editsBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, last[j]! + 1, row[j - 1]! + 1));
    }
    last = row;
  }
  return last[b.length]!;
}
