/** The orders of the list, as the server sorts: whether a changed check still stands where it belongs. */
import type { Check } from '@vigie/contract';
import type { CheckSort } from './search.ts';

/** What checks are sorted by. */
export type Sortable = Pick<Check, 'status' | 'started' | 'name' | 'last_ping' | 'created_at'>;

/** What hurts first. A check that is well, or new, with a run in progress counts as started. */
const RANKS = ['down', 'grace', 'started', 'up', 'new', 'paused'] as const;

function rankOf({ status, started }: Sortable): number {
  const shown = started && (status === 'up' || status === 'new') ? 'started' : status;
  return RANKS.indexOf(shown);
}

function keyOf(check: Sortable, sort: CheckSort): string | number {
  if (sort === 'status') return rankOf(check);
  if (sort.endsWith('name')) return check.name;
  if (sort.endsWith('last_ping')) return check.last_ping ?? '';
  return check.created_at;
}

/** Whether a change of a check moves it in the list. */
export function isMoved(before: Sortable, after: Sortable, sort: CheckSort): boolean {
  return keyOf(before, sort) !== keyOf(after, sort);
}

/** Whether a check that the list has not would stand before this one of it. */
export function standsBefore(check: Sortable, other: Sortable, sort: CheckSort): boolean {
  const [own, theirs] = [keyOf(check, sort), keyOf(other, sort)];
  return sort.startsWith('-') ? own > theirs : own < theirs;
}
