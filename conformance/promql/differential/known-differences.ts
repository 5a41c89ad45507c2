import { isStepInvariant } from '../../../packages/promql/src/evaluate/step-invariant.ts';
import { type Call, COMPARISONS, type Expression } from '../../../packages/promql/src/syntax/ast.ts';
import type { Answer } from './answer.ts';
import type { Difference } from './comparison.ts';
import type { RandomQuery } from './expressions/random-query.ts';
import { COUNTERS } from './expressions/selectors.ts';
import { valuesOf } from './magnitudes.ts';
import type { OwnEngine } from './own-engine.ts';
import { isJumpOfRounding, isRoundOff } from './rounding.ts';
import { callsOf, nodesOf, treeOf } from './tree.ts';

/** Two answers that are not the same. */
export interface Case {
  readonly query: RandomQuery;
  readonly kind: 'instant' | 'range';
  readonly theirs: Answer;
  readonly ours: Answer;
  readonly found: Difference;
  readonly own: OwnEngine;
}

interface Known {
  readonly reason: string;
  fits(of: Case, tree: Expression): boolean | Promise<boolean>;
}

const DATES = [
  'day_of_month',
  'day_of_week',
  'day_of_year',
  'days_in_month',
  'hour',
  'minute',
  'month',
  'year',
];
/** Seconds: the greatest that Go makes a whole number of. */
const MOST_SECONDS = 2 ** 63;

/** Elements of two vectors have several partners. */
const WRONG_MATCH = /^(found duplicate series|multiple matches for labels)/;

/** In what 2.42 answers otherwise than 3.x, beside what the expressions avoid. */
const KNOWN: readonly Known[] = [
  {
    reason: 'the parameters NaN and -Inf have their own messages since 3.0',
    fits: ({ found, ours }) =>
      found.kind === 'message' && /^Parameter value is NaN$|underflows/.test(ours.error?.message ?? ''),
  },
  {
    reason:
      'series that come to have the same labels are an error even at different steps; since 3.0 they are one',
    fits: ({ kind, theirs, ours }, tree) =>
      ours.error === null &&
      theirs.error?.message === 'vector cannot contain metrics with the same labelset' &&
      (kind === 'range' || [...nodesOf(tree)].some((node) => node.kind === 'subquery')),
  },
  {
    reason: 'of several wrong matches in a range query another one may be found first',
    fits: ({ kind, found, theirs, ours }) =>
      kind === 'range' &&
      found.kind === 'message' &&
      [theirs, ours].every(({ error }) => error !== null && WRONG_MATCH.test(error.message)),
  },
  {
    reason:
      'elements that match two on the other side are an error since 3.9 even if a filter drops the pair',
    fits: ({ found, ours }, tree) =>
      (found.kind === 'error' || found.kind === 'message') &&
      ours.error?.message.startsWith('multiple matches for labels: ') === true &&
      [...nodesOf(tree)].some(isFilter),
  },
  {
    reason: 'deviations of a single NaN or infinity are 0; since 3.0 NaN',
    fits: (of, tree) =>
      isAnyOf(of, aggregated(tree, ['stddev', 'stdvar']), (value) => !Number.isFinite(value)),
  },
  {
    reason: 'a sum of negative zeros is -0; since 3.0, which makes up for rounding, 0',
    fits: (of, tree) => isAnyOf(of, aggregated(tree, ['sum', 'avg']), (value) => Object.is(value, -0)),
  },
  {
    reason: 'dates of what is no number of seconds hang on the processor; here they are NaN',
    fits: (of, tree) =>
      isAnyOf(
        of,
        callsOf(tree, DATES).flatMap(({ args }) => args),
        (value) => !(Math.abs(value) < MOST_SECONDS),
      ),
  },
  {
    reason: 'a range tied to a time by @ slides with the steps if the rest of its call moves; mended since',
    fits: ({ theirs, ours }, tree) =>
      theirs.error === null && ours.error === null && [...nodesOf(tree)].some(isMovingOverTied),
  },
  { reason: 'rounding of numbers that nearly cancel out', fits: isRoundOff },
  { reason: 'rounding before a comparison, a modulo or the like', fits: isJumpOfRounding },
  {
    reason:
      'a rate ends where its counter was zero before the distance to the edge is judged; since 3.0 after it',
    fits: ({ theirs, ours }, tree) =>
      theirs.error === null && ours.error === null && callsOf(tree, ['rate', 'increase']).some(isOfAnything),
  },
];

/** @returns why the two say other things, null when that is not known. */
export async function knownReason(of: Case): Promise<string | null> {
  const tree = treeOf(of.query.text);
  if (tree === null) return null;
  for (const { reason, fits } of KNOWN) if (await fits(of, tree)) return reason;
  return null;
}

function isFilter(node: Expression): boolean {
  return node.kind === 'binary' && !node.bool && COMPARISONS.some((operator) => operator === node.operator);
}

/** What these aggregations in an expression are of. */
function aggregated(tree: Expression, operators: readonly string[]): Expression[] {
  return [...nodesOf(tree)].flatMap((node) =>
    node.kind === 'aggregation' && operators.includes(node.operator) ? [node.expression] : [],
  );
}

async function isAnyOf(
  of: Case,
  parts: readonly Expression[],
  fits: (value: number) => boolean,
): Promise<boolean> {
  for (const part of parts) if ((await valuesOf(of, part)).some(fits)) return true;
  return false;
}

function isMovingOverTied(node: Expression): boolean {
  return node.kind === 'call' && node.args.some(isTiedRange) && !isStepInvariant(node);
}

function isTiedRange(range: Expression): boolean {
  if (range.kind === 'subquery') return range.at !== null;
  return range.kind === 'matrixSelector' && range.selector.at !== null;
}

/** It may come near zero anywhere: the counters of the data do so only where no scrape is missing before. */
function isOfAnything({ args: [range] }: Call): boolean {
  return range?.kind !== 'matrixSelector' || !COUNTERS.some((name) => name === range.selector.name);
}
