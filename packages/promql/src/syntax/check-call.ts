import type { Call } from './ast.ts';
import { ParseError } from './parse-error.ts';
import { quote } from './quote.ts';
import type { FunctionSignature } from './signature.ts';
import { typeOf } from './type-of.ts';

/** @throws {ParseError} when a function gets more or fewer arguments than it takes. */
export function checkCount({ name, args, span }: Call, signature: FunctionSignature, text: string): void {
  const { optional = 0, more = 0 } = signature;
  const least = signature.args.length - optional;
  const most = signature.args.length + more;
  const count = args.length;
  if (count >= least && count <= most) return;
  const range = least === most ? '' : count < least ? 'at least ' : 'at most ';
  const expected = `${range}${count < least ? least : most}`;
  const reason = `expected ${expected} argument(s) in call to ${quote(name)}, got ${count}`;
  throw new ParseError(reason, span, text);
}

/**
 * What `info` gets as its second argument is a list of label matchers in braces, which may all match nothing.
 * @throws {ParseError} when it is something else.
 */
export function checkInfo({ args: [, labels], span }: Call, text: string): void {
  if (labels === undefined) return;
  if (typeOf(labels) !== 'vector') {
    const got = typeOf(labels) === 'matrix' ? 'range vector' : typeOf(labels);
    const reason = `expected type instant vector in call to function "info", got ${got}`;
    throw new ParseError(reason, span, text);
  }
  const reason = 'expected label selectors only';
  if (labels.kind !== 'vectorSelector') throw new ParseError(reason, labels.span, text);
  if (labels.name === '') return;
  throw new ParseError(`${reason}, got vector selector instead`, labels.span, text);
}
