import type { Settled, Settlement } from '../../src/notify/settle.ts';
import type { Claim } from '../../src/work/queue.ts';
import type { ServerLife } from './server-life.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Milliseconds for which a lane is its claimant's. */
const LEASE = 120_000;

interface Held {
  life: ServerLife;
  fence: number;
  since: number;
}

export interface LeaseJudgeOptions {
  time: VirtualTime;
  onViolation(text: string): void;
}

/** Lanes are one node's at a time: nobody takes one from a node that is well, and who lost one settles nothing. */
export class LeaseJudge {
  readonly #options: LeaseJudgeOptions;
  readonly #held = new Map<string, Held>();
  /** Settlements that came too late. */
  refused = 0;

  constructor(options: LeaseJudgeOptions) {
    this.#options = options;
  }

  claimed(life: ServerLife, claims: readonly Claim[]): void {
    const { time, onViolation } = this.#options;
    for (const { key, fence } of claims) {
      const before = this.#held.get(key);
      if (before !== undefined && before.life !== life && this.#isKept(before)) {
        onViolation(`lane ${key} was taken from a node that is well, after ${time.now - before.since} ms`);
      }
      this.#held.set(key, { life, fence, since: time.now });
    }
  }

  #isKept({ life, since }: Held): boolean {
    return !life.dead && life.asleepUntil < since && this.#options.time.now < since + LEASE;
  }

  settled(life: ServerLife, { lane, fence }: Settlement, outcome: Settled): void {
    const held = this.#held.get(lane);
    const isOwn = held?.life === life && held.fence === fence;
    if (isOwn !== (outcome === 'settled')) {
      this.#options.onViolation(`lane ${lane} is ${outcome} for ${isOwn ? 'who holds it' : 'who lost it'}`);
    }
    if (outcome === 'lost') this.refused += 1;
    else this.#held.delete(lane);
  }
}
