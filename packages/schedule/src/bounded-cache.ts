/**
 * A map that forgets what was not used lately. Two generations: when the young one is full it becomes the old
 * one and the former old one is dropped, so a hit costs one lookup and at most `2 * limit` entries live.
 */
export class BoundedCache<Value> {
  readonly #limit: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The value kept for `key`, or what `create` returns for it, which is then kept. */
  get(key: string, create: (key: string) => Value): Value {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const value = this.#old.get(key) ?? create(key);
    if (this.#young.size >= this.#limit) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
    return value;
  }
}
