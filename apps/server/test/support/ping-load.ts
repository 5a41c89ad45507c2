/** Load whose every ping can be told apart afterwards, and the account of what became of it. */
import type { Store } from '../../src/store/open.ts';
import { connectPing, type PingConnection } from './ping-client.ts';

export interface SentPing {
  /** Unique; the beginning of the ping's body. */
  marker: string;
  code: string;
  /** null = no answer came. */
  status: number | null;
  /** The client's end of the connection. */
  port: number;
  /** Milliseconds to the answer. */
  latency: number;
}

export interface LoadOptions {
  port: number;
  codes: readonly string[];
  connections: number;
  /** Distinguishes the markers of this load from every other's. */
  name: string;
  /** Asked before each ping: whether to send another one. */
  more(sent: number): boolean;
  /** Characters of a body; the marker is padded to it. */
  bodySize?: number;
}

/** Sends pings over several connections, one after the other on each, until `more` or the server ends. */
export async function pingLoad(options: LoadOptions): Promise<SentPing[]> {
  const sent: SentPing[] = [];
  const opened = await Promise.all(
    Array.from({ length: options.connections }, () => connectPing(options.port)),
  );
  await Promise.all(opened.map((connection) => sendMany(connection, options, sent)));
  return sent;
}

async function sendMany(connection: PingConnection, options: LoadOptions, sent: SentPing[]): Promise<void> {
  using _ = connection;
  while (options.more(sent.length) && !connection.ended) {
    const number = sent.length;
    const code = options.codes[number % options.codes.length] ?? '';
    const ping = { marker: `<${options.name}-${number}>`, code, status: null, port: connection.localPort };
    const entry: SentPing = { ...ping, latency: Number.POSITIVE_INFINITY };
    sent.push(entry);
    const from = performance.now();
    entry.status = await connection.send({ code, body: ping.marker.padEnd(options.bodySize ?? 0, '.') });
    entry.latency = performance.now() - from;
  }
}

export interface Account {
  sent: number;
  answered: number;
  stored: number;
  /** Answered 200 and not there. */
  lost: string[];
  /** There more than once. */
  doubled: string[];
  /** There and never sent. */
  invented: string[];
  /** Checks whose count is not that of their rows, or whose numbers have gaps. */
  miscounted: string[];
}

/** Compares what was sent with what a store holds; its ping log must never have been cut. */
export async function accountFor(store: Store, sent: readonly SentPing[]): Promise<Account> {
  const rows = await store.db
    .selectFrom('pings')
    .innerJoin('checks', 'checks.id', 'pings.check_id')
    .select(['checks.code', 'pings.n', 'pings.body'])
    .orderBy('pings.check_id')
    .orderBy('pings.n')
    .execute();
  const stored = new Map<string, number>();
  const numbers = new Map<string, number[]>();
  for (const row of rows) {
    const marker = /^<[^>]*>/.exec(Buffer.from(row.body ?? []).toString('latin1'))?.[0] ?? 'no marker';
    const key = `${marker} of ${row.code}`;
    stored.set(key, (stored.get(key) ?? 0) + 1);
    const own = numbers.get(row.code);
    if (own === undefined) numbers.set(row.code, [row.n]);
    else own.push(row.n);
  }
  const answered = sent.filter((ping) => ping.status === 200);
  const known = new Set(sent.map(keyOf));
  return {
    sent: sent.length,
    answered: answered.length,
    stored: rows.length,
    lost: answered.map(keyOf).filter((key) => !stored.has(key)),
    doubled: [...stored].filter(([, count]) => count > 1).map(([key]) => key),
    invented: [...stored.keys()].filter((key) => !known.has(key)),
    miscounted: await miscounted(store, numbers),
  };
}

function keyOf(ping: SentPing): string {
  return `${ping.marker} of ${ping.code}`;
}

async function miscounted(store: Store, numbers: Map<string, number[]>): Promise<string[]> {
  const checks = await store.db
    .selectFrom('check_states')
    .innerJoin('checks', 'checks.id', 'check_states.check_id')
    .select(['checks.code', 'check_states.n_pings'])
    .execute();
  return checks
    .filter(({ code, n_pings }) => {
      const own = numbers.get(code) ?? [];
      return own.length !== n_pings || own.some((n, i) => n !== i + 1);
    })
    .map(({ code }) => code);
}

/** The value that a share of the values does not exceed; `share` between 0 and 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
