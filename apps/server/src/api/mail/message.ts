import type { Readable } from 'node:stream';

/** Largest message, in bytes; the same as the original's. */
export const MESSAGE_LIMIT = 33_554_432;
/** Bytes of messages that are held at once, whoever sends them. */
const HELD_LIMIT = 4 * MESSAGE_LIMIT;

/** Why a message was not taken. */
export type MessageFault = 'too large' | 'too much at once';

/** Receives messages into memory, within a limit for one and a limit for all. */
export class MessageStore {
  #held = 0;

  /**
   * Reads a message to its end; what exceeds a limit is read and dropped.
   * The caller releases what it got once it is done with it.
   * @throws when the sender goes away before the end.
   */
  async receive(stream: Readable): Promise<Uint8Array<ArrayBuffer> | MessageFault> {
    const chunks: Buffer[] = [];
    let size = 0;
    let held = 0;
    let fault: MessageFault | null = null;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > MESSAGE_LIMIT) fault = 'too large';
        else if (this.#held + chunk.length > HELD_LIMIT) fault ??= 'too much at once';
        if (fault !== null) {
          this.#held -= held;
          held = 0;
          chunks.length = 0;
          continue;
        }
        this.#held += chunk.length;
        held += chunk.length;
        chunks.push(chunk);
      }
    } catch (error) {
      this.#held -= held;
      throw error;
    }
    // A copy: a view would drag its whole pool to the writer's thread.
    return fault ?? Uint8Array.from(Buffer.concat(chunks));
  }

  release(message: Uint8Array): void {
    this.#held -= message.length;
  }
}
