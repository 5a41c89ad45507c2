/** The checks that somebody on call looks at: of each status as many as a card shows, the gravest first. */
import { queryOptions, useQueries, useQueryClient } from '@tanstack/react-query';
import type { Check, CheckListParameters, Page, Summary } from '@vigie/contract';
import { useEffect } from 'react';
import { call } from '../../api/client.ts';
import { usePending } from '../../components/pending-changes.ts';
import { LOOK } from './now-data.ts';

interface Looked {
  status: 'down' | 'grace' | 'started' | 'new';
  sort: NonNullable<CheckListParameters['sort']>;
  /** Some more than are shown, so that one that is paused here leaves no gap. */
  limit: number;
}

/** Whether a run takes too long is told by its check: of those with a run in progress more are looked at. */
const LOOKED: readonly Looked[] = [
  { status: 'down', sort: '-down_since', limit: 20 },
  { status: 'grace', sort: 'deadline', limit: 20 },
  { status: 'started', sort: 'started_at', limit: 100 },
  { status: 'new', sort: '-created', limit: 20 },
];

/** What is not well, new or running; undefined until all of it is there. What there is none of is not asked for. */
export function useUnwell(project: string, counts: Summary['checks']) {
  const client = useQueryClient();
  const shown = usePending();
  const wanted = LOOKED.filter(({ status }) => counts[status] > 0);
  const answers = useQueries({ queries: wanted.map((looked) => unwellQuery(project, looked)) });
  const unwanted = LOOKED.flatMap(({ status }) => (counts[status] > 0 ? [] : status)).join(' ');
  useEffect(() => {
    // When there is one again, those of before are not to be seen for a moment.
    for (const status of unwanted.split(' ')) client.removeQueries({ queryKey: keyOf(project, status) });
  }, [client, project, unwanted]);
  const isComplete = answers.every(({ data }) => data !== undefined);
  const checks = withoutDoubles(answers.flatMap(({ data }) => data?.items ?? []));
  return {
    checks: isComplete ? checks.flatMap((check) => shown(check) ?? []) : undefined,
    error: answers.find(({ data, error }) => data === undefined && error !== null)?.error ?? null,
    refetch() {
      for (const answer of answers) void answer.refetch();
    },
  };
}

function keyOf(project: string, status: string): string[] {
  return ['checks', project, 'now', status];
}

function unwellQuery(project: string, { status, sort, limit }: Looked) {
  return queryOptions({
    queryKey: keyOf(project, status),
    queryFn: ({ signal }) =>
      call<Page<Check>>('GET', '/checks', { query: { project, status, sort, limit }, signal }),
    refetchInterval: LOOK,
  });
}

/** A check whose status changed between two answers is in both: the graver one counts until both are asked anew. */
function withoutDoubles(checks: readonly Check[]): Check[] {
  const byId = new Map<string, Check>();
  for (const check of checks) if (!byId.has(check.id)) byId.set(check.id, check);
  return [...byId.values()];
}
