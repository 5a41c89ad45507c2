/**
 * Reads what strace saw of a server and tells whether an answer left before its ping was durable. The order
 * of the lines is the order of the events: a call that lasted is split into its start and its end.
 */

export interface AuditedPing {
  marker: string;
  /** The client's end of the connection that carried it. */
  port: number;
}

export interface Verdict {
  /** Answers seen leaving a socket. */
  answers: number;
  /** Syncs of the write-ahead log. */
  syncs: number;
  /** What went wrong, one line each. */
  violations: string[];
}

/** Options of strace that print what the audit reads; `file` takes the trace. */
export function straceCommand(file: string): string[] {
  const calls = 'fdatasync,fsync,write,writev,sendto,sendmsg,pwrite64,pwritev';
  // -yy names files and sockets; a page of the log must be printed whole to find markers in it.
  return ['strace', '-f', '-yy', '-s', '4200', '-e', `trace=${calls}`, '-e', 'signal=none', '-o', file];
}

interface Call {
  name: string;
  text: string;
  start: number;
}

interface Write {
  end: number;
  text: string;
}

/** Everything the audit needs of a trace, fed line by line. */
export class StraceAudit {
  readonly #pending = new Map<string, Call>();
  /** Writes to the log that ended, waiting for markers to be looked up. */
  readonly #logWrites: Write[] = [];
  readonly #syncs: { start: number; end: number }[] = [];
  /** Starts of the answers on each client's port, in order. */
  readonly #answers = new Map<number, number[]>();
  #line = 0;

  feed(line: string): void {
    this.#line += 1;
    const [, thread = '', rest = ''] = /^(\d+)\s+(.*)$/s.exec(line) ?? [];
    const resumed = /^<\.\.\. (\w+) resumed>(.*)$/s.exec(rest);
    if (resumed !== null) {
      const call = this.#pending.get(thread);
      this.#pending.delete(thread);
      if (call !== undefined) this.#ended({ ...call, text: call.text + (resumed[2] ?? '') });
      return;
    }
    const name = /^(\w+)\(/.exec(rest)?.[1];
    if (name === undefined) return;
    const call = { name, text: rest, start: this.#line };
    this.#started(call);
    if (rest.endsWith('<unfinished ...>')) this.#pending.set(thread, call);
    else this.#ended(call);
  }

  /** Judges the pings that were answered, in order of sending on each port. */
  verdict(answered: readonly AuditedPing[]): Verdict {
    const violations: string[] = [];
    const counts = new Map<number, number>();
    for (const { marker, port } of answered) {
      const number = counts.get(port) ?? 0;
      counts.set(port, number + 1);
      const fault = this.#judge(marker, this.#answers.get(port)?.[number]);
      if (fault !== null) violations.push(`${marker}: ${fault}`);
    }
    const answers = [...this.#answers.values()].reduce((sum, starts) => sum + starts.length, 0);
    return { answers, syncs: this.#syncs.length, violations };
  }

  #judge(marker: string, answer: number | undefined): string | null {
    if (answer === undefined) return 'its answer was not seen';
    const write = this.#logWrites.find(({ text }) => text.includes(marker));
    if (write === undefined) return 'it was answered and never written to the log';
    const covered = this.#syncs.some(({ start, end }) => start > write.end && end < answer);
    return covered ? null : 'it was answered before its write was synced';
  }

  #started({ name, text, start }: Call): void {
    if (!/^(write|writev|sendto|sendmsg)$/.test(name) || !text.includes('"HTTP/1.1 200')) return;
    const port = /->(?:127\.0\.0\.1|\[::(?:ffff:127\.0\.0\.1|1)\]):(\d+)\]?>/.exec(text)?.[1];
    if (port === undefined) throw new Error(`BUG: an answer on an unknown socket: ${text.slice(0, 200)}`);
    const starts = this.#answers.get(Number(port));
    if (starts === undefined) this.#answers.set(Number(port), [start]);
    else starts.push(start);
  }

  #ended({ name, text, start }: Call): void {
    if (!/^\w+\(\d+<[^>]*-wal>/.test(text)) return;
    const end = this.#line;
    if (name === 'fdatasync' || name === 'fsync') {
      if (/\) += 0/.test(text)) this.#syncs.push({ start, end });
    } else if (name.startsWith('pwrite')) {
      if (text.includes('<durable-')) this.#logWrites.push({ end, text });
    }
  }
}

/** The beginning of every marker that the audit looks for. */
export const MARKER_NAME = 'durable-';
