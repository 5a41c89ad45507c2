import type { Clock } from '../clock.ts';
import type { Destination } from './channel.ts';

/** Messages under way at once, to all servers. */
const MOST_ACTIVE = 256;
/** The same to one server, so that four busy ones leave room for a fifth. */
const MOST_PER_HOST = 64;
/** Milliseconds after which a message under way makes its server a slow one. */
const SLOW_AFTER = 1_000;
/** Messages that may wait here for a slow server; the others wait in the store. */
const SLOW_WAITING = 8;
/** Milliseconds between two looks for slow servers while messages wait. */
const LOOK_EVERY = 1_000;
/** Milliseconds of rest in the store, growing by a bit with each message sent there. */
const SHORTEST_REST = 2_000;
const REST_PER_MESSAGE = 1;
const LONGEST_REST = 60_000;
/** Milliseconds over which messages held back by a Retry-After come again, so that not all do at once. */
const PAUSE_SPREAD = 1_000;

/** How a server fared: it took the message or gave a reason not to, it is in trouble, or it was not asked. */
export type Condition = 'fine' | 'troubled' | 'unknown';

interface Host<J> {
  active: Map<J, number>;
  waiting: J[];
  most: number;
  /** Messages at once: halved by each trouble, doubled by each success. */
  limit: number;
  /** Messages sent back to rest since it was last fine. */
  rested: number;
}

export interface OutboxOptions<J> {
  clock: Clock;
  random(): number;
  /** Sends a message; `done` must be called when it is over. */
  start(job: J): void;
  /** Takes a message back that is not sent now; it may come again after `delay` ms. */
  giveBack(job: J, delay: number): void;
}

/**
 * Claimed messages on their way out: so many at once, so many to one server, servers in turn. A server that
 * hangs or fails keeps few places and few messages here, so that it never stands in the way of the others.
 */
export class Outbox<J extends { destination: Destination }> {
  readonly #options: OutboxOptions<J>;
  readonly #hosts = new Map<string, Host<J>>();
  /** Accounts that asked for a pause, and until when on the monotonic clock. */
  readonly #pauses = new Map<string, number>();
  #active = 0;
  #waiting = 0;
  #cancelLook: (() => void) | null = null;

  constructor(options: OutboxOptions<J>) {
    this.#options = options;
  }

  get active(): number {
    return this.#active;
  }

  get waiting(): number {
    return this.#waiting;
  }

  add(job: J): void {
    const pause = this.#pauseOf(job);
    if (pause > 0) {
      this.#options.giveBack(job, pause + this.#options.random() * PAUSE_SPREAD);
      return;
    }
    const host = this.#hostOf(job);
    if (host.waiting.length >= SLOW_WAITING && this.#isSlow(host)) {
      this.#rest(host, job);
      return;
    }
    host.waiting.push(job);
    this.#waiting += 1;
  }

  /** Starts what may start. */
  pump(): void {
    for (const [name, host] of this.#hosts) {
      if (this.#active >= MOST_ACTIVE) break;
      if (!this.#startOne(host)) continue;
      // To the end of the queue, which this loop comes to as well: the next place is somebody else's.
      this.#hosts.delete(name);
      this.#hosts.set(name, host);
    }
    if (this.#waiting > 0) this.#lookLater();
  }

  /** Says how it went; `pause` = milliseconds for which its account wants to hear nothing. */
  done(job: J, condition: Condition, pause: number): void {
    const host = this.#hostOf(job);
    if (host.active.delete(job)) this.#active -= 1;
    if (condition === 'fine') {
      host.limit = Math.min(host.most, host.limit * 2);
      host.rested = 0;
    } else if (condition === 'troubled') host.limit = Math.max(1, Math.floor(host.limit / 2));
    if (pause > 0) this.#pause(host, job, pause);
    this.#forget(job.destination.host, host);
    this.pump();
  }

  /** Takes out everything that has not started. */
  drain(): J[] {
    this.#cancelLook?.();
    this.#cancelLook = null;
    const jobs = [...this.#hosts.values()].flatMap((host) => host.waiting.splice(0));
    this.#waiting = 0;
    return jobs;
  }

  #startOne(host: Host<J>): boolean {
    if (host.active.size >= host.limit) return false;
    const job = host.waiting.shift();
    if (job === undefined) return false;
    this.#waiting -= 1;
    this.#active += 1;
    host.active.set(job, this.#options.clock.monotonic());
    this.#options.start(job);
    return true;
  }

  #hostOf({ destination }: J): Host<J> {
    const known = this.#hosts.get(destination.host);
    if (known !== undefined) return known;
    const most = destination.limit ?? MOST_PER_HOST;
    const host: Host<J> = { active: new Map(), waiting: [], most, limit: most, rested: 0 };
    this.#hosts.set(destination.host, host);
    return host;
  }

  /** A server that nothing is known of needs no entry; one in trouble is remembered by its messages alone. */
  #forget(name: string, host: Host<J>): void {
    const idle = host.active.size === 0 && host.waiting.length === 0;
    if (idle && (host.limit === host.most || this.#hosts.size > MOST_ACTIVE)) this.#hosts.delete(name);
  }

  #isSlow(host: Host<J>): boolean {
    if (host.limit <= host.most / 8) return true;
    const [oldest] = host.active.values();
    return oldest !== undefined && this.#options.clock.monotonic() - oldest >= SLOW_AFTER;
  }

  #rest(host: Host<J>, job: J): void {
    host.rested += 1;
    const longest = Math.min(LONGEST_REST, SHORTEST_REST + host.rested * REST_PER_MESSAGE);
    this.#options.giveBack(job, (longest * (1 + this.#options.random())) / 2);
  }

  #pauseOf({ destination }: J): number {
    const until = this.#pauses.get(destination.account);
    if (until === undefined) return 0;
    const left = until - this.#options.clock.monotonic();
    if (left <= 0) this.#pauses.delete(destination.account);
    return Math.max(0, left);
  }

  #pause(host: Host<J>, { destination: { account } }: J, duration: number): void {
    const now = this.#options.clock.monotonic();
    for (const [name, until] of this.#pauses) if (until <= now) this.#pauses.delete(name);
    this.#pauses.set(account, Math.max(this.#pauses.get(account) ?? 0, now + duration));
    this.#takeOut(host, (job) => job.destination.account === account).forEach((job) => {
      this.add(job);
    });
  }

  #takeOut(host: Host<J>, isMeant: (job: J, index: number) => boolean): J[] {
    const out = host.waiting.filter(isMeant);
    host.waiting = host.waiting.filter((job, index) => !isMeant(job, index));
    this.#waiting -= out.length;
    return out;
  }

  #lookLater(): void {
    this.#cancelLook ??= this.#options.clock.after(LOOK_EVERY, () => {
      this.#cancelLook = null;
      for (const host of this.#hosts.values()) {
        if (!this.#isSlow(host)) continue;
        for (const job of this.#takeOut(host, (_, index) => index >= SLOW_WAITING)) this.#rest(host, job);
      }
      this.pump();
    });
  }
}
