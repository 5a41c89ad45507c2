import type { NumberLiteral, StringLiteral } from './ast.ts';
import { decodeString } from './decode-string.ts';
import { durationMilliseconds } from './durations.ts';
import { numberValue } from './numbers.ts';
import type { Context, TokenStream } from './token-stream.ts';
import type { Token } from './tokens.ts';

/** A number or duration, which the next token is. */
export function readNumber(tokens: TokenStream): NumberLiteral {
  const token = tokens.take();
  const { start, end, kind } = token;
  const value = secondsOf(token);
  if (typeof value !== 'number') return tokens.refuse(value, token);
  return {
    kind: 'number',
    value,
    duration: kind === 'duration',
    span: { start, end },
  };
}

/** Seconds for a duration; the reason in words when there is none. */
function secondsOf({ kind, text }: Token): number | string {
  if (kind === 'number') return numberValue(text);
  const milliseconds = durationMilliseconds(text);
  return typeof milliseconds === 'number' ? milliseconds / 1000 : milliseconds;
}

/** A string, which the next token is. */
export function readString(tokens: TokenStream): StringLiteral {
  const { text, start, end } = tokens.take();
  return { kind: 'string', value: decodeString(text), span: { start, end } };
}

/** A number or duration with or without a sign, where nothing else may be. */
export function readSignedNumber(tokens: TokenStream, context?: Context): number {
  const sign = takeSign(tokens);
  if (!isNumber(tokens.peek())) tokens.unexpected(context);
  const { value } = readNumber(tokens);
  return sign?.negative === true ? -value : value;
}

export function isNumber({ kind }: Token): boolean {
  return kind === 'number' || kind === 'duration';
}

/** Takes a `+` or `-` if there is one. */
export function takeSign(tokens: TokenStream): { negative: boolean; start: number } | undefined {
  const sign = tokens.takeIf('-') ?? tokens.takeIf('+');
  return sign === undefined ? undefined : { negative: sign.word === '-', start: sign.start };
}
