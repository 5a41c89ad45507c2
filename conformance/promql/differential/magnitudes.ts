import type { Expression } from '../../../packages/promql/src/syntax/ast.ts';
import { typeOf } from '../../../packages/promql/src/syntax/type-of.ts';
import type { Case } from './known-differences.ts';

/** Milliseconds before and after a query that its ranges and offsets reach. */
const REACH = 2 * 3_600_000;
/** Milliseconds. */
const LOOK = 30_000;

/**
 * The numbers that a part of a query comes to at the query's time, and around it, where subqueries and offsets look;
 * none of a range or a string.
 */
export async function valuesOf({ query, kind, own }: Case, part: Expression): Promise<number[]> {
  const type = typeOf(part);
  if (type !== 'vector' && type !== 'scalar') return [];
  const text = query.text.slice(part.span.start, part.span.end);
  const { start, end, step } = kind === 'range' ? query : { start: query.time, end: query.time, step: LOOK };
  const answers = await Promise.all([
    own.range({ text, start, end, step }),
    own.range({ text, start: start - REACH, end: end + REACH, step: LOOK }),
  ]);
  return answers
    .flatMap(({ outcome }) => (outcome !== null && 'series' in outcome ? outcome.series : []))
    .flatMap(({ points }) => points.map(({ value }) => value));
}
