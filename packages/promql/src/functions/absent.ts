import { Labels, type Matcher, METRIC_NAME } from '@vigie/series';
import { ABSENT, emptyRow, setFloat, type VectorValue } from '../evaluate/columns.ts';
import type { Expression } from '../syntax/ast.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';

export const ABSENCE: readonly FunctionEntry[] = [
  { name: 'absent', args: ['vector'], returns: 'vector', evaluate: absent },
  { name: 'absent_over_time', args: ['matrix'], returns: 'vector', evaluate: absentOverTime },
];

function absent(call: FunctionCall): VectorValue {
  const present = new Uint8Array(call.context.steps.count);
  for (const { kinds } of call.vector(0))
    for (let step = 0; step < present.length; step++) if (kinds[step] !== ABSENT) present[step] = 1;
  return oneWhereNothing(call, present);
}

function absentOverTime(call: FunctionCall): VectorValue {
  const present = new Uint8Array(call.context.steps.count);
  for (const { from, to } of call.matrix(0).series)
    for (let step = 0; step < present.length; step++) if (from[step] !== to[step]) present[step] = 1;
  return oneWhereNothing(call, present);
}

function oneWhereNothing(call: FunctionCall, present: Uint8Array): VectorValue {
  const row = emptyRow(labelsOf(call.expression(0)), false, present.length);
  for (let step = 0; step < present.length; step++) if (present[step] === 0) setFloat(row, step, 1);
  return { type: 'vector', rows: [row] };
}

/** What is known of a series that is not there: the labels that its selector wants to be equal to something. */
function labelsOf(expression: Expression): Labels {
  switch (expression.kind) {
    case 'parentheses':
      return labelsOf(expression.expression);
    case 'vectorSelector':
      return equalLabels(expression.matchers);
    case 'matrixSelector':
      return equalLabels(expression.selector.matchers);
    default:
      return Labels.EMPTY;
  }
}

/** A label that is matched again after that has no value that can be told. */
function equalLabels(matchers: readonly Matcher[]): Labels {
  const known = new Map<string, string>();
  const given = new Set<string>();
  for (const { name, operator, value } of matchers) {
    if (name === METRIC_NAME) continue;
    if (operator === '=' && !given.has(name)) {
      known.set(name, value);
      given.add(name);
    } else known.delete(name);
  }
  return Labels.fromPairs([...known].flat());
}
