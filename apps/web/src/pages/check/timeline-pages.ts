/** The pages of a time line: the newest is kept true, older ones stay what they were when they came. */
import type { Page, TimelineEntry } from '@vigie/contract';

/** The data of an infinite query. */
export interface TimelinePages {
  pages: Page<TimelineEntry>[];
  pageParams: (string | null)[];
}

/** Entries to which the first page may grow while older ones are shown; beyond, it begins anew. */
const GROWN = 300;

/**
 * Puts the newest page on top of what is known. Older pages stay while they follow it without a gap: where more
 * happened than the newest page holds, they go, and can be asked for again.
 */
export function withNewest(known: TimelinePages | undefined, newest: Page<TimelineEntry>): TimelinePages {
  const alone = { pages: [newest], pageParams: [null] };
  const [first, ...older] = known?.pages ?? [];
  if (known === undefined || first === undefined || older.length === 0 || newest.next === null) return alone;
  const again = new Set(newest.items.map(keyOf));
  const met = first.items.findLastIndex((entry) => again.has(keyOf(entry)));
  const items = [...newest.items, ...first.items.slice(met + 1)];
  if (met === -1 || items.length > GROWN) return alone;
  return { pages: [{ items, next: first.next }, ...older], pageParams: known.pageParams };
}

/** What the pages hold, newest first, each entry once. */
export function entriesOf({ pages }: Pick<TimelinePages, 'pages'>): TimelineEntry[] {
  const byKey = new Map<string, TimelineEntry>();
  for (const { items } of pages) for (const entry of items) byKey.set(keyOf(entry), entry);
  return [...byKey.values()];
}

/** Tells an entry from all others of its check. */
export function keyOf(entry: TimelineEntry): string {
  if (entry.kind === 'ping') return `ping ${entry.ping.n}`;
  return entry.kind === 'flip' ? `flip ${entry.flip.id}` : `delivery ${entry.delivery.id}`;
}
