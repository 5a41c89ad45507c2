import type { Change } from '@vigie/contract';
import type { Clock } from '../../../clock.ts';

/** Milliseconds between two messages to one client: four a second at most. */
export const MESSAGE_INTERVAL = 250;
/** Milliseconds after which a quiet connection is shown to be alive; proxies cut after 30 or 60 s. */
export const HEARTBEAT = 15_000;
/** Changed things that wait for a slow client; beyond it, it is told to fetch everything. */
const QUEUE_LIMIT = 1000;

/** Where a stream writes. */
export interface Sink {
  /** @returns false when the client does not keep up; `onDrain` is called once it does again. */
  write(text: string): boolean;
  onDrain(callback: () => void): void;
  end(): void;
}

/**
 * One client's stream of changes: each thing once a message, at most four messages a second, a bounded number
 * waiting. What does not fit becomes one `resync`: fetch everything anew.
 */
export class EventStream {
  readonly #clock: Clock;
  readonly #sink: Sink;
  /** By noun and id: a thing that changes twice waits once. */
  readonly #waiting = new Map<string, Change>();
  #overflowed = false;
  /** The id that what waits leads up to. */
  #lastId = '';
  #blocked = false;
  #ended = false;
  #nextAt = Number.NEGATIVE_INFINITY;
  #cancelSend: (() => void) | null = null;
  #cancelHeartbeat: () => void;

  constructor(clock: Clock, sink: Sink) {
    this.#clock = clock;
    this.#sink = sink;
    this.#cancelHeartbeat = clock.after(HEARTBEAT, () => this.#beat());
  }

  /** Whether more changes make no difference: the client will be told to fetch everything. */
  get isFull(): boolean {
    return this.#overflowed;
  }

  /** Lets the client know of changes up to `id`. */
  add(changes: Change[], id: string): void {
    this.#lastId = id;
    for (const change of changes) {
      if (this.#overflowed) break;
      this.#waiting.set(`${change.noun} ${change.id}`, change);
      if (this.#waiting.size > QUEUE_LIMIT) this.resync(id);
    }
    if (this.#waiting.size > 0) this.#plan();
  }

  /** Tells the client to fetch everything anew. */
  resync(id: string): void {
    this.#lastId = id;
    this.#waiting.clear();
    this.#overflowed = true;
    this.#plan();
  }

  /** Says which id the client has reached without any change. */
  open(id: string): void {
    this.#write(`retry: 3000\nid: ${id}\n: welcome\n\n`);
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cancelSend?.();
    this.#cancelHeartbeat();
    this.#sink.end();
  }

  #plan(): void {
    if (this.#blocked || this.#ended || this.#cancelSend !== null) return;
    const wait = Math.max(0, this.#nextAt - this.#clock.monotonic());
    this.#cancelSend = this.#clock.after(wait, () => {
      this.#cancelSend = null;
      this.#send();
    });
  }

  #send(): void {
    if (this.#blocked) return;
    this.#nextAt = this.#clock.monotonic() + MESSAGE_INTERVAL;
    const data = this.#overflowed ? '{}' : JSON.stringify({ changes: [...this.#waiting.values()] });
    const event = this.#overflowed ? 'resync' : 'change';
    this.#overflowed = false;
    this.#waiting.clear();
    this.#write(`id: ${this.#lastId}\nevent: ${event}\ndata: ${data}\n\n`);
  }

  #beat(): void {
    if (!this.#blocked) this.#write(': alive\n\n');
    this.#cancelHeartbeat = this.#clock.after(HEARTBEAT, () => this.#beat());
  }

  #write(text: string): void {
    if (this.#ended || this.#sink.write(text)) return;
    this.#blocked = true;
    this.#sink.onDrain(() => {
      this.#blocked = false;
      if (this.#overflowed || this.#waiting.size > 0) this.#plan();
    });
  }
}
