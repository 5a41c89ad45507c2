/** The last runs of the checks that are on the screen, fetched together and kept true by the stream of changes. */
import type { Run, Runs } from '@vigie/contract';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { call } from '../api/client.ts';
import { watchChanges } from '../api/live.ts';

/** Ids that one call takes. */
const BATCH = 100;
/** Milliseconds over which wishes are gathered: what only rushes by is not asked for. */
const GATHER = 120;
/** Milliseconds between two looks at checks that report again and again. */
const AGAIN = 1_000;
/** Checks whose runs are kept. */
const KEPT = 1_000;

export class RunStore {
  readonly #kept = new Map<string, readonly Run[]>();
  readonly #stale = new Set<string>();
  readonly #listeners = new Set<() => void>();
  readonly #project: string;
  #wanted: readonly string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(project: string) {
    this.#project = project;
  }

  /** The runs of a check, oldest first; undefined = not known yet. */
  get(id: string): readonly Run[] | undefined {
    return this.#kept.get(id);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Says which checks are on the screen now. */
  want(ids: readonly string[]): void {
    this.#wanted = ids;
    if (this.#missing().length > 0) this.#plan(GATHER);
  }

  /** Says that checks reported. */
  changed(ids: Iterable<string>): void {
    for (const id of ids) if (this.#kept.has(id)) this.#stale.add(id);
    if (this.#missing().length > 0) this.#plan(AGAIN);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #missing(): string[] {
    return this.#wanted.filter((id) => !this.#kept.has(id) || this.#stale.has(id));
  }

  #plan(wait: number): void {
    this.#timer ??= setTimeout(() => void this.#fetch(), wait);
  }

  async #fetch(): Promise<void> {
    const ids = this.#missing().slice(0, BATCH);
    for (const id of ids) this.#stale.delete(id);
    try {
      if (ids.length === 0) return;
      const { items } = await call<Runs>('GET', '/checks/runs', {
        query: { project: this.#project, id: ids },
      });
      for (const id of ids) this.#keep(id, items[id] ?? []);
      for (const listener of this.#listeners) listener();
    } catch {
      // Asked for again with the next wish or change.
      return;
    } finally {
      this.#timer = undefined;
    }
    if (this.#missing().length > 0) this.#plan(AGAIN);
  }

  #keep(id: string, runs: readonly Run[]): void {
    this.#kept.delete(id);
    this.#kept.set(id, runs);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
  }
}

/** A store of the runs in one project, which follows its changes while the list is shown. */
export function useRunStore(project: string): RunStore {
  const store = useMemo(() => new RunStore(project), [project]);
  useEffect(() => {
    const unwatch = watchChanges((changes) =>
      store.changed(changes.filter(({ noun }) => noun === 'check').map(({ id }) => id)),
    );
    return () => {
      unwatch();
      store.end();
    };
  }, [store]);
  return store;
}

/** The runs of a check that is on the screen. */
export function useRuns(store: RunStore, id: string): readonly Run[] | undefined {
  return useSyncExternalStore(store.subscribe, () => store.get(id));
}
