import type { FunctionTable } from '../functions/function-entry.ts';
import type { StoredSeries } from '../querier.ts';
import type { Expression, MatrixSelector, Span, Subquery, VectorSelector } from '../syntax/ast.ts';
import { aggregate } from './aggregation.ts';
import type { Annotations } from './annotations.ts';
import { binary } from './binary.ts';
import { call } from './call.ts';
import { type MatrixValue, type Row, type Steps, timeOf, type Value } from './columns.ts';
import type { Context } from './context.ts';
import { countsUp } from './edge-functions.ts';
import type { Fetched } from './fetch.ts';
import { type Shows, selectInstants } from './instant-selection.ts';
import type { Limits } from './limits.ts';
import { type Plan, type SelectorPlan, type Shift, shifted } from './plan.ts';
import { countPresent } from './presence.ts';
import { selectRanges } from './range-selection.ts';
import { selectSmoothed } from './smoothed-instants.ts';
import { spread } from './spread.ts';
import { windowsOver } from './subquery.ts';
import { negate } from './unary.ts';

/** What all parts of one query share. */
export interface QueryState {
  readonly query: Context['query'];
  readonly delayedNameRemoval: boolean;
  /** Milliseconds. */
  readonly lookback: number;
  readonly plan: Plan;
  readonly fetched: Fetched;
  readonly functions: FunctionTable;
  readonly limits: Limits;
  readonly warnings: Annotations;
  readonly infos: Annotations;
}

/** Evaluates the parts of one query over some steps: the query's own, a subquery's, or one for all. */
export class Evaluation implements Context {
  readonly state: QueryState;
  readonly steps: Steps;

  constructor(state: QueryState, steps: Steps) {
    this.state = state;
    this.steps = steps;
  }

  get query(): Context['query'] {
    return this.state.query;
  }

  get delayedNameRemoval(): boolean {
    return this.state.delayedNameRemoval;
  }

  warn(text: string, span: Span): void {
    this.state.warnings.add(text, span);
  }

  info(text: string, span: Span): void {
    this.state.infos.add(text, span);
  }

  count(samples: number): void {
    this.state.limits.hold(samples);
  }

  /** The value of a part. Each part of a query is evaluated once. */
  evaluate(expression: Expression): Value {
    const { limits, plan } = this.state;
    const before = limits.held;
    const value = plan.once.has(expression)
      ? spread(this.#at({ ...this.steps, count: 1 }).#compute(expression), this.steps.count)
      : this.#compute(expression);
    if (value.type !== 'matrix') limits.holdOnly(before + samplesOf(value));
    return value;
  }

  /** By step. */
  scalar(expression: Expression): Float64Array {
    const value = this.evaluate(expression);
    if (value.type !== 'scalar') throw unexpected('scalar', value);
    return value.values;
  }

  vector(expression: Expression): readonly Row[] {
    const value = this.evaluate(expression);
    if (value.type !== 'vector') throw unexpected('vector', value);
    return value.rows;
  }

  string(expression: Expression): string {
    const value = this.evaluate(expression);
    if (value.type !== 'string') throw unexpected('string', value);
    return value.value;
  }

  /** A range for a function, which says what the values at made-up edges are taken for. */
  matrix(expression: Expression, functionName: string): MatrixValue {
    switch (expression.kind) {
      case 'parentheses':
        return this.matrix(expression.expression, functionName);
      case 'matrixSelector':
        return this.#ranges(expression, functionName);
      case 'subquery':
        return this.#subquery(expression);
      default:
        throw unexpected('matrix', this.evaluate(expression));
    }
  }

  /** An instant selector that shows something else of its samples than their values. */
  instants(selector: VectorSelector, shows: Shows): readonly Row[] {
    const { lookback, limits } = this.state;
    const selection = { steps: this.steps, shift: this.#planned(selector).shift, lookback, shows };
    const select = selector.edges === 'smoothed' && shows === 'value' ? selectSmoothed : selectInstants;
    return select(this.#stored(selector), selection, limits);
  }

  #compute(expression: Expression): Value {
    switch (expression.kind) {
      case 'number':
        return { type: 'scalar', values: new Float64Array(this.steps.count).fill(expression.value) };
      case 'string':
        return { type: 'string', value: expression.value };
      case 'vectorSelector':
        return { type: 'vector', rows: this.instants(expression, 'value') };
      case 'matrixSelector':
      case 'subquery':
        return this.matrix(expression, '');
      case 'parentheses':
        return this.evaluate(expression.expression);
      case 'unary':
        return expression.operator === '-' ? negate(expression, this) : this.evaluate(expression.expression);
      case 'binary':
        return binary(expression, this);
      case 'aggregation':
        return { type: 'vector', rows: aggregate(expression, this) };
      case 'call':
        return call(expression, this);
    }
  }

  #at(steps: Steps): Evaluation {
    return new Evaluation(this.state, steps);
  }

  #ranges({ selector }: MatrixSelector, functionName: string): MatrixValue {
    const { range, shift } = this.#planned(selector);
    const { edges: mode } = selector;
    const { lookback, limits } = this.state;
    const edges = mode === null ? null : { mode, lookback, counter: countsUp(functionName) };
    return selectRanges(this.#stored(selector), { range, edges, ends: this.#ends(shift) }, limits);
  }

  #subquery(subquery: Subquery): MatrixValue {
    const plan = this.state.plan.subqueries.get(subquery);
    if (plan === undefined) throw new Error('the subquery is not of this query');
    const rows = plan.steps.count === 0 ? [] : this.#at(plan.steps).vector(subquery.expression);
    return windowsOver(rows, plan.steps, this.#ends(plan.shift), plan.range, this.state.limits);
  }

  #ends(shift: Shift): Float64Array {
    return Float64Array.from({ length: this.steps.count }, (_, step) =>
      shifted(shift, timeOf(this.steps, step)),
    );
  }

  #planned(selector: VectorSelector): SelectorPlan {
    const plan = this.state.plan.selectors.get(selector);
    if (plan === undefined) throw new Error('the selector is not of this query');
    return plan;
  }

  #stored(selector: VectorSelector): readonly StoredSeries[] {
    return this.state.fetched.get(selector) ?? [];
  }
}

function unexpected(wanted: string, { type }: Value): Error {
  return new Error(`a part that was checked to be a ${wanted} is a ${type}`);
}

/** Samples that a value holds. */
function samplesOf(value: Value): number {
  if (value.type === 'scalar') return value.values.length;
  if (value.type !== 'vector') return 0;
  let samples = 0;
  for (const { kinds } of value.rows) samples += countPresent(kinds);
  return samples;
}
