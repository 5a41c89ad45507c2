import { Annotations } from './evaluate/annotations.ts';
import type { Steps } from './evaluate/columns.ts';
import { Evaluation } from './evaluate/evaluation.ts';
import { InvalidQuery } from './evaluate/execution-error.ts';
import { fetchAll } from './evaluate/fetch.ts';
import { Limits } from './evaluate/limits.ts';
import { plan } from './evaluate/plan.ts';
import { instantResult, rangeResult } from './evaluate/result.ts';
import { FUNCTIONS } from './functions/table.ts';
import { DEFAULT_OPTIONS, type EngineOptions } from './options.ts';
import type { Querier } from './querier.ts';
import type { InstantQuery, Query, QueryResult, RangeQuery, Result } from './query.ts';
import type { Expression } from './syntax/ast.ts';
import { parse } from './syntax/parse.ts';
import { typeOf } from './syntax/type-of.ts';

/** Answers PromQL queries. It keeps nothing between them. */
export interface Engine {
  /**
   * The value of an expression at one time.
   * @throws {ParseError}, {DurationError} or {InvalidQuery} when the question is wrong; {ExecutionError} when it has no
   * answer; {QueryEnded} when it was cancelled or took too long; and whatever the store throws.
   */
  instant(query: InstantQuery, querier: Querier): Promise<QueryResult>;
  /** The values of an expression at equally distant times. Fails as `instant` does. */
  range(query: RangeQuery, querier: Querier): Promise<QueryResult>;
}

/**
 * @param options what is not given is as in `DEFAULT_OPTIONS`.
 * @param now milliseconds that only rise: for timeouts and statistics.
 */
export function createEngine(
  options: Partial<EngineOptions> = {},
  now: () => number = () => performance.now(),
): Engine {
  const settings = { ...DEFAULT_OPTIONS, ...options };
  return {
    instant: async (query, querier) => {
      const expression = read(query.text, settings);
      const steps = { start: query.time, step: 1, count: 1 };
      const times = { start: query.time, end: query.time, step: 0 };
      const run = new Run(query, times, settings, now);
      return run.answer(expression, steps, querier, (evaluation) => instantResult(expression, evaluation));
    },
    range: async (query, querier) => {
      const expression = read(query.text, settings);
      requireRangeType(expression);
      const steps = stepsOf(query);
      const run = new Run(query, query, settings, now);
      return run.answer(expression, steps, querier, (evaluation) => rangeResult(expression, evaluation));
    },
  };
}

function read(text: string, { experimentalFunctions }: EngineOptions): Expression {
  return parse(text, { functions: FUNCTIONS, experimentalFunctions });
}

function requireRangeType(expression: Expression): void {
  const type = typeOf(expression);
  if (type === 'scalar' || type === 'vector') return;
  const found = type === 'matrix' ? 'range vector' : type;
  throw new InvalidQuery(
    `invalid expression type "${found}" for range query, must be Scalar or instant Vector`,
  );
}

function stepsOf({ start, end, step }: RangeQuery): Steps {
  if (!(step > 0)) throw new InvalidQuery('the step of a range query has to be above zero');
  if (end < start) throw new InvalidQuery('the end of a range query lies before its start');
  return { start, step, count: Math.floor((end - start) / step) + 1 };
}

/** One query from its tree to its answer. */
class Run {
  readonly #query: Query;
  readonly #times: { readonly start: number; readonly end: number; readonly step: number };
  readonly #settings: EngineOptions;
  readonly #limits: Limits;

  constructor(query: Query, times: Run['times'], settings: EngineOptions, now: () => number) {
    const { start, end, step } = times;
    this.#query = query;
    this.#times = { start, end, step };
    this.#settings = settings;
    this.#limits = new Limits({
      maxSamples: settings.maxSamples,
      timeout: Math.min(query.timeout ?? Infinity, settings.timeout),
      cancelled: query.cancelled ?? (() => false),
      now,
    });
  }

  get times(): { readonly start: number; readonly end: number; readonly step: number } {
    return this.#times;
  }

  async answer(
    expression: Expression,
    steps: Steps,
    querier: Querier,
    evaluate: (evaluation: Evaluation) => Result,
  ): Promise<QueryResult> {
    const { subqueryStep, maxSamples, delayedNameRemoval } = this.#settings;
    const lookback = this.#query.lookback ?? this.#settings.lookback;
    const frame = { ...this.#times, lookback, subqueryStep, maxSteps: maxSamples };
    const planned = plan(expression, steps, frame);
    const fetched = await fetchAll(planned, querier);
    this.#limits.look();
    const warnings = new Annotations(this.#query.text);
    const infos = new Annotations(this.#query.text);
    const query = this.#times;
    const shared = { query, delayedNameRemoval, lookback, functions: FUNCTIONS, limits: this.#limits };
    const state = { ...shared, plan: planned, fetched, warnings, infos };
    const result = evaluate(new Evaluation(state, steps));
    const { read: samplesRead, peak: peakSamples, elapsed: evaluationTime } = this.#limits;
    const stats = { samplesRead, peakSamples, evaluationTime };
    return { expression, result, warnings: warnings.all, infos: infos.all, stats };
  }
}
