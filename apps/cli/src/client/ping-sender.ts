/** Pings over HTTP, to Vigie or to Healthchecks. */
import { setTimeout as pause } from 'node:timers/promises';
import { ClientError, causeOf } from './client.ts';

/** What is said of a check: an action, or how a program ended. */
export type Report = 'start' | 'success' | 'fail' | 'log' | number;

export interface Ping {
  /** Of the check, without an action. */
  address: string;
  report: Report;
  body?: Uint8Array | string;
  /** Tells the runs of a check apart that overlap. */
  rid?: string;
  /** When it happened, epoch ms. */
  at: number;
}

/** What the server said of a ping that it took. */
export interface Taken {
  /** `OK`, or `Created` where the ping made the check. */
  text: string;
  /** Bytes of a body that it keeps; null = as many as it gets. */
  bodyLimit: number | null;
}

/** A ping that did not arrive, or was refused. */
export class PingError extends ClientError {
  /** Whether a new try may help. */
  readonly again: boolean;

  constructor(message: string, status: number | null, again: boolean) {
    super(message, status);
    this.again = again;
  }
}

/** Milliseconds that one try may take. */
const TRY_WITHIN = 5_000;
/** Milliseconds before the second try; doubled with each one more. */
const FIRST_PAUSE = 500;
/** Milliseconds; a ping that took longer than that says when it happened. */
const LATE = 1_000;
/** Characters of an answer that are shown. */
const SHOWN = 200;

/**
 * Sends a ping, again and again until it arrives or `within` milliseconds are over. One that comes late says when
 * it happened (`X-Ping-Time`, which only Vigie reads). `enough`: begin no new try. @throws PingError
 */
export async function sendPing(ping: Ping, within: number, enough?: AbortSignal): Promise<Taken> {
  const end = performance.now() + within;
  for (let wait = FIRST_PAUSE; ; wait *= 2) {
    const left = Math.ceil(Math.max(end - performance.now(), 1));
    try {
      return await tryPing(ping, Math.min(left, TRY_WITHIN));
    } catch (error) {
      if (!(error instanceof PingError)) throw error;
      // A clock that is wrong is no reason to lose a ping: it counts from its arrival.
      if (error.status === 400 && isLate(ping)) return tryPing({ ...ping, at: Date.now() }, TRY_WITHIN);
      const spread = wait * (0.5 + Math.random());
      if (!error.again || performance.now() + spread >= end) throw error;
      if (!(await passes(spread, enough))) throw error;
    }
  }
}

/** Waits, unless it is enough before. */
async function passes(milliseconds: number, enough: AbortSignal | undefined): Promise<boolean> {
  return pause(milliseconds, true, enough === undefined ? {} : { signal: enough }).catch(() => false);
}

function isLate({ at }: Ping): boolean {
  return Date.now() - at > LATE;
}

async function tryPing(ping: Ping, within: number): Promise<Taken> {
  const url = urlOf(ping);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {
        'User-Agent': 'vigie',
        ...(isLate(ping) ? { 'X-Ping-Time': new Date(ping.at).toISOString() } : {}),
      },
      body: bytesOf(ping.body),
      signal: AbortSignal.timeout(within),
    });
    text = (await response.text()).trim();
  } catch (error) {
    throw new PingError(`${new URL(url).origin} cannot be reached: ${causeOf(error)}`, null, true);
  }
  const { status } = response;
  if (status >= 200 && status < 300) return { text, bodyLimit: limitOf(response) };
  const reason = text === '' || text.includes('<') ? `answered ${status}` : text.slice(0, SHOWN);
  throw new PingError(`the ping was refused: ${reason}`, status, status >= 500 || status === 429);
}

/** Bytes, so that no content type is made up for them. */
function bytesOf(body: Ping['body']) {
  if (body === undefined) return null;
  return typeof body === 'string' ? Buffer.from(body) : Buffer.from(body);
}

function urlOf({ address, report, rid }: Ping): string {
  const url = new URL(address);
  if (report !== 'success') url.pathname += `/${report}`;
  if (rid !== undefined) url.searchParams.set('rid', rid);
  return url.href;
}

function limitOf(response: Response): number | null {
  const limit = response.headers.get('Ping-Body-Limit');
  return limit === null ? null : Number(limit);
}
