import type { Cut } from './troubles.ts';

export interface CutTriggerOptions {
  /** End of the log: what is acknowledged is before it. */
  mark(): number;
  /** Whether a check should be going down just now. */
  isDeadline(): boolean;
  cut(cut: Cut): void;
}

/** A power cut that waits for its moment: a write of some kind is asked for, and some promises are settled. */
export class CutTrigger {
  readonly #options: CutTriggerOptions;
  #armed: Cut | null = null;
  #counting = false;
  /** End of the log at the last acknowledged write; without a moment to wait for, nothing was under way. */
  acknowledged = Number.POSITIVE_INFINITY;

  constructor(options: CutTriggerOptions) {
    this.#options = options;
  }

  get isArmed(): boolean {
    return this.#armed !== null;
  }

  /** Whether its moment has come, and the promises are counted. */
  get isCounting(): boolean {
    return this.#counting;
  }

  arm(cut: Cut): void {
    this.#armed = cut;
  }

  /** Whether this cut still waits for its moment. */
  waits(cut: Cut): boolean {
    return this.#armed === cut && !this.#counting;
  }

  /** The cut has come, or was put off. */
  reset(): void {
    this.#armed = null;
    this.#counting = false;
    this.acknowledged = Number.POSITIVE_INFINITY;
  }

  onWrite(command: string): void {
    const armed = this.#armed;
    if (armed === null || this.#counting || armed.moment !== command) return;
    if (command === 'checks.expire' && !this.#options.isDeadline()) return;
    this.#counting = true;
    this.acknowledged = this.#options.mark();
    void this.#countDown(armed);
  }

  onWritten(): void {
    if (this.#counting) this.acknowledged = this.#options.mark();
  }

  async #countDown(cut: Cut): Promise<void> {
    for (let left = cut.promises; left > 0; left--) await null;
    this.#options.cut(cut);
  }
}
