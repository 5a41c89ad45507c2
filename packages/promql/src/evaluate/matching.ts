import type { Labels } from '@vigie/series';
import type { VectorMatching } from '../syntax/ast.ts';
import type { Row } from './columns.ts';
import { isMetadata } from './names.ts';

/** What has to be equal in two elements for them to match. */
export function matchLabels({ on, labels }: VectorMatching): (of: Labels) => Labels {
  const named = new Set(labels);
  const keeps = on
    ? (name: string): boolean => named.has(name)
    : (name: string): boolean => !named.has(name) && !isMetadata(name);
  return (of) => of.filter(keeps);
}

/** Rows by the key of what has to be equal, in the order of their first. */
export function groupRows(rows: readonly Row[], labelsOf: (of: Labels) => Labels): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const { key } = labelsOf(row.labels);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
