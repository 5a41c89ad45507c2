import type { Span } from './ast.ts';

/** What makes a text no expression, and where. The message is `LINE:COLUMN: parse error: reason`, both from 1. */
export class ParseError extends Error {
  override readonly name = 'ParseError';
  readonly reason: string;
  readonly span: Span;

  constructor(reason: string, span: Span, text: string) {
    super(`${place(span.start, text)}: parse error: ${reason}`);
    this.reason = reason;
    this.span = span;
  }
}

/** `LINE:COLUMN` of a place in a text; the column counts bytes of UTF-8, as the original does. */
export function place(at: number, text: string): string {
  const before = text.slice(0, at);
  const line = before.lastIndexOf('\n') + 1;
  const column = new TextEncoder().encode(before.slice(line)).length + 1;
  return `${before.split('\n').length}:${column}`;
}
