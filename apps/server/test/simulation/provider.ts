/** Providers that take messages over HTTP, on good days and bad ones. */
import { DeliveryError } from '../../src/notify/failure.ts';
import type { OutboundRequest, OutboundResponse } from '../../src/outbound/exchange.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What goes wrong with a call. The last two take the message all the same. */
const FAULTS = [
  'error',
  'page',
  'refused',
  'busy',
  'busy for an hour',
  'hang',
  'hang after receipt',
  'reset after receipt',
] as const;
type Fault = (typeof FAULTS)[number];

const HOUR = 3_600_000;
/** Milliseconds between two bad times of a provider, and of one of them. */
const GOOD_TIMES = 20 * HOUR;
const BAD_TIME = HOUR;
const LONGEST_BAD_TIME = 6 * HOUR;
/** Share of calls that fail on a good day, and on a bad one. */
const GOOD_FAULTS = 0.01;
const BAD_FAULTS = 0.9;
/** Share of bad times in which each call fails in another way. */
const FLAPPING = 0.3;

export interface Receipt {
  key: string;
  channel: number;
  code: string;
  status: string;
  at: number;
  /** Whether the caller was told. */
  told: boolean;
}

export interface ProviderOptions {
  time: VirtualTime;
  random: Random;
  channel: number;
  /** When bad times end for good. */
  until: number;
  onReceipt(receipt: Receipt): void;
}

export class Provider {
  readonly #options: ProviderOptions;
  /** What goes wrong these hours; `flapping`: now this, now that. */
  #bad: Fault | 'flapping' | null = null;
  /** When a call last failed. */
  troubledAt = Number.NEGATIVE_INFINITY;

  constructor(options: ProviderOptions) {
    this.#options = options;
    this.#plan();
  }

  /** The address of its webhook, as a channel's settings have it. */
  get url(): string {
    return `http://provider-${this.#options.channel}.test/?status=$STATUS&code=$CODE`;
  }

  #plan(): void {
    const { time, random, until } = this.#options;
    const begin = time.now + random.wait(GOOD_TIMES);
    const end = begin + Math.min(LONGEST_BAD_TIME, random.wait(BAD_TIME));
    if (end > until) return;
    time.at(begin, () => {
      this.#bad = random.chance(FLAPPING) ? 'flapping' : random.pick(FAULTS);
    });
    time.at(end, () => {
      this.#bad = null;
      this.#plan();
    });
  }

  /** Takes a call; a process that died meanwhile is not told what became of it. */
  async call(call: OutboundRequest, caller: { dead: boolean }): Promise<OutboundResponse> {
    const { random } = this.#options;
    const fault = this.#fault();
    if (fault !== null) this.troubledAt = this.#options.time.now;
    await this.#pass(random.between(5, 100));
    if (fault === 'refused') throw new DeliveryError('the connection was refused', { retryable: true });
    if (fault === 'hang') return new Promise(() => undefined);
    if (fault === 'error') return answer(500, 'out of order');
    // As a proxy says that there is nobody behind it.
    if (fault === 'page') return { ...answer(502, '<html><h1>Bad Gateway</h1>'), contentType: 'text/html' };
    if (fault === 'busy for an hour') return { ...answer(429, 'slower'), retryAfter: HOUR };
    if (fault === 'busy') return { ...answer(429, 'slower'), retryAfter: random.between(1, 300) * 1_000 };
    const receipt = this.#receive(call);
    await this.#pass(random.between(5, 100));
    if (fault === 'hang after receipt') return new Promise(() => undefined);
    if (fault === 'reset after receipt') {
      throw new DeliveryError('the connection was reset', { retryable: true });
    }
    receipt.told = !caller.dead;
    return answer(200, 'thanks');
  }

  /** What a process sent in its last moment arrives too: bytes on the wire outlive it. */
  #receive({ url, headers }: OutboundRequest): Receipt {
    const { searchParams } = new URL(url);
    const receipt: Receipt = {
      key: headers?.['webhook-id'] ?? '',
      channel: this.#options.channel,
      code: searchParams.get('code') ?? '',
      status: searchParams.get('status') ?? '',
      at: this.#options.time.now,
      told: false,
    };
    this.#options.onReceipt(receipt);
    return receipt;
  }

  #fault(): Fault | null {
    const { random } = this.#options;
    if (this.#bad !== null) {
      if (!random.chance(BAD_FAULTS)) return null;
      return this.#bad === 'flapping' ? random.pick(FAULTS) : this.#bad;
    }
    return random.chance(GOOD_FAULTS) ? random.pick(FAULTS) : null;
  }

  #pass(duration: number): Promise<void> {
    const { time } = this.#options;
    return new Promise((resolve) => {
      time.at(time.now + duration, resolve);
    });
  }
}

function answer(status: number, text: string): OutboundResponse {
  return { status, contentType: 'text/plain', text, retryAfter: null };
}
