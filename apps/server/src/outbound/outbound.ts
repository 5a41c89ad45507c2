import { isIP } from 'node:net';
import type { Agent, request } from 'undici';
import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import { codeOf, DeliveryError } from '../notify/failure.ts';
import { type Ended, withTimeLimit } from '../time-limit.ts';
import { type AddressPolicy, addressPolicy, type TargetRules } from './address-policy.ts';
import type { OutboundRequest, OutboundResponse } from './exchange.ts';
import { pinnedLookup, type Resolve, refusedTarget, systemResolve } from './pinned-lookup.ts';
import { parseRetryAfter } from './retry-after.ts';

/** Milliseconds for a whole call, redirects and body included; Healthchecks allows as much. */
export const CALL_TIMEOUT = 30_000;
/** Milliseconds until a connection that does not come about is given up. */
const CONNECT_TIMEOUT = 10_000;
/** Milliseconds that an idle connection is kept for the next call. */
const KEEP_ALIVE = 10_000;
/** Connections to one origin. */
const CONNECTIONS = 64;
/** Bytes of an answer that are read. */
const BODY_LIMIT = 65_536;
const REDIRECT_LIMIT = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface OutboundOptions {
  clock: Clock;
  /** Sent unless the call names its own, e.g. `Vigie/0.1.0`. */
  userAgent: string;
  /** Which addresses may be called; asked again for each connection, so that a reload counts. */
  rules(): TargetRules;
  resolve?: Resolve;
}

/** Outgoing HTTP. */
export interface Outbound {
  /**
   * Makes one call. Any status is an answer.
   * @throws DeliveryError when none came, or the target or a redirect is refused.
   */
  request(call: OutboundRequest): Promise<OutboundResponse>;
  /** Loads the HTTP client; connects to nothing. */
  warmUp(): Promise<void>;
  /** Ends idle connections and the calls under way. */
  close(): Promise<void>;
}

/** Makes outgoing HTTP calls: bounded in time and size, to allowed and pinned addresses alone. */
export function createOutbound(options: OutboundOptions): Outbound {
  const policy = policyReader(options.rules);
  const lookup = pinnedLookup(policy, options.resolve ?? systemResolve);
  let client: Promise<Client> | null = null;
  return {
    async request(call) {
      try {
        const run = (signal: AbortSignal): Promise<OutboundResponse> => follow(call, signal);
        return await withTimeLimit(options.clock, CALL_TIMEOUT, call.signal, run, unanswered);
      } catch (error) {
        throw asFailure(error, call.url);
      }
    },
    async warmUp() {
      await open();
    },
    close: async () => (await client)?.agent.destroy(),
  };

  function open(): Promise<Client> {
    client ??= openClient(lookup).catch((error: unknown) => {
      // One that could not be loaded (no file handle left) may be with the next call.
      client = null;
      throw error;
    });
    return client;
  }

  async function follow(call: OutboundRequest, signal: AbortSignal): Promise<OutboundResponse> {
    const { agent, send } = await open();
    let target = parseTarget(call.url);
    let { method, body = null } = call;
    const headers = headersFor(call, target, options.userAgent);
    for (let hop = 0; ; hop++) {
      requireAllowed(policy(), target);
      const answer = await send(target, { method, body, headers, signal, dispatcher: agent });
      const { location } = answer.headers;
      const text = await readStart(answer.body);
      if (!REDIRECTS.has(answer.statusCode) || location === undefined) {
        return {
          status: answer.statusCode,
          contentType: String(answer.headers['content-type'] ?? ''),
          text,
          retryAfter: parseRetryAfter(firstOf(answer.headers['retry-after']), options.clock.now()),
        };
      }
      if (hop === REDIRECT_LIMIT) throw final(`more than ${REDIRECT_LIMIT} redirects`);
      target = redirectTarget(target, firstOf(location) ?? '');
      if (answer.statusCode === 303) [method, body] = ['GET', null];
    }
  }
}

interface Client {
  agent: Agent;
  send: typeof request;
}

/** Loads the HTTP client only now: a server that never calls out does without its megabytes. */
async function openClient(lookup: ReturnType<typeof pinnedLookup>): Promise<Client> {
  const { Agent, request: send } = await import('undici');
  const agent = new Agent({
    connect: { lookup, timeout: CONNECT_TIMEOUT },
    connections: CONNECTIONS,
    keepAliveTimeout: KEEP_ALIVE,
    keepAliveMaxTimeout: KEEP_ALIVE,
    // The call as a whole is timed, on the clock that is handed in.
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
  });
  return { agent, send };
}

/** Reads the rules anew only when they were replaced. */
function policyReader(rules: () => TargetRules): () => AddressPolicy {
  let known: TargetRules | null = null;
  let policy: AddressPolicy | null = null;
  return () => {
    const current = rules();
    if (policy === null || current.allowPrivate !== known?.allowPrivate || current.allow !== known.allow) {
      known = current;
      policy = addressPolicy(current);
    }
    return policy;
  };
}

function parseTarget(url: string): URL {
  const target = URL.canParse(url) ? new URL(url) : null;
  if (target === null || !/^https?:$/.test(target.protocol)) throw final('not an http:// or https:// URL');
  return target;
}

function headersFor(call: OutboundRequest, target: URL, userAgent: string): Record<string, string> {
  const headers: Record<string, string> = { ...call.headers };
  const has = (name: string): boolean => Object.keys(headers).some((key) => key.toLowerCase() === name);
  if (!has('user-agent')) headers['user-agent'] = userAgent;
  if (target.username !== '' && !has('authorization')) {
    const login = `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`;
    headers['authorization'] = `Basic ${Buffer.from(login).toString('base64')}`;
  }
  target.username = '';
  target.password = '';
  return headers;
}

/** Names are checked when they are resolved; an address in the URL is never looked up. */
function requireAllowed(policy: AddressPolicy, target: URL): void {
  const host = target.hostname.replace(/^\[|\]$/g, '');
  const reason = isIP(host) === 0 ? null : policy.refusal(host, host);
  if (reason !== null) throw refusedTarget(host, reason);
}

/** Where a redirect leads: to the same server only, or from http to https on the same host. */
function redirectTarget(from: URL, location: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from.href) : null;
  const sameServer = to?.protocol === from.protocol && to.port === from.port;
  const upgraded =
    from.protocol === 'http:' && to?.protocol === 'https:' && from.port === '' && to.port === '';
  if (to === null || to.hostname !== from.hostname || !(sameServer || upgraded)) {
    throw final(`redirected to another host${to === null ? '' : ` (${to.host})`}, which is not followed`);
  }
  return to;
}

/** The beginning of a body. One that breaks off keeps what came: its status has been said already. */
async function readStart(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= BODY_LIMIT) break;
    }
  } catch {
    // Whoever gave a status has taken the message.
  }
  return Buffer.concat(chunks).subarray(0, BODY_LIMIT).toString('utf8');
}

function firstOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

const final = (message: string): DeliveryError => new DeliveryError(message, { retryable: false });
const later = (message: string, cause?: unknown): DeliveryError =>
  new DeliveryError(message, { retryable: true }, { cause });

async function unanswered(why: Ended): Promise<never> {
  throw later(
    why === 'time' ? `no answer within ${CALL_TIMEOUT / 1000} s` : 'the call was ended before an answer came',
  );
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was reset',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name cannot be resolved now',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: `no connection within ${CONNECT_TIMEOUT / 1000} s`,
  UND_ERR_SOCKET: 'the connection was closed before an answer came',
  UND_ERR_HEADERS_OVERFLOW: 'the headers of the answer are too long',
};
/** Faults of the call itself: the same call fails the same way. */
const UNSENDABLE = new Set(['UND_ERR_INVALID_ARG', 'ERR_INVALID_URL', 'ERR_INVALID_CHAR']);

/** Names the host and not the URL, which may hold a secret. */
function asFailure(error: unknown, url: string): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const code = codeOf(first);
  if (UNSENDABLE.has(code)) return final(`the request cannot be sent: ${messageOf(first)}`);
  const host = URL.canParse(url) ? new URL(url).host : 'the host';
  return later(`${host}: ${REASONS[code] ?? (code || messageOf(first))}`, error);
}
