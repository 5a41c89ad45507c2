import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PingFault, PingInput, TimeFault } from '../../checks/ping.ts';
import type { PingOutcome } from '../../checks/receive.ts';
import type { Clock } from '../../clock.ts';
import type { Config } from '../../config/config.ts';
import { AppError, messageOf } from '../../errors.ts';
import { NOT_FOUND_PAGE } from '../not-found.ts';
import type { Peer } from '../peer.ts';
import { hasBody, NO_BODY, readPingBody } from './body.ts';
import { type PingPath, parsePingPath } from './path.ts';
import { parsePingTime } from './time.ts';
import { validUuid } from './uuid.ts';

export interface PingHandlerOptions {
  clock: Clock;
  /** What holds now of the configuration. */
  config(): Pick<Config, 'pingBodyLimit' | 'pingLogLimit'>;
  peerOf(request: IncomingMessage): Peer;
  /** Resolves once the ping is durable. */
  receive(ping: PingInput): Promise<PingOutcome>;
  onError(error: unknown): void;
}

/** Bytes of a body that are accepted at all; the rest of what is not kept is read and dropped. */
const ACCEPTED_BODY = 2_621_440;
const USER_AGENT_LENGTH = 200;
const NEVER_CACHE = 'max-age=0, no-cache, no-store, must-revalidate, private';

const ANSWERS = {
  ok: [200, 'OK'],
  created: [201, 'Created'],
  not_found: [404, 'not found'],
  ambiguous: [409, 'ambiguous slug'],
  url: [400, 'invalid url format'],
  body: [400, 'request body is too large'],
  rid: [400, 'invalid uuid format'],
  time: [400, 'invalid ping time: it takes ISO 8601 with a zone, or Unix seconds'],
  future: [400, 'invalid ping time: it is in the future'],
  past: [400, 'invalid ping time: it is more than 365 days ago'],
} as const satisfies Record<PingOutcome, readonly [number, string]>;

/**
 * The ping endpoint, straight on `node:http`: it is the one path that must be as fast as the disk, and it
 * needs neither router nor schema. Every method is a ping. Answers only what is durable. `prefix` is the part of
 * the path before the check.
 */
export function pingHandler(
  options: PingHandlerOptions,
): (request: IncomingMessage, response: ServerResponse, prefix: string) => void {
  function answer(response: ServerResponse, outcome: PingOutcome): void {
    const [status, text] = ANSWERS[outcome];
    const headers = [
      'Content-Type',
      'text/html; charset=utf-8',
      'Cache-Control',
      NEVER_CACHE,
      'Expires',
      '0',
      'Content-Length',
      String(text.length),
    ];
    if (status < 300) headers.push('Access-Control-Allow-Origin', '*');
    const { pingBodyLimit } = options.config();
    if (status < 300 && pingBodyLimit !== null) headers.push('Ping-Body-Limit', String(pingBodyLimit));
    // The rest of a refused body is not read: the connection cannot go on.
    if (outcome === 'body') headers.push('Connection', 'close');
    response.writeHead(status, headers);
    response.end(text);
  }

  async function receive(request: IncomingMessage, response: ServerResponse, prefix: string): Promise<void> {
    const url = request.url ?? '';
    const query = url.indexOf('?');
    const parameters = query === -1 ? null : new URLSearchParams(url.slice(query + 1));
    const path = decodePath(url.slice(prefix.length, query === -1 ? undefined : query));
    const parsed = path === null ? null : parsePingPath(path, parameters?.get('create') === '1');
    if (parsed === null) {
      request.resume();
      response.writeHead(404, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Length': NOT_FOUND_PAGE.length,
      });
      response.end(NOT_FOUND_PAGE);
      return;
    }
    answer(response, await options.receive(await readPing(request, parsed, parameters)));
  }

  async function readPing(
    request: IncomingMessage,
    parsed: PingPath,
    parameters: URLSearchParams | null,
  ): Promise<PingInput> {
    const { pingBodyLimit, pingLogLimit } = options.config();
    const accept = Math.max(ACCEPTED_BODY, pingBodyLimit ?? 0);
    const { bytes, tooLarge } = hasBody(request)
      ? await readPingBody(request, pingBodyLimit, accept)
      : NO_BODY;
    const now = options.clock.now();
    const late = request.headers['x-ping-time'];
    const at = late === undefined ? now : parsePingTime(String(late), now);
    const rid = parameters?.get('rid') ?? null;
    const { address, scheme } = options.peerOf(request);
    return {
      target: parsed.target,
      action: parsed.action,
      exitstatus: parsed.exitstatus,
      fault: faultOf(parsed, tooLarge, rid, at),
      scheme,
      remoteAddr: address,
      method: request.method ?? '',
      userAgent: (request.headers['user-agent'] ?? '').slice(0, USER_AGENT_LENGTH),
      rid: rid === null ? null : rid.toLowerCase(),
      body: bytes,
      logLimit: pingLogLimit,
      mail: null,
      at: typeof at === 'number' ? at : now,
      receivedAt: now,
    };
  }

  return (request, response, prefix) => {
    receive(request, response, prefix).catch((error: unknown) => {
      const unavailable = error instanceof AppError && error.code === 'unavailable';
      // A client that went away before its end is its own affair.
      if (!unavailable && request.complete) options.onError(error);
      if (response.headersSent || response.destroyed) return;
      const text = unavailable ? messageOf(error) : 'internal error';
      response.writeHead(unavailable ? 503 : 500, {
        'Content-Type': 'text/plain',
        'Content-Length': Buffer.byteLength(text),
        'Retry-After': '1',
      });
      response.end(text);
    });
  };
}

/** In the order in which they are answered. */
function faultOf(
  parsed: PingPath,
  tooLarge: boolean,
  rid: string | null,
  at: number | TimeFault,
): PingFault | null {
  if (parsed.overflow) return 'url';
  if (tooLarge) return 'body';
  if (rid !== null && !validUuid(rid)) return 'rid';
  return typeof at === 'string' ? at : null;
}

function decodePath(path: string): string | null {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
