import type { ServerLife } from './server-life.ts';
import type { Full } from './troubles.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Whether the disk takes what is written. */
export class DiskSpace {
  readonly #time: VirtualTime;
  #full = false;
  /** When there was room again. */
  #fullUntil = Number.NEGATIVE_INFINITY;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  get isFull(): boolean {
    return this.#full;
  }

  /** Until when it was full; Infinity = it still is. */
  get fullUntil(): number {
    return this.#full ? Number.POSITIVE_INFINITY : this.#fullUntil;
  }

  /** Lets the disk take no more of this process for a while. */
  fill(life: ServerLife, { duration, readOnly }: Full): void {
    this.#full = true;
    void life.limit(readOnly);
    this.#time.at(this.#time.now + duration, () => {
      if (life.dead) return;
      this.empty();
      void life.unlimit();
    });
  }

  /** There is room: somebody cleaned up, or started anew. */
  empty(): void {
    if (!this.#full) return;
    this.#full = false;
    this.#fullUntil = this.#time.now;
  }
}
