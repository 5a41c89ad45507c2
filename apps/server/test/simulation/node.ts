/** One of several nodes on one database: it runs, hangs, dies, and hears of the others late or not at all. */
import { effectsOfOthers, type PeerOptions } from '../../src/store/postgres/peers.ts';
import type { Random } from './random.ts';
import type { ServerLife } from './server-life.ts';
import type { SharedDatabase } from './shared-database.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Share of notifications that come at once, and the longest delays of these and the others. */
const USUAL = 0.98;
const USUAL_DELAY = 20;
const LONGEST_DELAY = 2_000;

export interface NodeOptions {
  time: VirtualTime;
  random: Random;
  database: SharedDatabase;
}

export class Node {
  readonly #options: NodeOptions;
  #life: ServerLife | null = null;
  /** Breaks its connection, and ends the transaction in it. */
  #disconnect: () => void = () => undefined;
  /** When it was last ready, or awake again; Infinity = it is not. */
  #wellSince = Number.POSITIVE_INFINITY;
  #deafUntil = Number.NEGATIVE_INFINITY;
  /** Looks at everything again, having missed what others said. */
  #onGap: () => void = () => undefined;

  constructor(options: NodeOptions) {
    this.#options = options;
  }

  /** The process that takes requests; null = none does. */
  get life(): ServerLife | null {
    return this.isWell ? this.#life : null;
  }

  get isWell(): boolean {
    return this.#wellSince <= this.#options.time.now;
  }

  /** When its last trouble was over; Infinity = it is not. */
  get wellSince(): number {
    return this.#wellSince;
  }

  /** From when on it knows whatever the others do; Infinity = it does not. */
  get knowsSince(): number {
    if (this.#deafUntil > this.#options.time.now) return Number.POSITIVE_INFINITY;
    return Math.max(this.#wellSince, this.#deafUntil);
  }

  /** A new process begins. */
  begin(life: ServerLife, disconnect: () => void): void {
    this.#life = life;
    this.#disconnect = disconnect;
  }

  ready(): void {
    this.#wellSince = this.#options.time.now;
  }

  owns(life: ServerLife): boolean {
    return this.#life === life;
  }

  /** The process ends, in the middle of whatever it is at. */
  kill(): ServerLife | null {
    const life = this.#life;
    if (life === null) return null;
    life.dead = true;
    this.#disconnect();
    this.#life = null;
    this.#wellSince = Number.POSITIVE_INFINITY;
    return life;
  }

  /** The process hangs. */
  sleep(duration: number): void {
    const { time } = this.#options;
    if (this.#life !== null) this.#life.asleepUntil = time.now + duration;
    this.#wellSince = time.now + duration;
  }

  /** What others say is lost for a while. */
  deafen(duration: number): void {
    const { time } = this.#options;
    const life = this.#life;
    this.#deafUntil = time.now + duration;
    time.at(this.#deafUntil, () => {
      if (life !== null) this.#whenAwake(life, () => this.#onGap());
    });
  }

  /** Hears the others, as over a connection: late, but in order. */
  listen(life: ServerLife, { origin, onEffects, onGap }: PeerOptions): () => Promise<void> {
    const { time, random, database } = this.#options;
    let latest = time.now;
    const stop = database.hear((payload) => {
      const effects = effectsOfOthers(payload, origin);
      if (effects.length === 0 || time.now < this.#deafUntil) return;
      const delay = random.chance(USUAL) ? random.int(USUAL_DELAY) : random.int(LONGEST_DELAY);
      latest = Math.max(latest, time.now + delay);
      time.at(latest, () => this.#whenAwake(life, () => onEffects(effects)));
    });
    this.#onGap = onGap;
    time.at(time.now + 1, () => this.#whenAwake(life, onGap));
    return async () => stop();
  }

  #whenAwake(life: ServerLife, run: () => void): void {
    if (life.dead) return;
    const { time } = this.#options;
    if (time.now < life.asleepUntil) time.at(life.asleepUntil, () => this.#whenAwake(life, run));
    else run();
  }
}
