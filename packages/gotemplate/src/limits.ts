import { LimitError } from './template-error.ts';
import { utf8Length } from './values/utf8.ts';
import { GoSlice, type GoValue } from './values/value.ts';

/** How much one execution may take. */
export interface Limits {
  /** Nodes of templates that are executed, arguments among them. */
  readonly steps: number;
  /** Bytes of the output; no text, and no list, that a function makes is longer either. */
  readonly bytes: number;
  /** Templates within templates. */
  readonly depth: number;
}

/** Far beyond what alerts need: a mail is some 20 kB after some thousand steps. */
export const DEFAULT_LIMITS: Limits = { steps: 200_000, bytes: 4 << 20, depth: 200 };

/** A function goes through so many characters, or items of a list, in the time of a step: some 0.2 microseconds. */
const CHARACTERS_OF_STEP = 1000;
const ITEMS_OF_STEP = 100;

/** Counts what one execution has taken. */
export class Meter {
  readonly #limits: Limits;
  #steps = 0;
  #bytes = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** @throws {LimitError} when the steps are used up. */
  step(count = 1): void {
    this.#steps += count;
    if (this.#steps > this.#limits.steps) throw new LimitError(`exceeded ${this.#limits.steps} steps`);
  }

  /** Counts what a function has to go through. @throws {LimitError} when the steps are used up. */
  work(values: readonly GoValue[]): void {
    for (const value of values)
      if (typeof value === 'string') this.step(Math.floor(value.length / CHARACTERS_OF_STEP));
      else if (value instanceof GoSlice) this.step(Math.floor(value.items.length / ITEMS_OF_STEP));
  }

  /** @throws {LimitError} when the output has become too long. */
  output(text: string): void {
    this.#bytes += utf8Length(text);
    if (this.#bytes > this.#limits.bytes) throw new LimitError(`output exceeds ${this.#limits.bytes} bytes`);
  }

  /** @throws {LimitError} when templates are nested too deeply. */
  depth(depth: number): void {
    if (depth > this.#limits.depth)
      throw new LimitError(`exceeded maximum template depth (${this.#limits.depth})`);
  }

  /** Refuses a value that would be longer than the whole output may be, before it is made. */
  size(length: number): void {
    if (length > this.#limits.bytes) throw new LimitError(`a value exceeds ${this.#limits.bytes} bytes`);
  }
}
