/** Everything that was pushed in a project, as a scraper reads it. */
import { type WrittenSample, writeFamily } from '@vigie/exposition';
import { compareUtf8, shortText } from '@vigie/series';
import type { Kysely } from 'kysely';
import type { Database } from '../../store/schema.ts';
import { isDistribution, numberOf, type PushedFamily, type PushedMetric } from './model.ts';
import { familiesByName, groupsOf } from './queries.ts';
import { timeFamilies } from './time-families.ts';

/** The text, a family at a time, in the order of their names. */
export async function* exposePushes(
  db: Kysely<Database>,
  projectId: number,
  now: number,
): AsyncGenerator<string> {
  const groups = await groupsOf(db, projectId, now);
  if (groups.length === 0) return;
  const present = new Set(groups.map(({ id }) => id));
  const own = timeFamilies(groups);
  for await (const [name, families] of familiesByName(db, projectId)) {
    while (own[0] !== undefined && own[0].name < name) yield familyText(own.splice(0, 1));
    const shown = families.filter(({ groupId }) => present.has(groupId));
    if (shown.length > 0) yield familyText(shown);
  }
  for (const family of own) yield familyText([family]);
}

/** The parts that groups have of one family. The first help counts. */
function familyText(parts: readonly PushedFamily[]): string {
  const [first] = parts;
  if (first === undefined) return '';
  const metrics = parts.flatMap((part) => part.metrics).sort(byLabels);
  const help = parts.find((part) => part.help !== null)?.help ?? null;
  const { name, type } = first;
  return writeFamily({ name, type, help, samples: metrics.flatMap((metric) => samplesOf(metric, type)) });
}

/** Fewer labels first, then by their values: as the original orders them. */
function byLabels([a]: PushedMetric, [b]: PushedMetric): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let at = 1; at < a.length; at += 2) {
    const order = compareUtf8(a[at] ?? '', b[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function samplesOf(metric: PushedMetric, type: PushedFamily['type']): WrittenSample[] {
  if (!isDistribution(metric)) return [{ suffix: '', labels: metric[0], value: numberOf(metric[1]) }];
  const [labels, sum, count, parts] = metric;
  const [suffix, label] = type === 'summary' ? ['', 'quantile'] : ['_bucket', 'le'];
  return [
    ...parts.map(([bound, value]) => ({
      suffix,
      labels: [...labels, label, shortText(numberOf(bound))],
      value: numberOf(value),
    })),
    { suffix: '_sum', labels, value: numberOf(sum) },
    { suffix: '_count', labels, value: numberOf(count) },
  ];
}
