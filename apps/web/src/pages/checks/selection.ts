/** Which checks are selected, and from where a range reaches. */
export interface Selection {
  ids: ReadonlySet<string>;
  /** The check that was selected, or not any more, last. */
  anchor: string | null;
}

export const NOTHING: Selection = { ids: new Set(), anchor: null };

/** Turns one check over. */
export function toggle({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** Makes all from the anchor to a check what the anchor is; without an anchor in the list, turns the one over. */
export function reachTo(selection: Selection, id: string, list: readonly string[]): Selection {
  const { ids, anchor } = selection;
  const [from, to] = [anchor === null ? -1 : list.indexOf(anchor), list.indexOf(id)];
  if (anchor === null || from === -1 || to === -1) return toggle(selection, id);
  const next = new Set(ids);
  const isOn = ids.has(anchor);
  for (const one of list.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (isOn) next.add(one);
    else next.delete(one);
  }
  return { ids: next, anchor };
}
