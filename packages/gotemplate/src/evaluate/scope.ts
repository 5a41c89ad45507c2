import type { GoValue } from '../values/value.ts';

/** The variables of one template while it is executed, the innermost last. */
export class Scope {
  readonly #names: string[] = [];
  readonly #values: GoValue[] = [];

  constructor(root: GoValue) {
    this.push('$', root);
  }

  push(name: string, value: GoValue): void {
    this.#names.push(name);
    this.#values.push(value);
  }

  get(name: string): GoValue {
    return this.#values[this.#names.lastIndexOf(name)];
  }

  /** @returns whether there is such a variable. */
  set(name: string, value: GoValue): boolean {
    const index = this.#names.lastIndexOf(name);
    if (index !== -1) this.#values[index] = value;
    return index !== -1;
  }

  /** How many there are now: what comes later is gone after `leave`. */
  get mark(): number {
    return this.#names.length;
  }

  leave(mark: number): void {
    this.#names.length = mark;
    this.#values.length = mark;
  }
}
