/** What the page asks the server for: little, because each change of a busy project asks anew. */
import { useQuery } from '@tanstack/react-query';
import type { Alert, Check, Delivery, Flip, Page, Run, Runs } from '@vigie/contract';
import { useEffect, useReducer } from 'react';
import { call } from '../../api/client.ts';
import { summaryQuery } from '../../api/summary.ts';

const FLIPS = 12;
/** Milliseconds after which checks are looked at again: they turn late without a sign. */
export const LOOK = 30_000;
const DAY = 86_400_000;

/** How many of a project's checks are what. */
export function useCounts(project: string) {
  return useQuery({ ...summaryQuery(project), refetchInterval: LOOK });
}

/** The last runs of checks with a run in progress. */
export function useRunsOf(
  project: string,
  checks: readonly Check[],
): Readonly<Record<string, readonly Run[]>> {
  const ids = checks.filter(({ started }) => started).map(({ id }) => id);
  const { data } = useQuery({
    queryKey: ['runs', project, ...ids],
    queryFn: ({ signal }) => call<Runs>('GET', '/checks/runs', { query: { project, id: ids }, signal }),
    enabled: ids.length > 0,
  });
  return data?.items ?? NO_RUNS;
}

const NO_RUNS: Readonly<Record<string, readonly Run[]>> = {};

export function alertsKey(project: string): readonly string[] {
  return ['alerts', project, 'now'];
}

/** What fires about checks, the newest first. */
export function useFiring(project: string, isWanted: boolean): readonly Alert[] {
  const { data } = useQuery({
    queryKey: alertsKey(project),
    queryFn: ({ signal }) =>
      call<Page<Alert>>('GET', '/alerts', {
        query: { project, state: 'firing', source: 'check', limit: 200 },
        signal,
      }),
    enabled: isWanted,
  });
  return data?.items ?? [];
}

/** The last messages, whatever became of them. */
export function useMessages(project: string, isWanted: boolean): readonly Delivery[] {
  const { data } = useQuery({
    queryKey: ['deliveries', project, 'now'],
    queryFn: ({ signal }) =>
      call<Page<Delivery>>('GET', '/deliveries', { query: { project, limit: 200 }, signal }),
    enabled: isWanted,
  });
  return data?.items ?? [];
}

/** What became something else in the last day, the latest first. */
export function useFlips(project: string) {
  return useQuery({
    queryKey: ['flips', project, 'day'],
    queryFn: ({ signal }) =>
      call<Page<Flip>>('GET', '/flips', {
        query: { project, from: new Date(Date.now() - DAY).toISOString(), limit: FLIPS },
        signal,
      }),
  });
}

/** The time, renewed every so many milliseconds. */
export function useNow(every: number): number {
  const [now, tick] = useReducer(() => Date.now(), Date.now());
  useEffect(() => {
    const timer = setInterval(tick, every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
