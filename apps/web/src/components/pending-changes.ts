import type { Check } from '@vigie/contract';
import { useCallback, useSyncExternalStore } from 'react';
import type { CheckChange } from '../api/check-cache.ts';
import type { Action } from './check-changes.ts';

/** Something shown as done that the server has not done yet. */
interface PendingChange {
  ids: ReadonlySet<string>;
  action: Action;
}

let pending: readonly PendingChange[] = [];
const listeners = new Set<() => void>();

function show(next: readonly PendingChange[]): void {
  pending = next;
  for (const listener of listeners) listener();
}

/** Shows checks as changed, whatever arrives from the server meanwhile. @returns what ends it. */
export function showPending(ids: Iterable<string>, action: Action): () => void {
  const added = { ids: new Set(ids), action };
  show([...pending, added]);
  return () => show(pending.filter((one) => one !== added));
}

/** Shows checks as they will be: null for one that will be gone. */
export function usePending(): CheckChange {
  const changes = useSyncExternalStore(subscribe, () => pending);
  return changes.length === 0 ? same : (check) => appliedTo(check, changes);
}

/** What is shown as done to a thing by its check's id, in order. */
export function usePendingVerbs(): (id: string) => Action['verb'][] {
  const changes = useSyncExternalStore(subscribe, () => pending);
  return useCallback(
    (id) => changes.filter(({ ids }) => ids.has(id)).map(({ action }) => action.verb),
    [changes],
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function same(check: Check): Check {
  return check;
}

function appliedTo(check: Check, changes: readonly PendingChange[]): Check | null {
  let shown: Check | null = check;
  for (const { ids, action } of changes) {
    if (shown === null) return null;
    if (ids.has(check.id)) shown = action.change(shown);
  }
  return shown;
}
