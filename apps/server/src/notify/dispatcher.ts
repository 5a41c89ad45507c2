import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import { type Ended, withTimeLimit } from '../time-limit.ts';
import type { Claim, Claimed, ClaimInput } from '../work/queue.ts';
import { WakeTimer } from '../work/timer.ts';
import type { Destination } from './channel.ts';
import type { Outcome, Prepared } from './deliver.ts';
import type { QueuedDelivery } from './load.ts';
import { Outbox } from './outbox.ts';
import { DELIVERY_WORK } from './queue.ts';
import { waitFor } from './retry.ts';
import type { Settled, Settlement } from './settle.ts';
import { judge, type Try } from './verdict.ts';

/** Lanes claimed in one transaction: enough for thousands a second, few enough to read in milliseconds. */
const CLAIM_BATCH = 200;
/** Lanes held in memory at once, whatever waits in the store. */
const MOST_HELD = 1024;
/** Milliseconds for which a lane is ours. */
const LEASE = 120_000;
/** Milliseconds that a try takes at most; what is under way longer has failed. */
const TRY_TIMEOUT = 35_000;
/** Milliseconds of the lease that must be left when a try begins, so that it ends within it. */
const LEASE_LEFT = TRY_TIMEOUT + 10_000;
/** Milliseconds by which near instants share a claim. */
const COALESCE = 5;
/** Milliseconds until the next try after the store refused. */
const STORE_RETRY = 1_000;
/** Milliseconds after a claim that found nothing, so that a lane another node is just taking is not a loop. */
const EMPTY_PAUSE = 50;
/** Milliseconds until the next look whether other work still goes first. */
const GIVE_WAY = 20;
/** Milliseconds that a stop waits for messages under way, and then for their results to be written. */
const DRAIN = 5_000;
const LAST_WRITES = 1_000;

export interface DispatcherOptions {
  clock: Clock;
  /** This node, as the work table names it. */
  owner: string;
  /** Whether other work goes first: nothing new is claimed then. True for seconds at most. */
  givesWay?(): boolean;
  claim(input: ClaimInput): Promise<Claimed>;
  settle(settlement: Settlement): Promise<Settled>;
  /** The oldest queued delivery of each lane. */
  load(lanes: string[]): Promise<QueuedDelivery[]>;
  prepare(delivery: QueuedDelivery): Prepared;
  /** Sends what was prepared. Never throws. */
  send(prepared: Sendable, signal: AbortSignal): Promise<Outcome>;
  /** Uniform in [0, 1). */
  random(): number;
  onError(message: string): void;
  /** Told of each try that is written down. */
  onSettled?(made: Try): void;
}

export type Sendable = Extract<Prepared, { destination: Destination }>;

/** A delivery that is ours. Instants are of the monotonic clock: the other may be set while a try is under way. */
interface Held {
  claim: Claim;
  delivery: QueuedDelivery;
  createdAt: number;
  leaseEnds: number;
}

interface Job extends Held {
  sendable: Sendable;
  destination: Destination;
}

/**
 * Takes queued deliveries out of the store and sends them. The rows are the queue: memory holds a bounded
 * window of lanes, each under a lease, and one instant to wake at.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #timer: WakeTimer;
  readonly #outbox: Outbox<Job>;
  readonly #abort = new AbortController();
  #held = 0;
  #full = false;
  #stopped = false;
  #onIdle: (() => void) | null = null;
  #complainedAt = Number.NEGATIVE_INFINITY;
  /** Until when, on the monotonic clock, lanes may be ours by a claim whose answer was lost. */
  #strayUntil = Number.NEGATIVE_INFINITY;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#timer = new WakeTimer(options.clock, COALESCE, () => this.#claim());
    this.#outbox = new Outbox({
      clock: options.clock,
      random: options.random,
      start: (job) => void this.#send(job),
      giveBack: (job, delay) => void this.#giveBack(job, delay),
    });
  }

  /** Says that work is due at `at`, epoch ms. */
  wake(at: number): void {
    this.#timer.wake(at);
  }

  /** Epoch ms of the next look at the store; Infinity = none. */
  get wakeAt(): number {
    return this.#timer.wakeAt;
  }

  /** Lanes in memory: claimed and not yet given back, under way, and waiting for their turn. */
  get load(): { held: number; active: number; waiting: number } {
    return { held: this.#held, active: this.#outbox.active, waiting: this.#outbox.waiting };
  }

  /**
   * Ends within seconds: what has not started goes back to the store, what is under way gets some time; what
   * then still hangs is ended and tried again by whoever starts next.
   */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#timer.stop();
    for (const job of this.#outbox.drain()) void this.#giveBack(job, 0);
    await this.#idleWithin(DRAIN);
    this.#abort.abort();
    await this.#idleWithin(LAST_WRITES);
  }

  /** The timer's task: claims as many lanes as there is room for. */
  async #claim(): Promise<number | null> {
    const { clock, owner, claim, givesWay } = this.#options;
    this.#full = !this.#hasRoom();
    if (this.#full) return null;
    if (givesWay?.()) return clock.now() + GIVE_WAY;
    try {
      const leaseEnds = clock.monotonic() + LEASE;
      const { claims, next } = await claim({ kind: DELIVERY_WORK, owner, lease: LEASE, limit: CLAIM_BATCH });
      this.#held += claims.length;
      await this.#take(claims, leaseEnds);
      const due = this.#orStray(next);
      return claims.length > 0 || due === null ? due : Math.max(due, clock.now() + EMPTY_PAUSE);
    } catch (error) {
      this.#complain(`deliveries cannot be claimed: ${messageOf(error)}`);
      this.#strayUntil = clock.monotonic() + LEASE;
      return clock.now() + STORE_RETRY;
    }
  }

  /** The store names no lease of our own: those that nobody here knows of are looked for when they have ended. */
  #orStray(next: number | null): number | null {
    const { clock } = this.#options;
    const left = this.#strayUntil - clock.monotonic();
    if (left <= 0) return next;
    return Math.min(next ?? Number.POSITIVE_INFINITY, clock.now() + left);
  }

  async #take(claims: Claim[], leaseEnds: number): Promise<void> {
    if (claims.length === 0) return;
    let deliveries: Map<string, QueuedDelivery>;
    try {
      const loaded = await this.#options.load(claims.map(({ key }) => key));
      deliveries = new Map(loaded.map((delivery) => [delivery.lane, delivery]));
    } catch (error) {
      this.#complain(`deliveries cannot be read: ${messageOf(error)}`);
      const again = this.#options.clock.now() + STORE_RETRY;
      for (const claim of claims) void this.#settle(claim, leaseEnds, null, again);
      return;
    }
    for (const claim of claims) this.#prepare(claim, deliveries.get(claim.key), leaseEnds);
    if (!this.#stopped) this.#outbox.pump();
  }

  #prepare(claim: Claim, delivery: QueuedDelivery | undefined, leaseEnds: number): void {
    if (delivery === undefined) {
      void this.#settle(claim, leaseEnds, null, null);
      return;
    }
    const { clock, prepare } = this.#options;
    const at = clock.now();
    const createdAt = clock.monotonic() - (at - delivery.createdAt);
    const held: Held = { claim, delivery, createdAt, leaseEnds };
    const prepared = prepare(delivery);
    if ('outcome' in prepared) {
      void this.#conclude(held, { outcome: prepared.outcome, at, duration: 0 });
      return;
    }
    this.#outbox.add({ ...held, sendable: prepared, destination: prepared.destination });
  }

  async #send(job: Job): Promise<void> {
    const { clock, send } = this.#options;
    const began = clock.monotonic();
    if (job.leaseEnds - began < LEASE_LEFT) {
      this.#outbox.done(job, 'unknown', 0);
      await this.#giveBack(job, 0);
      return;
    }
    const at = clock.now();
    const run = (signal: AbortSignal): Promise<Outcome> => send(job.sendable, signal);
    const outcome = await withTimeLimit(clock, TRY_TIMEOUT, this.#abort.signal, run, unanswered);
    const duration = Math.round(clock.monotonic() - began);
    const failed = outcome.state === 'failed' ? outcome : null;
    this.#outbox.done(job, failed?.retryable ? 'troubled' : 'fine', waitFor(failed?.retryAfter ?? 0));
    await this.#conclude(job, { outcome, at, duration });
  }

  async #conclude({ claim, delivery, createdAt, leaseEnds }: Held, made: Try): Promise<void> {
    const { clock, random, onSettled } = this.#options;
    const time = { now: clock.now(), age: clock.monotonic() - createdAt };
    const { result, again } = judge(delivery, made, time, random);
    // What our own stop ended is due at once for whoever starts next.
    const due = again !== null && this.#stopped ? clock.now() : again;
    const settled = await this.#settle(claim, leaseEnds, result, due);
    if (settled === 'lost') this.#complain(`a delivery outlived its lease: ${delivery.key}`);
    onSettled?.(made);
  }

  async #giveBack(job: Job, delay: number): Promise<void> {
    await this.#settle(job.claim, job.leaseEnds, null, this.#options.clock.now() + Math.ceil(delay));
  }

  /** Writes it down, however often the store refuses, while the lane is ours. */
  async #settle(
    claim: Claim,
    leaseEnds: number,
    result: Settlement['result'],
    again: number | null,
  ): Promise<Settled> {
    const { clock, owner, settle } = this.#options;
    const settlement = { lane: claim.key, owner, fence: claim.fence, result, again };
    try {
      for (;;) {
        try {
          return await settle(settlement);
        } catch (error) {
          this.#complain(`the result of a delivery cannot be written: ${messageOf(error)}`);
          if (this.#stopped || clock.monotonic() >= leaseEnds) {
            this.#timer.wake(clock.now() + STORE_RETRY);
            return 'lost';
          }
        }
        await new Promise<void>((resolve) => clock.after(STORE_RETRY, resolve));
      }
    } finally {
      this.#release();
    }
  }

  #release(): void {
    this.#held -= 1;
    if (this.#full && this.#hasRoom()) {
      this.#full = false;
      this.#timer.wake(this.#options.clock.now());
    }
    if (this.#held === 0) this.#onIdle?.();
  }

  /** A store that refuses does so a thousand times a second; once says it. */
  #complain(message: string): void {
    const now = this.#options.clock.monotonic();
    if (now - this.#complainedAt < STORE_RETRY) return;
    this.#complainedAt = now;
    this.#options.onError(message);
  }

  #hasRoom(): boolean {
    return MOST_HELD - this.#held >= CLAIM_BATCH;
  }

  async #idleWithin(limit: number): Promise<void> {
    if (this.#held === 0) return;
    const idle = Promise.withResolvers<void>();
    this.#onIdle = idle.resolve;
    const cancel = this.#options.clock.after(limit, idle.resolve);
    await idle.promise;
    cancel();
  }
}

async function unanswered(why: Ended): Promise<Outcome> {
  const message =
    why === 'stop' ? 'the server stopped before an answer came' : `no answer within ${TRY_TIMEOUT / 1000} s`;
  return { state: 'failed', message, retryable: true, retryAfter: null, permanent: false };
}
