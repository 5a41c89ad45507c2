/** Bytes of one piece of shared memory. */
const PIECE_BYTES = 4 * 1024 * 1024;

/**
 * Memory of all closed chunks: they are put one behind the other into pieces that other threads can read. A piece is
 * given back when no chunk in it is needed any more; chunks of one time lie together, so that this happens.
 */
export class ChunkMemory {
  readonly #pieces = new Map<number, Piece>();
  #last = -1;

  /** Bytes held. */
  get size(): number {
    return this.#pieces.size * PIECE_BYTES;
  }

  /**
   * Copies a chunk into memory.
   * @returns its address: it stays where it is until `free`.
   */
  put(bytes: Uint8Array): number {
    let piece = this.#pieces.get(this.#last);
    if (piece === undefined || piece.used + bytes.length > PIECE_BYTES) piece = this.#open();
    const at = piece.used;
    piece.bytes.set(bytes, at);
    piece.used += bytes.length;
    piece.chunks += 1;
    return this.#last * PIECE_BYTES + at;
  }

  /** A chunk where it lies. */
  at(address: number, length: number): Uint8Array {
    const piece = this.#piece(address);
    const from = address % PIECE_BYTES;
    return piece.bytes.subarray(from, from + length);
  }

  free(address: number): void {
    const piece = this.#piece(address);
    piece.chunks -= 1;
    const number = Math.floor(address / PIECE_BYTES);
    if (piece.chunks === 0 && number !== this.#last) this.#pieces.delete(number);
  }

  #open(): Piece {
    const before = this.#pieces.get(this.#last);
    if (before?.chunks === 0) this.#pieces.delete(this.#last);
    this.#last += 1;
    const piece = { bytes: new Uint8Array(new SharedArrayBuffer(PIECE_BYTES)), used: 0, chunks: 0 };
    this.#pieces.set(this.#last, piece);
    return piece;
  }

  #piece(address: number): Piece {
    const piece = this.#pieces.get(Math.floor(address / PIECE_BYTES));
    if (piece === undefined) throw new RangeError(`BUG: no chunk at ${address}`);
    return piece;
  }
}

interface Piece {
  readonly bytes: Uint8Array;
  used: number;
  chunks: number;
}
