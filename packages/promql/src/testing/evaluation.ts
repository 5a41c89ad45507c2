import type { Querier } from '../querier.ts';
import type { InstantQuery, QueryResult, RangeQuery } from '../query.ts';
import { compareAnnotations, compareFailure } from './annotations.ts';
import { type Complaint, compareOutcome } from './compare.ts';
import { type Outcome, outcomeAt, outcomeOf } from './outcome.ts';
import type { Evaluation } from './script.ts';

/** What answers queries: the engine, or whatever is compared with the files. */
export interface Answerer {
  instant(query: InstantQuery, querier: Querier): Promise<QueryResult>;
  range(query: RangeQuery, querier: Querier): Promise<QueryResult>;
}

/** How far the ends of a range query are from an instant one that is asked again so. */
const MINUTE = 60_000;

/** What has another value when the ends or the step of a query are others. */
const ENDS_AND_STEP = /\b(?:start|end|range|step)\s*\(\s*\)/i;

/** Asks what an evaluation asks and compares; an instant one is then asked again as the middle of a range. */
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
    (await askAgain(engine, store, evaluation, outcome))
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
): Promise<Complaint> {
  const { at, expected, expression } = evaluation;
  if (at.kind === 'range' || expected.ordered || expected.matrix !== null || expected.string !== null)
    return undefined;
  if (ENDS_AND_STEP.test(expression)) return undefined;
  const { time } = at;
  const query: RangeQuery = { text: expression, start: time - MINUTE, end: time + MINUTE, step: MINUTE };
  try {
    const { result } = await engine.range(query, store);
    const complaint = compareOutcome(evaluation, outcomeAt(outcomeOf(result), time, first.type));
    return complaint === undefined ? undefined : `as a range query: ${complaint}`;
  } catch (error) {
    return `as a range query: ${error instanceof Error ? error.message : String(error)}${placeOfBug(error)}`;
  }
}
