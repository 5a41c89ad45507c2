/** Keeps the loaded checks of the list true: changed ones are fetched together and put in their places. */
import { useQueryClient } from '@tanstack/react-query';
import type { Check, CheckPage } from '@vigie/contract';
import { useEffect, useMemo, useRef, useState } from 'react';
import { patchChecks } from '../../api/check-cache.ts';
import { call, type Query } from '../../api/client.ts';
import { FOLLOWED_AT_ONCE, followChecks } from '../../api/follow-checks.ts';
import { isMoved, standsBefore } from './list-order.ts';
import { filtersOf } from './list-pages.ts';
import { type ChecksSearch, isFiltered, USUAL_SORT } from './search.ts';

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
    return followChecks(project, list, async (ids) => {
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
      query: { ...filters, id: ids, limit: FOLLOWED_AT_ONCE },
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
