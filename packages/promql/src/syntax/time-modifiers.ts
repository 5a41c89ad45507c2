import type {
  AtTime,
  Duration,
  EdgeMode,
  Expression,
  MatrixSelector,
  Subquery,
  VectorSelector,
} from './ast.ts';
import { readOffset, readRange } from './duration-grammar.ts';
import { readSignedNumber } from './literals.ts';
import type { Source } from './source.ts';
import type { TokenStream } from './token-stream.ts';

const BRACKETS = { name: 'subquery or range selector', expected: 'number, duration, step(), or range()' };
const AFTER_RANGE = { name: 'subquery or range', expected: '":" or "]"' };
const STEP = { name: 'subquery selector', expected: 'number, duration, step(), range(), or "]"' };
const AFTER_STEP = { name: 'subquery selector', expected: '"]"' };
const AT = { name: '@', expected: 'timestamp' };

/** Reads what may follow an operand: ranges, `offset`, `@`, `anchored` and `smoothed`, as many as there are. */
export function readModifiersOfTime(source: Source, operand: Expression): Expression {
  const { tokens } = source;
  let expression = operand;
  for (;;) {
    switch (tokens.peek().word) {
      case '[':
        expression = tokens.nested(() => readBrackets(tokens, expression));
        break;
      case 'offset':
        expression = readOffsetOf(tokens, expression);
        break;
      case '@':
        expression = readAtOf(tokens, expression);
        break;
      case 'anchored':
      case 'smoothed':
        expression = readEdgesOf(source, expression);
        break;
      default:
        return expression;
    }
  }
}

function readBrackets(tokens: TokenStream, expression: Expression): MatrixSelector | Subquery {
  const { start } = tokens.take();
  const range = readRange(tokens, BRACKETS);
  if (tokens.takeIf(':') !== undefined) return readSubquery(tokens, expression, range);
  const { end } = tokens.expect(']', AFTER_RANGE);
  const reason = notInRange(expression);
  if (expression.kind !== 'vectorSelector' || reason !== undefined) {
    return tokens.refuse(reason ?? 'ranges only allowed for vector selectors', { start, end });
  }
  return { kind: 'matrixSelector', selector: expression, range, span: { start: expression.span.start, end } };
}

function notInRange(expression: Expression): string | undefined {
  if (expression.kind !== 'vectorSelector') return undefined;
  if (expression.offset !== null) return 'no offset modifiers allowed before range';
  return expression.at === null ? undefined : 'no @ modifiers allowed before range';
}

function readSubquery(tokens: TokenStream, expression: Expression, range: Duration): Subquery {
  const step = tokens.peek().word === ']' ? null : readRange(tokens, STEP);
  const { end } = tokens.expect(']', AFTER_STEP);
  return {
    kind: 'subquery',
    expression,
    range,
    step,
    offset: null,
    at: null,
    span: { start: expression.span.start, end },
  };
}

/** What a time can be moved of: a range selector's own selector holds it. */
type Movable = VectorSelector | MatrixSelector | Subquery;

function isMovable(expression: Expression): expression is Movable {
  const { kind } = expression;
  return kind === 'vectorSelector' || kind === 'matrixSelector' || kind === 'subquery';
}

function shiftOf(expression: Movable): VectorSelector | Subquery {
  return expression.kind === 'matrixSelector' ? expression.selector : expression;
}

function moved(
  expression: Movable,
  shift: { offset: Duration | null } | { at: AtTime },
  end: number,
): Movable {
  const span = { start: expression.span.start, end };
  if (expression.kind !== 'matrixSelector') return { ...expression, ...shift, span };
  return { ...expression, selector: { ...expression.selector, ...shift }, span };
}

function readOffsetOf(tokens: TokenStream, expression: Expression): Movable {
  tokens.take();
  const offset = readOffset(tokens);
  const what = 'an instant vector selector or range vector selector or a subquery';
  if (!isMovable(expression)) {
    return tokens.refuse(`offset modifier must be preceded by ${what}`, expression.span);
  }
  if (shiftOf(expression).offset !== null)
    tokens.refuse('offset may not be set multiple times', expression.span);
  const none = offset.kind === 'durationLiteral' && offset.milliseconds === 0;
  return moved(expression, { offset: none ? null : offset }, tokens.lastEnd);
}

function readAtOf(tokens: TokenStream, expression: Expression): Movable {
  tokens.take();
  const time = readTime(tokens);
  const what = 'an instant vector selector or range vector selector or a subquery';
  if (typeof time === 'number' && !(Math.abs(time) < 2 ** 63)) {
    tokens.refuse(`timestamp out of bounds for @ modifier: ${fixed(time)}`, expression.span);
  }
  if (!isMovable(expression)) {
    return tokens.refuse(`@ modifier must be preceded by ${what}`, expression.span);
  }
  if (shiftOf(expression).at !== null) {
    tokens.refuse('@ <timestamp> may not be set multiple times', expression.span);
  }
  const at = typeof time === 'number' ? Math.sign(time) * Math.round(Math.abs(time) * 1000) : time;
  return moved(expression, { at }, tokens.lastEnd);
}

/** Seconds, or an end of the query. */
function readTime(tokens: TokenStream): AtTime {
  const preprocessor = tokens.takeIf('start') ?? tokens.takeIf('end');
  if (preprocessor === undefined) return readSignedNumber(tokens, AT);
  tokens.expect('(', AT);
  tokens.expect(')', AT);
  return preprocessor.word === 'start' ? 'start' : 'end';
}

/** As Go's `%f`. */
function fixed(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return `${BigInt(value)}.000000`;
}

function readEdgesOf({ tokens, options }: Source, expression: Expression): Expression {
  const mode: EdgeMode = tokens.take().word === 'anchored' ? 'anchored' : 'smoothed';
  const { extendedRangeSelectors = true } = options;
  if (!extendedRangeSelectors) {
    tokens.refuse(`${mode} modifier is experimental and not enabled`, expression.span);
  }
  if (expression.kind === 'subquery') {
    tokens.refuse(`${mode} modifier is not supported for subqueries`, expression.span);
  }
  if (expression.kind !== 'vectorSelector' && expression.kind !== 'matrixSelector') {
    // The original's words for what is no selector: nothing is missing here.
    return tokens.refuse(`${mode} modifier not implemented`, expression.span);
  }
  const selector = expression.kind === 'matrixSelector' ? expression.selector : expression;
  if (selector.edges !== null && selector.edges !== mode) {
    tokens.refuse('anchored and smoothed modifiers cannot be used together', expression.span);
  }
  const span = { start: expression.span.start, end: tokens.lastEnd };
  if (expression.kind === 'vectorSelector') return { ...expression, edges: mode, span };
  return { ...expression, selector: { ...selector, edges: mode }, span };
}
