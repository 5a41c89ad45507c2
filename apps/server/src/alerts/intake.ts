/** The waiting room of posted alerts: many requests become commands of a bounded size, one after another. */
import { AppError } from '../errors.ts';
import type { PostedAlert } from './model.ts';
import type { ReceiveOutcome } from './receive.ts';

/** Alerts in one command: a few tens of milliseconds of the writer, so that pings hardly wait. */
const BATCH = 500;
/** Bytes of bodies whose alerts may wait; beyond it senders are told to come again. */
const MOST_WAITING = 64 * 2 ** 20;

export interface IntakeOptions {
  /** Stores alerts; says for each what became of it. */
  receive(posts: PostedAlert[]): Promise<ReceiveOutcome[]>;
  batch?: number;
  mostWaiting?: number;
}

interface Waiting {
  post: PostedAlert;
  resolve(outcome: ReceiveOutcome): void;
  reject(error: unknown): void;
}

/** Takes alerts of many requests in, in the order of their coming. */
export class AlertIntake {
  readonly #options: IntakeOptions;
  #queue: Waiting[] = [];
  #head = 0;
  #bytes = 0;
  #isBusy = false;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /**
   * Takes in the alerts of one request whose body had so many bytes; resolves once they are durable.
   * @throws AppError `unavailable` when too much waits already, or the store cannot write.
   */
  async take(posts: readonly PostedAlert[], bytes: number): Promise<ReceiveOutcome[]> {
    const { mostWaiting = MOST_WAITING } = this.#options;
    if (this.#bytes > 0 && this.#bytes + bytes > mostWaiting) {
      throw new AppError('unavailable', 'too many alerts wait to be stored: send these again in a moment');
    }
    this.#bytes += bytes;
    try {
      const outcomes = posts.map(
        (post) =>
          new Promise<ReceiveOutcome>((resolve, reject) => {
            this.#queue.push({ post, resolve, reject });
          }),
      );
      void this.#pump();
      return await Promise.all(outcomes);
    } finally {
      this.#bytes -= bytes;
    }
  }

  /** One command at a time: what gathers meanwhile shares the next one. */
  async #pump(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let batch = this.#next(); batch.length > 0; batch = this.#next()) {
      try {
        const outcomes = await this.#options.receive(batch.map(({ post }) => post));
        batch.forEach(({ resolve }, i) => {
          resolve(outcomes[i] ?? 'ignored');
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isBusy = false;
  }

  #next(): Waiting[] {
    const { batch = BATCH } = this.#options;
    const taken = this.#queue.slice(this.#head, this.#head + batch);
    this.#head += taken.length;
    if (this.#head * 2 >= this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    return taken;
  }
}
