/** What Redis answers: RESP2, as https://redis.io/docs/latest/develop/reference/protocol-spec/ says. */

/** An answer that begins with a minus: `NOAUTH Authentication required.` */
export class RedisError extends Error {
  /** Its first word, in capitals: `NOAUTH`, `ERR`. */
  readonly word: string;

  constructor(text: string) {
    super(text);
    this.name = 'RedisError';
    this.word = /^[A-Z]+/.exec(text)?.[0] ?? '';
  }
}

export type Reply = string | number | null | RedisError | Reply[];

/** Bytes that are no answer of Redis, or more of them than wanted; the message is a clause for people. */
export class NotRedis extends Error {}

/** Arrays within arrays; no command that is sent here answers with more. */
const DEEPEST = 8;
/** Bytes of a line: of an error, a number, a length. */
const LONGEST_LINE = 4_096;

/** Puts the bytes of a connection together to answers, `limit` bytes at most for each. */
export class ReplyReader {
  readonly #limit: number;
  #held: Buffer = Buffer.alloc(0);
  #chunks: Buffer[] = [];
  #length = 0;
  /** Bytes without which reading again is in vain. */
  #needed = 1;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes what came; gives the answers that are whole now. @throws NotRedis */
  read(chunk: Buffer): Reply[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return [];
    this.#held = Buffer.concat(this.#chunks);
    const replies: Reply[] = [];
    let from = 0;
    while (from < this.#held.length) {
      const found = this.#value(from, 0);
      if (found === null) break;
      replies.push(found.value);
      from = found.end;
    }
    this.#held = this.#held.subarray(from);
    this.#chunks = [this.#held];
    this.#length = this.#held.length;
    this.#needed = Math.max(this.#needed - from, this.#length + 1);
    if (this.#length > this.#limit) throw tooLong(this.#limit);
    return replies;
  }

  /** The value that begins at a place; null = not whole yet. */
  #value(at: number, depth: number): { value: Reply; end: number } | null {
    const type = this.#held[at];
    if (type === undefined) return null;
    if (!'+-:$*'.includes(String.fromCharCode(type))) throw new NotRedis(`it sent ${this.#excerpt(at)}`);
    const line = this.#line(at + 1);
    if (line === null) return null;
    switch (String.fromCharCode(type)) {
      case '+':
        return { value: line.text, end: line.end };
      case '-':
        return { value: new RedisError(line.text), end: line.end };
      case ':':
        return { value: this.#number(line.text), end: line.end };
      case '$':
        return this.#bulk(this.#number(line.text), line.end);
      default:
        return this.#array(this.#number(line.text), line.end, depth);
    }
  }

  #bulk(size: number, from: number): { value: Reply; end: number } | null {
    if (size === -1) return { value: null, end: from };
    if (size > this.#limit) throw tooLong(this.#limit);
    const end = from + size + 2;
    if (this.#held.length < end) {
      this.#needed = end;
      return null;
    }
    return { value: this.#held.toString('utf8', from, end - 2), end };
  }

  #array(size: number, from: number, depth: number): { value: Reply; end: number } | null {
    if (size === -1) return { value: null, end: from };
    if (size > this.#limit) throw tooLong(this.#limit);
    if (depth === DEEPEST) throw new NotRedis('it sent lists within lists without end');
    const value: Reply[] = [];
    let end = from;
    while (value.length < size) {
      const item = this.#value(end, depth + 1);
      if (item === null) return null;
      value.push(item.value);
      end = item.end;
    }
    return { value, end };
  }

  #line(from: number): { text: string; end: number } | null {
    const end = this.#held.indexOf('\r\n', from);
    if ((end === -1 ? this.#held.length : end) - from > LONGEST_LINE) {
      throw new NotRedis('it sent a line without end');
    }
    return end === -1 ? null : { text: this.#held.toString('utf8', from, end), end: end + 2 };
  }

  #number(text: string): number {
    if (!/^-?\d{1,19}$/.test(text)) throw new NotRedis('it sent a length that is no number');
    return Number(text);
  }

  #excerpt(at: number): string {
    const text = this.#held.toString('latin1', at, at + 32).replaceAll(/[^\x20-\x7e]+/g, ' ');
    return JSON.stringify(text.trim());
  }
}

function tooLong(limit: number): NotRedis {
  return new NotRedis(`it sent an answer beyond ${limit} bytes`);
}

/** A command as bytes. */
export function encodeCommand(words: readonly (string | number)[]): string {
  const parts = words.map((word) => `$${Buffer.byteLength(String(word))}\r\n${word}\r\n`);
  return `*${words.length}\r\n${parts.join('')}`;
}
