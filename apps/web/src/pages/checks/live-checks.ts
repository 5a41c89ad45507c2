/** Keeps the loaded checks of the list true: changed ones are fetched together and put in their places. */
import { useQueryClient } from '@tanstack/react-query';
import type { Change, Check, CheckPage } from '@vigie/contract';
import { useEffect, useMemo, useRef, useState } from 'react';
import { patchChecks } from '../../api/check-cache.ts';
import { call, type Query } from '../../api/client.ts';
import { watchChanges } from '../../api/live.ts';
import { isMoved, standsBefore } from './list-order.ts';
import { filtersOf } from './list-pages.ts';
import { type ChecksSearch, isFiltered, USUAL_SORT } from './search.ts';

/** Ids that one call takes. */
const BATCH = 100;
/** Changed checks that wait at most; of more, the loaded ones are kept. */
const WAITING = 2_000;
/** Milliseconds over which changes are gathered, and the least between two calls. */
const GATHER = { quiet: 250, busy: 1_000 } as const;

export interface LiveChecks {
  /** How many checks now stand elsewhere than they should, no longer belong here, or are missing. */
  misplaced: number;
  /** The order has been asked for anew. */
  settled(): void;
}

/** Follows the changes of a project while its list is shown. */
export function useLiveChecks(project: string, search: ChecksSearch, checks: readonly Check[]): LiveChecks {
  const client = useQueryClient();
  const [misplaced, setMisplaced] = useState<Misplaced>(NONE);
  const list = useRef(checks);
  list.current = checks;
  useEffect(() => {
    setMisplaced(NONE);
    return follow(project, list, async (ids) => {
      const before = new Map(list.current.map((check) => [check.id, check]));
      const { now, fitting } = await fetched(project, search, ids);
      patchChecks(client, project, (check) => (ids.includes(check.id) ? (now.get(check.id) ?? null) : check));
      const moved = ids.filter((id) => isMisplaced(before.get(id), fitting.get(id), search, list.current));
      const told = moved.map((id) => [id, before.has(id) ? 'moved' : 'missing'] as const);
      if (told.length > 0) setMisplaced((known) => new Map([...known, ...told]));
    });
  }, [client, project, search]);
  const count = useMemo(() => countOf(misplaced, checks), [misplaced, checks]);
  return { misplaced: count, settled: () => setMisplaced(NONE) };
}

type ById = ReadonlyMap<string, Check>;

/** How changed checks are now, and which of them the list is about. */
async function fetched(
  project: string,
  search: ChecksSearch,
  ids: readonly string[],
): Promise<{ now: ById; fitting: ById }> {
  const ask = async (filters: Query): Promise<ById> => {
    const { items } = await call<CheckPage>('GET', '/checks', {
      query: { ...filters, id: ids, limit: BATCH },
    });
    return new Map(items.map((check) => [check.id, check]));
  };
  const now = await ask({ project });
  return { now, fitting: isFiltered(search) ? await ask(filtersOf(project, search)) : now };
}

/** By id: a check that stands elsewhere than it should, or one that the list should have and has not. */
type Misplaced = ReadonlyMap<string, 'moved' | 'missing'>;

const NONE: Misplaced = new Map();

/** A list that is asked for anew meanwhile has what was missing. */
function countOf(misplaced: Misplaced, checks: readonly Check[]): number {
  if (misplaced.size === 0) return 0;
  const there = checks.filter(({ id }) => misplaced.get(id) === 'missing');
  return misplaced.size - there.length;
}

function isMisplaced(
  before: Check | undefined,
  after: Check | undefined,
  search: ChecksSearch,
  list: readonly Check[],
): boolean {
  if (before === undefined && after === undefined) return false;
  if (after === undefined) return true;
  const sort = search.sort ?? USUAL_SORT;
  if (before !== undefined) return isMoved(before, after, sort);
  const last = list.at(-1);
  return last === undefined || standsBefore(after, last, sort);
}

/** Gathers the ids of changed checks, those of the list first. @returns what ends it. */
function follow(
  project: string,
  list: { readonly current: readonly Check[] },
  look: (ids: string[]) => Promise<void>,
): () => void {
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isEnded = false;
  const plan = (wait: number): void => {
    timer ??= setTimeout(() => void round(), wait);
  };
  const round = async (): Promise<void> => {
    const ids = [...waiting].slice(0, BATCH);
    for (const id of ids) waiting.delete(id);
    // What cannot be fetched now comes again with the next change, or with the resync after a break.
    await look(ids).catch(() => undefined);
    timer = undefined;
    if (!isEnded && waiting.size > 0) plan(GATHER.busy);
  };
  const unwatch = watchChanges((changes: readonly Change[]) => {
    const changed = changes.filter((change) => change.noun === 'check' && change.project === project);
    if (changed.length === 0) return;
    const loaded = new Set(list.current.map(({ id }) => id));
    for (const { id } of changed) if (loaded.has(id) || waiting.size < WAITING) waiting.add(id);
    plan(GATHER.quiet);
  });
  return () => {
    isEnded = true;
    unwatch();
    clearTimeout(timer);
  };
}
