/** The series of one pushed metric, for whoever judges them. */
import type { Kysely } from 'kysely';
import type { Database } from '../../store/schema.ts';
import { isDistribution, numberOf, type PushedFamily } from './model.ts';
import { familiesNamed, groupsOf } from './queries.ts';
import { timeFamilies } from './time-families.ts';

/** Series that are given at most. */
const MOST = 1_000;

/** A series with its labels, those of its group among them. */
export interface PushedSeries {
  labels: Record<string, string>;
  value: number;
}

/**
 * The series that a project's groups have of a metric at `now`; `push_time_seconds` and `push_failure_time_seconds` are
 * metrics like others. Histograms and summaries have no one value, and are left out.
 */
export async function pushedValues(
  db: Kysely<Database>,
  projectId: number,
  metric: string,
  now: number,
): Promise<PushedSeries[]> {
  const groups = await groupsOf(db, projectId, now);
  const present = new Set(groups.map(({ id }) => id));
  const pushed = (await familiesNamed(db, projectId, [metric])).filter(({ groupId }) => present.has(groupId));
  const own = timeFamilies(groups).filter(({ name }) => name === metric);
  return [...own, ...pushed].flatMap(seriesOf).slice(0, MOST);
}

function seriesOf({ metrics }: PushedFamily): PushedSeries[] {
  return metrics.flatMap((metric) =>
    isDistribution(metric) ? [] : [{ labels: byName(metric[0]), value: numberOf(metric[1]) }],
  );
}

/** Empty labels, as the `instance` of groups without one, are none. */
function byName(pairs: readonly string[]): Record<string, string> {
  const labels: Record<string, string> = {};
  for (let at = 0; at < pairs.length; at += 2) {
    const [name = '', value = ''] = pairs.slice(at, at + 2);
    if (value !== '') labels[name] = value;
  }
  return labels;
}
