import type { Span } from '../syntax/ast.ts';
import { place } from '../syntax/parse-error.ts';

/** Kinds of texts that one answer may carry: beyond that a query says the same thing again and again. */
const MOST = 1000;

/** What the reader of a result has to know, each text and place once, in the order it came up. */
export class Annotations {
  readonly #text: string;
  readonly #said = new Set<string>();

  /** @param text the expression's. */
  constructor(text: string) {
    this.#text = text;
  }

  add(annotation: string, span: Span): void {
    if (this.#said.size < MOST) this.#said.add(`${annotation} (${place(span.start, this.#text)})`);
  }

  get all(): readonly string[] {
    return [...this.#said];
  }
}
