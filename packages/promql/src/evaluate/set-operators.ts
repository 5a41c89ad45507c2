import type { SetOperator, VectorMatching } from '../syntax/ast.ts';
import type { Row } from './columns.ts';
import { groupRows, matchLabels } from './matching.ts';
import { mergeSameLabels } from './names.ts';
import { outside, presence, within } from './presence.ts';

/** `and`, `or`, `unless`: elements stay or go by whether the other side has any of their key. */
export function combineSets(
  operator: SetOperator,
  matching: VectorMatching,
  left: readonly Row[],
  right: readonly Row[],
): readonly Row[] {
  if (operator === 'and') return cut(left, right, matching, 'within');
  if (operator === 'unless') return cut(left, right, matching, 'outside');
  return mergeSameLabels([...left, ...cut(right, left, matching, 'outside')]);
}

/** The rows where the others have something of their key, or where they have nothing. */
function cut(
  rows: readonly Row[],
  others: readonly Row[],
  matching: VectorMatching,
  side: 'within' | 'outside',
): readonly Row[] {
  const labelsOf = matchLabels(matching);
  const groups = groupRows(others, labelsOf);
  const known = new Map<string, Uint8Array>();
  const result: Row[] = [];
  for (const row of rows) {
    const { key } = labelsOf(row.labels);
    const group = groups.get(key);
    if (group === undefined) {
      if (side === 'outside') result.push(row);
      continue;
    }
    const mask = known.get(key) ?? presence(group, row.kinds.length);
    known.set(key, mask);
    result.push({ ...row, kinds: side === 'within' ? within(row.kinds, mask) : outside(row.kinds, mask) });
  }
  return result;
}
