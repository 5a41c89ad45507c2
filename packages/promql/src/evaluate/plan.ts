import { type Matcher, METRIC_NAME } from '@vigie/series';
import type { Selection } from '../querier.ts';
import type {
  AtTime,
  Call,
  Duration,
  Expression,
  MatrixSelector,
  Subquery,
  TimeShift,
  VectorSelector,
} from '../syntax/ast.ts';
import { type QueryTimes, resolveDuration, resolveRange } from '../syntax/durations.ts';
import { type Steps, timeOf } from './columns.ts';
import { requireEdgesAllowed } from './edge-functions.ts';
import { infoNames } from './info-names.ts';
import { tooManySamples } from './limits.ts';
import { isStepInvariant } from './step-invariant.ts';

/** Where a selector or a subquery looks from a step: at the step's own time or at a given one, less an offset. */
export interface Shift {
  /** Epoch milliseconds; null means the step's own time. */
  readonly at: number | null;
  /** Milliseconds. */
  readonly offset: number;
}

/** A selector with its durations known. */
export interface SelectorPlan {
  readonly shift: Shift;
  /** Milliseconds; 0 for an instant. */
  readonly range: number;
  readonly selection: Selection;
}

/** A subquery with its durations known, and the steps that all its windows together need. */
export interface SubqueryPlan {
  readonly shift: Shift;
  readonly range: number;
  readonly steps: Steps;
}

/** What has to be known of a tree before it is evaluated: each part has one answer, as each is evaluated once. */
export interface Plan {
  readonly selectors: ReadonlyMap<VectorSelector, SelectorPlan>;
  readonly subqueries: ReadonlyMap<Subquery, SubqueryPlan>;
  /** The parts that are evaluated at one step and hold for all. */
  readonly once: ReadonlySet<Expression>;
  /** What `info` joins: the selector that its second argument stands for. */
  readonly infoSelectors: ReadonlyMap<Call, VectorSelector>;
}

/** What the query says of its own times (milliseconds). */
export interface QueryFrame {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly lookback: number;
  /** The step of subqueries that give none. */
  readonly subqueryStep: number;
  /** Steps that a subquery may have. */
  readonly maxSteps: number;
}

/**
 * Resolves durations and finds out what every selector has to read.
 * @throws {ExecutionError} when a subquery has more steps than samples are allowed, or a modifier stands where it
 * cannot; {DurationError} when a duration comes to nothing.
 */
export function plan(expression: Expression, steps: Steps, frame: QueryFrame): Plan {
  const planner = new Planner(frame);
  planner.visit(expression, steps);
  return planner;
}

/** The instant that a shift gives for a step's time. */
export function shifted({ at, offset }: Shift, time: number): number {
  return (at ?? time) - offset;
}

class Planner implements Plan {
  readonly selectors = new Map<VectorSelector, SelectorPlan>();
  readonly subqueries = new Map<Subquery, SubqueryPlan>();
  readonly once = new Set<Expression>();
  readonly infoSelectors = new Map<Call, VectorSelector>();
  readonly #frame: QueryFrame;

  constructor(frame: QueryFrame) {
    this.#frame = frame;
  }

  visit(expression: Expression, outer: Steps): void {
    const steps = this.#stepsOf(expression, outer);
    if (expression.kind === 'vectorSelector') this.#planSelector(expression, 0, steps);
    else if (expression.kind === 'matrixSelector') this.#planRange(expression, steps);
    else if (expression.kind === 'subquery') this.#planSubquery(expression, steps);
    else if (expression.kind === 'call') this.#visitCall(expression, steps);
    else for (const part of partsOf(expression)) this.visit(part, steps);
  }

  #stepsOf(expression: Expression, steps: Steps): Steps {
    if (steps.count < 2 || !PAYS_ONCE.has(expression.kind) || !isStepInvariant(expression)) return steps;
    this.once.add(expression);
    return { ...steps, count: 1 };
  }

  #visitCall(call: Call, steps: Steps): void {
    requireEdgesAllowed(call);
    const [data, info] = call.args;
    if (call.name !== 'info' || data === undefined) {
      for (const argument of call.args) this.visit(argument, steps);
      return;
    }
    this.visit(data, steps);
    const selector = infoSelector(call, data, info);
    this.infoSelectors.set(call, selector);
    this.visit(selector, steps);
  }

  #planRange({ selector, range }: MatrixSelector, steps: Steps): void {
    this.#planSelector(selector, resolveRange(range, this.#times), steps);
  }

  #planSelector(selector: VectorSelector, range: number, steps: Steps): void {
    const { lookback } = this.#frame;
    const shift = this.#shift(selector);
    const reach = selector.edges === null && range > 0 ? 0 : lookback;
    const first = shifted(shift, steps.start);
    const last = shifted(shift, timeOf(steps, Math.max(steps.count - 1, 0)));
    this.selectors.set(selector, {
      shift,
      range,
      selection: {
        matchers: selector.matchers,
        after: first - range - reach,
        until: last + (selector.edges === 'smoothed' ? lookback : 0),
      },
    });
  }

  #planSubquery(subquery: Subquery, outer: Steps): void {
    const range = resolveRange(subquery.range, this.#times);
    const step = subquery.step === null ? this.#frame.subqueryStep : resolveRange(subquery.step, this.#times);
    const shift = this.#shift(subquery);
    const after = shifted(shift, outer.start) - range;
    const until = shifted(shift, timeOf(outer, Math.max(outer.count - 1, 0)));
    const aligned = step * Math.trunc(after / step);
    const start = aligned > after ? aligned : aligned + step;
    const count = outer.count === 0 || start > until ? 0 : Math.floor((until - start) / step) + 1;
    if (count > this.#frame.maxSteps) throw tooManySamples();
    const steps = { start, step, count };
    this.subqueries.set(subquery, { shift, range, steps });
    this.visit(subquery.expression, steps);
  }

  #shift({ at, offset }: TimeShift): Shift {
    return { at: this.#time(at), offset: offset === null ? 0 : offsetOf(offset, this.#times) };
  }

  #time(at: AtTime | null): number | null {
    if (at === 'start') return this.#frame.start;
    return at === 'end' ? this.#frame.end : at;
  }

  get #times(): QueryTimes {
    const { start, end, step } = this.#frame;
    return { step, range: end - start };
  }
}

/** A known offset is taken as it is: it has no fractions that could be lost. */
function offsetOf(offset: Duration, times: QueryTimes): number {
  return offset.kind === 'durationLiteral' ? offset.milliseconds : resolveDuration(offset, times);
}

/** Parts whose repetition costs something. Ranges are not among them: whoever goes through them is. */
const PAYS_ONCE = new Set<Expression['kind']>(['vectorSelector', 'call', 'aggregation', 'binary', 'unary']);

/** Info series are looked for where the first selector of the data looks. */
function infoSelector(call: Call, data: Expression, info: Expression | undefined): VectorSelector {
  const given: readonly Matcher[] = info?.kind === 'vectorSelector' ? info.matchers : [];
  const shift = firstShift(data) ?? { at: null, offset: null };
  return {
    kind: 'vectorSelector',
    name: '',
    matchers: [...infoNames(given), ...given.filter(({ name }) => name !== METRIC_NAME)],
    edges: null,
    at: shift.at,
    offset: shift.offset,
    span: info?.span ?? call.span,
  };
}

function firstShift(expression: Expression): TimeShift | undefined {
  if (expression.kind === 'vectorSelector') return expression;
  return partsOf(expression)
    .map(firstShift)
    .find((shift) => shift !== undefined);
}

/** The expressions that stand in another one. */
function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'vectorSelector':
      return [];
    case 'matrixSelector':
      return [expression.selector];
    case 'call':
      return expression.args;
    case 'aggregation':
      return expression.parameter === null
        ? [expression.expression]
        : [expression.parameter, expression.expression];
    case 'binary':
      return [expression.left, expression.right];
    case 'subquery':
    case 'unary':
    case 'parentheses':
      return [expression.expression];
  }
}
