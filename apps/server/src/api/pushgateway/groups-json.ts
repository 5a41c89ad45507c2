/** The groups of a project as the original's API shows them. */
import { shortText } from '@vigie/series';
import type { Kysely } from 'kysely';
import { isDistribution, numberOf, type PushedFamily, type PushedMetric } from '../../metrics/push/model.ts';
import { familiesOf, groupsOf, type StoredGroup } from '../../metrics/push/queries.ts';
import { timeFamilies } from '../../metrics/push/time-families.ts';
import type { Database } from '../../store/schema.ts';

/** Every group with its metrics. Names of metrics stand beside `labels`, as the original has it. */
export async function groupsJson(db: Kysely<Database>, projectId: number, now: number): Promise<object[]> {
  const shown: object[] = [];
  for (const group of await groupsOf(db, projectId, now)) {
    const families = (await familiesOf(db, group.id)).map((family) => familyEntry(family, family.pushedAt));
    const times = timeFamilies([group]).map((family) => familyEntry(family, changedAt(group)));
    shown.push(
      Object.fromEntries([
        ...families,
        ...times,
        ['labels', Object.fromEntries(group.labels)],
        ['last_push_successful', group.isWell],
      ]),
    );
  }
  return shown;
}

function changedAt({ pushedAt, failedAt }: StoredGroup): number {
  return Math.max(pushedAt, failedAt);
}

function familyEntry({ name, type, help, metrics }: PushedFamily, at: number): [string, object] {
  const shown = {
    time_stamp: new Date(at).toISOString(),
    type: type === 'unknown' ? 'UNTYPED' : type.toUpperCase(),
    ...(help === null || help === '' ? {} : { help }),
    metrics: metrics.map((metric) => metricJson(metric, type === 'summary' ? 'quantiles' : 'buckets')),
  };
  return [name, shown];
}

function metricJson(metric: PushedMetric, parts: 'quantiles' | 'buckets'): object {
  const pairs = metric[0];
  const labels = Object.fromEntries(
    Array.from({ length: pairs.length / 2 }, (_, at) => [pairs[2 * at], pairs[2 * at + 1]]),
  );
  if (!isDistribution(metric)) return { labels, value: shortText(numberOf(metric[1])) };
  const [, sum, count, bounds] = metric;
  return {
    labels,
    [parts]: Object.fromEntries(
      bounds.map(([bound, value]) => [shortText(numberOf(bound)), shortText(numberOf(value))]),
    ),
    count: shortText(numberOf(count)),
    sum: shortText(numberOf(sum)),
  };
}
