import type { Duration, DurationLiteral } from './ast.ts';
import { durationMilliseconds, LONGEST } from './durations.ts';
import { numberValue } from './numbers.ts';
import type { Context, TokenStream } from './token-stream.ts';
import type { Token } from './tokens.ts';

const PRECEDENCE = new Map([
  ['+', 1],
  ['-', 1],
  ['*', 2],
  ['/', 2],
  ['%', 2],
  ['^', 3],
]);
const SIGN_PRECEDENCE = 2;
const POWER = 3;

type DurationOperator = '+' | '-' | '*' | '/' | '%' | '^';

/** What a selector's brackets hold: a length of time, or arithmetic on some. One that is known is above zero. */
export function readRange(tokens: TokenStream, context: Context): Duration {
  const duration = tokens.within(context, () => settled(readArithmetic(tokens, 0)));
  if (duration.kind === 'durationLiteral' && duration.milliseconds <= 0) {
    tokens.refuse('duration must be greater than 0', duration.span);
  }
  return duration;
}

const OFFSET = { name: 'offset', expected: 'number, duration, step(), or range()' };

/** What follows `offset`: arithmetic stands in parentheses there. */
export function readOffset(tokens: TokenStream): Duration {
  return tokens.within(OFFSET, () => settled(readSignedOffset(tokens)));
}

function readSignedOffset(tokens: TokenStream): Duration {
  return readSigned(tokens, () => readSignedOffset(tokens));
}

/** Where Prometheus reads a number of seconds to nanoseconds and then cuts them to milliseconds, so is it done here. */
function settled(duration: Duration): Duration {
  if (duration.kind !== 'durationLiteral') return duration;
  return { ...duration, milliseconds: Math.trunc(Math.round(duration.milliseconds * 1e6) / 1e6) };
}

function isSign(word: string): word is '+' | '-' {
  return word === '+' || word === '-';
}

function isCall(word: string): word is 'step' | 'range' | 'min_of' | 'max_of' {
  return word === 'step' || word === 'range' || word === 'min_of' || word === 'max_of';
}

function isOperator(word: string): word is DurationOperator {
  return PRECEDENCE.has(word);
}

/** Operators that bind at least as tightly as `least`. */
function readArithmetic(tokens: TokenStream, least: number): Duration {
  let left = readSigned(tokens, () => readArithmetic(tokens, SIGN_PRECEDENCE + 1));
  for (let height = 1; ; height++) {
    const { word, ...span } = tokens.peek();
    if (!isOperator(word)) return left;
    const precedence = PRECEDENCE.get(word) ?? 0;
    if (precedence < least) return left;
    tokens.requireHeight(height);
    tokens.take();
    const right = tokens.nested(() => readArithmetic(tokens, word === '^' ? POWER : precedence + 1));
    refuseZero(tokens, word, right, { start: span.start, end: span.end });
    left = {
      kind: 'durationBinary',
      operator: word,
      left,
      right,
      span: { start: left.span.start, end: right.span.end },
    };
  }
}

function refuseZero(
  tokens: TokenStream,
  operator: DurationOperator,
  right: Duration,
  span: { start: number; end: number },
): void {
  if (right.kind !== 'durationLiteral' || right.milliseconds !== 0) return;
  if (operator === '/') tokens.refuse('division by zero', span);
  if (operator === '%') tokens.refuse('modulo by zero', span);
}

/** A sign belongs to the literal it stands before; a plus before anything else says nothing. */
function readSigned(tokens: TokenStream, operand: () => Duration): Duration {
  const { word, start } = tokens.peek();
  if (!isSign(word)) return readPrimary(tokens);
  tokens.take();
  const inner = tokens.nested(operand);
  const span = { start, end: inner.span.end };
  if (inner.kind === 'durationLiteral') {
    return { ...inner, milliseconds: word === '-' ? -inner.milliseconds : inner.milliseconds, span };
  }
  return word === '-' ? { kind: 'durationUnary', operator: word, operand: inner, span } : inner;
}

function readPrimary(tokens: TokenStream): Duration {
  const { kind, word, start } = tokens.peek();
  if (kind === 'number' || kind === 'duration') return readLiteral(tokens);
  if (word === '(') {
    tokens.take();
    const inner = tokens.nested(() => readArithmetic(tokens, 0));
    return { kind: 'durationParentheses', inner, span: { start, end: tokens.expect(')').end } };
  }
  if (!isCall(word)) return tokens.unexpected();
  tokens.take();
  tokens.expect('(');
  const args: Duration[] = [];
  if (word === 'min_of' || word === 'max_of') {
    args.push(tokens.nested(() => readArithmetic(tokens, 0)));
    tokens.expect(',');
    args.push(tokens.nested(() => readArithmetic(tokens, 0)));
  }
  return { kind: 'durationCall', name: word, args, span: { start, end: tokens.expect(')').end } };
}

function readLiteral(tokens: TokenStream): DurationLiteral {
  const token = tokens.take();
  const milliseconds = millisecondsOf(token);
  if (typeof milliseconds !== 'number') return tokens.refuse(milliseconds, token);
  if (!(Math.abs(milliseconds) <= LONGEST)) tokens.refuse('duration out of range', token);
  const { start, end } = token;
  return { kind: 'durationLiteral', milliseconds, duration: token.kind === 'duration', span: { start, end } };
}

/** The value of a token that is a duration or a number of seconds; the reason in words when it has none. */
function millisecondsOf({ kind, text }: Token): number | string {
  if (kind === 'duration') return durationMilliseconds(text);
  const seconds = numberValue(text);
  return typeof seconds === 'number' ? seconds * 1000 : seconds;
}
