import { queryOptions } from '@tanstack/react-query';
import type { Rollups } from '@vigie/contract';
import { call } from '../../api/client.ts';

const DAY = 86_400_000;

/** Days of sums by the hour, and by the day. */
const REACH = { hour: 31, day: 90 } as const;

/** The sums of a check: a month by the hour, or a quarter by the day. */
export function rollupsQuery(check: string, period: 'hour' | 'day') {
  return queryOptions({
    queryKey: ['check', check, 'rollups', period],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - (REACH[period] - 1) * DAY).toISOString();
      return call<Rollups>('GET', `/checks/${check}/rollups`, { query: { period, from }, signal });
    },
  });
}
