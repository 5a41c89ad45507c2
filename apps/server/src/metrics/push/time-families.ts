/** What the server itself says of every group. */
import { type PushedFamily, seriesLabels } from './model.ts';
import type { StoredGroup } from './queries.ts';

const MILLISECONDS = 1_000;

/** When each of these groups was pushed to, and when that failed; as two families, in the order of their names. */
export function timeFamilies(groups: readonly StoredGroup[]): PushedFamily[] {
  const family = (name: string, help: string, at: (group: StoredGroup) => number): PushedFamily => ({
    name,
    type: 'gauge',
    help,
    metrics: groups.map((group) => [seriesLabels(group.labels).flat(), at(group) / MILLISECONDS]),
  });
  return [
    family(
      'push_failure_time_seconds',
      'When a push to this group was refused last, Unix time; 0 = never.',
      ({ failedAt }) => failedAt,
    ),
    family(
      'push_time_seconds',
      'When a push to this group was taken last, Unix time; 0 = never.',
      ({ pushedAt }) => pushedAt,
    ),
  ];
}
