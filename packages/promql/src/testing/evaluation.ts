import type { Querier } from '../querier.ts';
import type { InstantQuery, QueryResult, RangeQuery } from '../query.ts';
import type { Expression } from '../syntax/ast.ts';
import { compareAnnotations, compareFailure } from './annotations.ts';
import { type Complaint, compareOutcome } from './compare.ts';
import { type Outcome, outcomeAt, outcomeOf } from './outcome.ts';
import type { Evaluation } from './script.ts';
import { tiedToTime } from './tied-to-time.ts';

/** What answers queries: the engine, or whatever is compared with the files. */
export interface Answerer {
  instant(query: InstantQuery, querier: Querier): Promise<QueryResult>;
  range(query: RangeQuery, querier: Querier): Promise<QueryResult>;
}

/** How far the ends of a range query are from an instant one that is asked again so. */
const MINUTE = 60_000;

/** What has another value when the ends or the step of a query are others. */
const ENDS_AND_STEP = /\b(?:start|end|range|step)\s*\(\s*\)/i;

/** How far from its time an instant query is asked again when all its selectors are tied to that time. */
const FAR_OFF = [-10 * MINUTE, 5 * MINUTE, 365 * 24 * 60 * MINUTE];

/**
 * Asks what an evaluation asks and compares; an instant one is then asked again as the middle of a range, and at other
 * times with its selectors tied to its own.
 */
export async function evaluate(engine: Answerer, store: Querier, evaluation: Evaluation): Promise<Complaint> {
  let result: QueryResult;
  try {
    result = await ask(engine, store, evaluation);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const { failure } = evaluation.expected;
    return failure === null ? `failed: ${message}${placeOfBug(error)}` : compareFailure(failure, message);
  }
  if (evaluation.expected.failure !== null) return 'wanted an error, got an answer';
  const outcome = outcomeOf(result.result);
  return (
    compareAnnotations(evaluation.expected, result) ??
    compareOutcome(evaluation, outcome) ??
    (await askAgain(engine, store, evaluation, outcome, result.expression))
  );
}

/** A failure that is none of the query's but of the engine's code says where it happened. */
function placeOfBug(error: unknown): string {
  const named = error instanceof Error && ['ParseError', 'ExecutionError', 'QueryEnded'].includes(error.name);
  return named || !(error instanceof Error) ? '' : `\n${error.stack}`;
}

function ask(engine: Answerer, store: Querier, { expression, at }: Evaluation): Promise<QueryResult> {
  if (at.kind === 'instant') return engine.instant({ text: expression, time: at.time }, store);
  return engine.range({ text: expression, start: at.start, end: at.end, step: at.step }, store);
}

async function askAgain(
  engine: Answerer,
  store: Querier,
  evaluation: Evaluation,
  first: Outcome,
  tree: Expression,
): Promise<Complaint> {
  const { at, expected, expression } = evaluation;
  if (at.kind === 'range' || expected.matrix !== null || expected.string !== null) return undefined;
  if (ENDS_AND_STEP.test(expression)) return undefined;
  const { time } = at;
  const tied = tiedToTime(tree, time);
  for (const distance of tied === undefined ? [] : FAR_OFF) {
    const query = { text: tied ?? '', time: time + distance };
    const complaint = await again(evaluation, async () =>
      outcomeOf((await engine.instant(query, store)).result),
    );
    if (complaint !== undefined) return `as ${query.text} ${distance} ms from its time: ${complaint}`;
  }
  if (expected.ordered) return undefined;
  const query: RangeQuery = { text: expression, start: time - MINUTE, end: time + MINUTE, step: MINUTE };
  const complaint = await again(evaluation, async () =>
    outcomeAt(outcomeOf((await engine.range(query, store)).result), time, first.type),
  );
  return complaint === undefined ? undefined : `as a range query: ${complaint}`;
}

async function again(evaluation: Evaluation, answer: () => Promise<Outcome>): Promise<Complaint> {
  try {
    return compareOutcome(evaluation, await answer());
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)) + placeOfBug(error);
  }
}
