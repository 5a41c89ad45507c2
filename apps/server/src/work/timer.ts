import type { Clock } from '../clock.ts';

/**
 * Runs a task at the nearest instant that anyone asked for, one run at a time. The task returns when it wants
 * to run next (epoch ms), or null; instants asked for while it runs are kept. It waits on monotonic time: a
 * step of the wall clock neither shortens nor lengthens a wait, and instants by the new clock compare rightly.
 */
export class WakeTimer {
  readonly #clock: Clock;
  readonly #task: () => Promise<number | null>;
  readonly #coalesce: number;
  #cancel: (() => void) | null = null;
  /** The next run, on the monotonic clock. */
  #due = Number.POSITIVE_INFINITY;
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
    if (this.#stopped || !this.#ask(at)) return;
    if (this.#running === null) this.#arm();
  }

  /** Epoch ms of the next run; Infinity = none. */
  get wakeAt(): number {
    return this.#clock.now() + this.#due - this.#clock.monotonic();
  }

  /** Whether `at` is nearer than what it waits for; it is what it waits for now. */
  #ask(at: number): boolean {
    const due = this.#clock.monotonic() + at - this.#clock.now();
    if (due >= this.#due) return false;
    this.#due = due;
    return true;
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
    if (this.#stopped || this.#due === Number.POSITIVE_INFINITY) return;
    // Timers cut fractions off: a run would come too early.
    const delay = Math.ceil(Math.max(this.#coalesce, this.#due - this.#clock.monotonic()));
    this.#cancel = this.#clock.after(delay, () => {
      this.#running = this.#run().finally(() => {
        this.#running = null;
        this.#arm();
      });
    });
  }

  async #run(): Promise<void> {
    while (!this.#stopped && this.#due <= this.#clock.monotonic()) {
      this.#due = Number.POSITIVE_INFINITY;
      const next = await this.#task();
      if (next !== null) this.#ask(next);
    }
  }
}
