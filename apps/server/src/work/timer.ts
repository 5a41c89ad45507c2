import type { Clock } from '../clock.ts';

/**
 * Runs a task at the nearest instant that anyone asked for, one run at a time. The task returns when it wants
 * to run next (epoch ms), or null; instants asked for while it runs are kept.
 */
export class WakeTimer {
  readonly #clock: Clock;
  readonly #task: () => Promise<number | null>;
  readonly #coalesce: number;
  #cancel: (() => void) | null = null;
  #wakeAt = Number.POSITIVE_INFINITY;
  #running: Promise<void> | null = null;
  #stopped = false;

  /** `coalesce`: milliseconds by which near instants may share a run. The task must not throw. */
  constructor(clock: Clock, coalesce: number, task: () => Promise<number | null>) {
    this.#clock = clock;
    this.#coalesce = coalesce;
    this.#task = task;
  }

  /** Asks for a run at `at`, epoch ms. */
  wake(at: number): void {
    if (this.#stopped || at >= this.#wakeAt) return;
    this.#wakeAt = at;
    if (this.#running === null) this.#arm();
  }

  /** Epoch ms of the next run; Infinity = none. */
  get wakeAt(): number {
    return this.#wakeAt;
  }

  /** No run starts any more; resolves when the current one is over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    await this.#running;
  }

  #arm(): void {
    this.#cancel?.();
    this.#cancel = null;
    if (this.#stopped || this.#wakeAt === Number.POSITIVE_INFINITY) return;
    const delay = Math.max(this.#coalesce, this.#wakeAt - this.#clock.now());
    this.#cancel = this.#clock.after(delay, () => {
      this.#running = this.#run().finally(() => {
        this.#running = null;
        this.#arm();
      });
    });
  }

  async #run(): Promise<void> {
    while (!this.#stopped && this.#wakeAt <= this.#clock.now()) {
      this.#wakeAt = Number.POSITIVE_INFINITY;
      const next = await this.#task();
      if (next !== null) this.#wakeAt = Math.min(this.#wakeAt, next);
    }
  }
}
