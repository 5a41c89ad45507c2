import type { Span } from '../syntax/ast.ts';
import { place } from '../syntax/parse-error.ts';

/** Kinds of texts that one answer may carry: beyond that a query says the same thing again and again. */
const MOST = 1000;

/** What the reader of a result has to know, each text and place once, in the order it came up. */
export class Annotations {
  readonly #text: string;
  readonly #said = new Set<string>();
  /** What was said of each place: to look there is quicker than to find out its line. */
  readonly #known = new Map<number, Set<string>>();

  /** @param text the expression's. */
  constructor(text: string) {
    this.#text = text;
  }

  add(annotation: string, span: Span): void {
    const known = this.#known.get(span.start) ?? new Set();
    if (known.has(annotation) || this.#said.size >= MOST) return;
    this.#known.set(span.start, known.add(annotation));
    this.#said.add(`${annotation} (${place(span.start, this.#text)})`);
  }

  get all(): readonly string[] {
    return [...this.#said];
  }
}
