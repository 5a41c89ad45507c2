import { Worker } from 'node:worker_threads';
import type { Clock } from '../../clock.ts';
import type { MailText } from './mail-text.ts';

/** Bytes of a message that are read: its words come first, attachments later. */
const READ_BYTES = 1_048_576;
/** Milliseconds for one message. */
const READ_WITHIN = 5_000;
/** Megabytes of the thread's heap: a message that wants more ends the thread, not the process. */
const HEAP = 128;

const NOTHING: MailText = { subject: '', text: '' };
const ENTRY = new URL('./reader-thread.ts', import.meta.url);

/**
 * Reads e-mails on a thread of its own, one after the other: a message that takes long does not delay pings,
 * and one that breaks the parser breaks only that thread. The thread starts with the first message.
 */
export class MailReader {
  readonly #clock: Clock;
  readonly #entry: URL;
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** `entry`: the module that reads, for tests. */
  constructor(clock: Clock, entry: URL = ENTRY) {
    this.#clock = clock;
    this.#entry = entry;
  }

  /** Subject and text of the beginning of a message; both empty when it cannot be read. */
  read(raw: Uint8Array): Promise<MailText> {
    const mine = this.#last.then(() => this.#readNow(raw));
    this.#last = mine;
    return mine;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#worker?.terminate();
  }

  async #readNow(raw: Uint8Array): Promise<MailText> {
    // A second try: the thread may have died of what the message before this one left behind.
    return (await this.#attempt(raw)) ?? (await this.#attempt(raw)) ?? NOTHING;
  }

  /** @returns null when the thread died of it. */
  async #attempt(raw: Uint8Array): Promise<MailText | null> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const { promise, resolve } = Promise.withResolvers<MailText | null>();
    const died = (): void => resolve(null);
    worker.once('message', resolve);
    worker.once('exit', died);
    const cancel = this.#clock.after(READ_WITHIN, () => {
      resolve(NOTHING);
      this.#forget(worker);
      void worker.terminate();
    });
    worker.postMessage(raw.slice(0, READ_BYTES));
    const text = await promise;
    cancel();
    worker.off('message', resolve).off('exit', died);
    return text;
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { resourceLimits: { maxOldGenerationSizeMb: HEAP } });
    // Without a listener its error would be ours; its exit tells enough.
    worker.on('error', () => undefined);
    worker.once('exit', () => this.#forget(worker));
    return worker;
  }

  #forget(worker: Worker): void {
    if (this.#worker === worker) this.#worker = null;
  }
}
