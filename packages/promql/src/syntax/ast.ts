import type { Matcher } from '@vigie/series';

/** What an expression is at an instant. */
export const VALUE_TYPES = ['scalar', 'vector', 'matrix', 'string'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** Where a node stands in the text: code units from its beginning, the end left out. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Expression =
  | NumberLiteral
  | StringLiteral
  | VectorSelector
  | MatrixSelector
  | Subquery
  | Call
  | Aggregation
  | Binary
  | Unary
  | Parentheses;

export interface NumberLiteral {
  readonly kind: 'number';
  readonly value: number;
  /** Written as a duration (`5m`): printed as one. */
  readonly duration: boolean;
  readonly span: Span;
}

export interface StringLiteral {
  readonly kind: 'string';
  readonly value: string;
  readonly span: Span;
}

/** A time that a selector or subquery is moved to by `@`: epoch milliseconds, or an end of the query. */
export type AtTime = number | 'start' | 'end';

/** What may stand behind a selector or a subquery, each once, in either order. */
export interface TimeShift {
  readonly offset: Duration | null;
  readonly at: AtTime | null;
}

/** How a selector takes values at the edges of its range; without it, the samples that lie there. */
export type EdgeMode = 'anchored' | 'smoothed';

export interface VectorSelector extends TimeShift {
  readonly kind: 'vectorSelector';
  /** The name that stands before the braces, empty without one; `matchers` has it as well. */
  readonly name: string;
  readonly matchers: readonly Matcher[];
  readonly edges: EdgeMode | null;
  readonly span: Span;
}

/** `selector[range]`; the selector holds offset and `@`. */
export interface MatrixSelector {
  readonly kind: 'matrixSelector';
  readonly selector: VectorSelector;
  readonly range: Duration;
  readonly span: Span;
}

export interface Subquery extends TimeShift {
  readonly kind: 'subquery';
  readonly expression: Expression;
  readonly range: Duration;
  /** Null means the engine's default step. */
  readonly step: Duration | null;
  readonly span: Span;
}

export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
  /** What the table of functions says: kept here so that a tree alone tells its types. */
  readonly returns: ValueType;
  readonly span: Span;
}

export const AGGREGATIONS = [
  'sum',
  'avg',
  'min',
  'max',
  'count',
  'group',
  'stddev',
  'stdvar',
  'quantile',
  'topk',
  'bottomk',
  'count_values',
  'limitk',
  'limit_ratio',
] as const;
export type AggregationName = (typeof AGGREGATIONS)[number];

export interface Aggregation {
  readonly kind: 'aggregation';
  readonly operator: AggregationName;
  readonly parameter: Expression | null;
  readonly expression: Expression;
  /** `by (...)` or `without (...)`; without either it is `by ()`. */
  readonly grouping: readonly string[];
  readonly without: boolean;
  readonly span: Span;
}

export const ARITHMETIC = ['+', '-', '*', '/', '%', '^', 'atan2'] as const;
export const COMPARISONS = ['==', '!=', '>', '<', '>=', '<='] as const;
/** What cuts a native histogram off at a value: above it (`</`) or below it (`>/`). */
export const TRIMS = ['</', '>/'] as const;
export const SET_OPERATORS = ['and', 'or', 'unless'] as const;
export type ArithmeticOperator = (typeof ARITHMETIC)[number];
export type ComparisonOperator = (typeof COMPARISONS)[number];
export type TrimOperator = (typeof TRIMS)[number];
export type SetOperator = (typeof SET_OPERATORS)[number];
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | TrimOperator | SetOperator;

/** How elements of two vectors find each other. */
export interface VectorMatching {
  readonly cardinality: 'one-to-one' | 'many-to-one' | 'one-to-many' | 'many-to-many';
  /** Whether `labels` are the ones that have to be equal (`on`) or the ones that may differ (`ignoring`). */
  readonly on: boolean;
  readonly labels: readonly string[];
  /** What `group_left` or `group_right` copies from the one side. */
  readonly include: readonly string[];
  /** What stands for a missing partner; null without `fill`. */
  readonly fillLeft: number | null;
  readonly fillRight: number | null;
}

export interface Binary {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly bool: boolean;
  /** Null unless both sides are vectors. */
  readonly matching: VectorMatching | null;
  readonly span: Span;
}

export interface Unary {
  readonly kind: 'unary';
  readonly operator: '+' | '-';
  readonly expression: Expression;
  readonly span: Span;
}

export interface Parentheses {
  readonly kind: 'parentheses';
  readonly expression: Expression;
  readonly span: Span;
}

/** A length of time: known milliseconds, or arithmetic that needs the query's step and range. */
export type Duration = DurationLiteral | DurationUnary | DurationBinary | DurationCall | DurationParentheses;

export interface DurationLiteral {
  readonly kind: 'durationLiteral';
  /** Whole when it stands alone; an operand may be any number of seconds. */
  readonly milliseconds: number;
  /** Written as a duration (`5m`) and not as a number of seconds: printed as one. */
  readonly duration: boolean;
  readonly span: Span;
}

export interface DurationUnary {
  readonly kind: 'durationUnary';
  readonly operator: '+' | '-';
  readonly operand: Duration;
  readonly span: Span;
}

export interface DurationBinary {
  readonly kind: 'durationBinary';
  readonly operator: '+' | '-' | '*' | '/' | '%' | '^';
  readonly left: Duration;
  readonly right: Duration;
  readonly span: Span;
}

export interface DurationCall {
  readonly kind: 'durationCall';
  readonly name: 'step' | 'range' | 'min_of' | 'max_of';
  readonly args: readonly Duration[];
  readonly span: Span;
}

export interface DurationParentheses {
  readonly kind: 'durationParentheses';
  readonly inner: Duration;
  readonly span: Span;
}
