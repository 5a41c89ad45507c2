import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { connected } from './connection.ts';
import { ProbeFailure } from './failure.ts';
import { cutShort, exchangeFailure, peerOf } from './http-failure.ts';
import type { ProbeRun } from './kind.ts';
import { startTls, type TlsSession } from './tls-session.ts';

/** Bytes of an answer's body that are kept unless told. */
export const BODY_LIMIT = 1_048_576;

export interface HttpRequest {
  /** `http:` or `https:`; its user and password are sent as Basic authentication. */
  url: URL;
  /** GET unless told. */
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array | null;
  /** A unix socket to connect to; the URL's host is then only a header. */
  socketPath?: string;
  /** Bytes of the body that are kept. */
  limit?: number;
  /** Certificates, as PEM, of who is trusted; blank = those of Node.js. */
  ca?: string | undefined;
  /** Whether a certificate that is not to be trusted ends it; true unless told. */
  verify?: boolean;
  /** Told of a handshake before its certificate is judged. */
  onTls?(session: TlsSession): void;
}

/** Where the time of an exchange goes: the names of the blackbox exporter. */
export type HttpPhase = 'resolve' | 'connect' | 'tls' | 'processing' | 'transfer';

export interface HttpAnswer {
  url: URL;
  status: number;
  headers: IncomingHttpHeaders;
  /** The body, or its beginning. */
  body: Buffer;
  /** False when there was more than the limit. */
  isWhole: boolean;
  /** Seconds of each phase that there was. */
  seconds: Partial<Record<HttpPhase, number>>;
}

/**
 * One HTTP/1.1 request on a connection of its own, to an allowed address, without redirects, retries and
 * compression, in phases. What is read is bounded; nothing of it is left open.
 * @throws ProbeFailure any status is an answer: see `http-answer.ts`.
 */
export async function httpExchange(wanted: HttpRequest, run: ProbeRun): Promise<HttpAnswer> {
  const seconds: HttpAnswer['seconds'] = {};
  const timed: Timed = async (phase, work) => {
    const from = performance.now();
    const value = await run.phase(phase, work);
    seconds[phase] = (performance.now() - from) / 1000;
    return value;
  };
  const socket = await open(wanted, run, timed);
  try {
    const sent = send(wanted, socket);
    const incoming = await timed('processing', () => sent.answered);
    const { body, isWhole } = await timed('transfer', () => read(wanted, incoming, sent));
    const { statusCode: status = 0, headers } = incoming;
    return { url: wanted.url, status, headers, body, isWhole, seconds };
  } finally {
    socket.destroy();
  }
}

type Timed = <T>(phase: HttpPhase, work: () => Promise<T>) => Promise<T>;

async function open(wanted: HttpRequest, run: ProbeRun, timed: Timed): Promise<Socket> {
  const { url, socketPath } = wanted;
  if (socketPath !== undefined) return timed('connect', () => connected({ path: socketPath }, run.signal));
  const host = await timed('resolve', () => run.address(url.hostname));
  const socket = await timed('connect', () => connected({ host, port: portOf(url) }, run.signal));
  return url.protocol === 'https:' ? secured(wanted, socket, timed) : socket;
}

async function secured(wanted: HttpRequest, socket: Socket, timed: Timed): Promise<Socket> {
  const { url, ca, verify = true } = wanted;
  try {
    return await timed('tls', async () => {
      const session = await startTls(socket, { host: url.hostname, ca, protocols: ['http/1.1'] });
      wanted.onTls?.(session);
      if (verify && session.distrust !== null) throw session.distrust;
      return session.socket;
    });
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** The port of an address, also where it is its scheme's own. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

interface Sent {
  outgoing: ClientRequest;
  answered: Promise<IncomingMessage>;
  /** What went wrong first: an answer may break before anybody reads it. */
  fault(): Error | null;
}

function send(wanted: HttpRequest, socket: Socket): Sent {
  const { url, method = 'GET', body = null } = wanted;
  const outgoing = requestOn(socket, method, `${url.pathname}${url.search}`, headersOf(wanted));
  let fault: Error | null = null;
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.on('response', resolve);
    outgoing.on('error', (error) => {
      fault ??= error;
      reject(exchangeFailure(error, wanted));
    });
    outgoing.on('upgrade', () =>
      reject(new ProbeFailure('protocol', `${peerOf(wanted)} changed the protocol`)),
    );
  });
  outgoing.end(body ?? undefined);
  return { outgoing, answered, fault: () => fault };
}

function requestOn(
  socket: Socket,
  method: string,
  path: string,
  headers: Record<string, string>,
): ClientRequest {
  try {
    return request({ createConnection: () => socket, method, path, headers });
  } catch (cause) {
    throw new ProbeFailure('config', 'a header holds characters that no header may hold', { cause });
  }
}

function headersOf({ url, headers = {}, body = null, method = 'GET' }: HttpRequest): Record<string, string> {
  const sent: Record<string, string> = {
    host: url.host,
    'user-agent': 'Vigie',
    accept: '*/*',
    'accept-encoding': 'identity',
  };
  if (url.username !== '' || url.password !== '') {
    const login = `${unescaped(url.username)}:${unescaped(url.password)}`;
    sent['authorization'] = `Basic ${Buffer.from(login).toString('base64')}`;
  }
  if (body !== null) sent['content-length'] = String(Buffer.byteLength(body));
  else if (method === 'POST' || method === 'PUT') sent['content-length'] = '0';
  for (const [name, value] of Object.entries(headers)) sent[name.toLowerCase()] = value;
  return sent;
}

/** A part of an address as it was meant; one with a stray `%` is meant as it is. */
function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

interface Body {
  body: Buffer;
  isWhole: boolean;
}

/** Reads to the end or to the limit: what comes after is not waited for. */
function read(wanted: HttpRequest, incoming: IncomingMessage, { outgoing, fault }: Sent): Promise<Body> {
  const { limit = BODY_LIMIT } = wanted;
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    const done = (isWhole: boolean): void =>
      resolve({ body: Buffer.concat(chunks).subarray(0, limit), isWhole });
    const broken = (error: Error): void => reject(cutShort(fault() ?? error, wanted));
    incoming.on('data', (chunk: Buffer) => {
      if (length > limit) return;
      chunks.push(chunk);
      length += chunk.length;
      if (length <= limit) return;
      done(false);
      outgoing.destroy();
    });
    incoming.once('end', () => done(true));
    incoming.on('error', broken);
    outgoing.on('error', broken);
  });
}
