import type { Labels } from '@vigie/series';
import type { Aggregation } from '../syntax/ast.ts';
import type { Row } from './columns.ts';
import { isMetadata } from './names.ts';

/** Rows that are aggregated into one. */
export interface Group {
  readonly labels: Labels;
  /** Whether the name of one of them is to go at the end of the query. */
  dropName: boolean;
  readonly rows: Row[];
}

/** The labels by which an aggregation tells groups apart, which are their results' too. */
export function groupLabels({ without, grouping }: Pick<Aggregation, 'without' | 'grouping'>) {
  const named = new Set(grouping);
  const keeps = without
    ? (name: string): boolean => !named.has(name) && !isMetadata(name)
    : (name: string): boolean => named.has(name);
  return (of: Labels): Labels => of.filter(keeps);
}

/** The groups of an aggregation in the order of their first rows. */
export function groupsOf(node: Aggregation, rows: readonly Row[]): readonly Group[] {
  const labelsOf = groupLabels(node);
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const labels = labelsOf(row.labels);
    const group = groups.get(labels.key);
    if (group === undefined) {
      groups.set(labels.key, { labels, dropName: row.dropName, rows: [row] });
      continue;
    }
    group.rows.push(row);
    group.dropName ||= row.dropName;
  }
  return [...groups.values()];
}
