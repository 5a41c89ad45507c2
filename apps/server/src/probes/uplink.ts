import { connect } from 'node:net';
import type { Clock } from '../clock.ts';
import type { Reason } from './failure.ts';

/** Failures that an uplink that is gone looks like. */
const LOOKS_LIKE: ReadonlySet<Reason> = new Set(['dns', 'unreachable', 'timeout']);
/** Milliseconds for which an answer holds. */
const HOLDS = 3_000;
/** Milliseconds to reach one of them. */
const WITHIN = 2_000;

export interface Endpoint {
  host: string;
  port: number;
}

/** Resolves when something answers there, be it with a refusal; rejects when nothing does. */
type Reach = (endpoint: Endpoint) => Promise<void>;

/**
 * Tells whether a failure may be our own: nothing that should always be there can be reached. One that answers, or
 * refuses, says that the uplink is there. Without endpoints to ask it is taken to be.
 */
export class Uplink {
  readonly #clock: Clock;
  readonly #reach: Reach;
  #endpoints: readonly Endpoint[];
  #asked: { at: number; answer: Promise<boolean> } | null = null;

  constructor(clock: Clock, endpoints: readonly Endpoint[], reach: Reach = reached) {
    this.#clock = clock;
    this.#reach = reach;
    this.#endpoints = endpoints;
  }

  /** Asks others from now on. */
  set endpoints(endpoints: readonly Endpoint[]) {
    this.#endpoints = endpoints;
    this.#asked = null;
  }

  /** Whether a run that failed so says nothing about its service. */
  async explains(reason: Reason): Promise<boolean> {
    if (this.#endpoints.length === 0 || !LOOKS_LIKE.has(reason)) return false;
    return !(await this.#isThere());
  }

  #isThere(): Promise<boolean> {
    const now = this.#clock.monotonic();
    if (this.#asked === null || now - this.#asked.at > HOLDS) {
      const answer = Promise.any(this.#endpoints.map((endpoint) => this.#reach(endpoint))).then(
        () => true,
        () => false,
      );
      this.#asked = { at: now, answer };
    }
    return this.#asked.answer;
  }
}

/** Tries once, over TCP. */
function reached({ host, port }: Endpoint): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: WITHIN });
    const end = (error: Error | null): void => {
      socket.destroy();
      if (error === null || ('code' in error && error.code === 'ECONNREFUSED')) resolve();
      else reject(error);
    };
    socket.once('connect', () => end(null));
    socket.once('timeout', () => end(new Error('no answer')));
    socket.once('error', end);
  });
}
