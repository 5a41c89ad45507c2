/**
 * Merges lists that are newest first, each in an order of its own, until `limit` are taken. What came at one instant
 * comes in the order of the lists, and no list is ever reordered: where each was left tells all that was taken.
 */
export function newestFirst<T extends { at: number }>(lists: readonly (readonly T[])[], limit: number): T[] {
  const taken: T[] = [];
  const places = lists.map(() => 0);
  while (taken.length < limit) {
    let best: { entry: T; list: number } | null = null;
    for (const [list, entries] of lists.entries()) {
      const entry = entries[places[list] ?? 0];
      if (entry !== undefined && (best === null || entry.at > best.entry.at)) best = { entry, list };
    }
    if (best === null) break;
    taken.push(best.entry);
    places[best.list] = (places[best.list] ?? 0) + 1;
  }
  return taken;
}
