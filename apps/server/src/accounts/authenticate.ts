import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Context } from '../context.ts';
import { AppError, messageOf } from '../errors.ts';
import { anonymousRole } from './anonymous.ts';
import type { Identity } from './identity.ts';
import { findKey } from './keys.ts';
import { requestOrigin } from './same-origin.ts';
import { findSession, SESSION_COOKIE, TOUCH_AFTER } from './sessions.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Longer secrets are nobody's; they are not even hashed. */
const SECRET_LIMIT = 1000;

type AuthenticateContext = Pick<Context, 'config' | 'clock' | 'store' | 'secretKey' | 'writer' | 'log'>;

/**
 * Who a request speaks for, by `X-Api-Key`, `Authorization: Bearer`, Basic with the key as password, or the
 * session cookie; in this order, the first that is there counts.
 * @throws AppError `unauthenticated` for credentials that are nobody's; `forbidden` when a page of another site
 * uses somebody's session to change something.
 */
export async function authenticate(
  context: AuthenticateContext,
  request: IncomingMessage,
): Promise<Identity> {
  const secret = secretOf(request);
  if (secret !== null) return bySecret(context, secret);
  const token = cookieOf(request, SESSION_COOKIE);
  const bySession = token === null ? null : await byCookie(context, request, token);
  return bySession ?? { kind: 'anonymous', role: anonymousRole(request, context.config()) };
}

async function bySecret(context: AuthenticateContext, secret: string): Promise<Identity> {
  const { config, clock, store, secretKey } = context;
  if (isSame(secret, config().admin.token)) return { kind: 'admin-token' };
  const key = secret.length > SECRET_LIMIT ? null : await findKey(store.db, secretKey, secret);
  if (key === null) throw new AppError('unauthenticated', 'the key is not valid');
  if (clock.now() - (key.lastUsedAt ?? 0) > TOUCH_AFTER) {
    await note(context, () => context.writer.run('keys.touch', key.keyId));
  }
  return { kind: 'key', ...key };
}

async function byCookie(
  context: AuthenticateContext,
  request: IncomingMessage,
  token: string,
): Promise<Identity | null> {
  const { config, clock, store } = context;
  const now = clock.now();
  const found = token.length > SECRET_LIMIT ? null : await findSession(store.db, token, now);
  if (found === null) return null;
  const { session, user } = found;
  if (!SAFE_METHODS.has(request.method ?? '')) requireOwnPage(request, config().baseUrl);
  if (now - session.seen_at > TOUCH_AFTER) {
    await note(context, () => context.writer.run('sessions.touch', session.hash));
  }
  return { kind: 'session', user, sessionHash: session.hash };
}

/** @throws AppError `forbidden` unless the browser says that the request comes from our own pages. */
function requireOwnPage(request: IncomingMessage, baseUrl: string): void {
  if (requestOrigin(request.headers, baseUrl) === 'own') return;
  throw new AppError(
    'forbidden',
    'with a session cookie, changes need an Origin or Sec-Fetch-Site header that says: same origin',
  );
}

/** Reading goes on while nothing can be written. */
async function note(context: AuthenticateContext, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    context.log.warn({ error: messageOf(error) }, 'the use of a credential could not be noted');
  }
}

/** The key or token of a request; null = none given. */
function secretOf(request: IncomingMessage): string | null {
  const key = request.headers['x-api-key'];
  if (typeof key === 'string') return key;
  const { authorization } = request.headers;
  if (authorization === undefined) return null;
  // Split by hand: a pattern that looks for the end of the value takes time squared over 16 KB of spaces.
  const end = authorization.indexOf(' ');
  const scheme = end === -1 ? authorization : authorization.slice(0, end);
  const value = end === -1 ? '' : authorization.slice(end).trim();
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() === 'basic') {
    const pair = Buffer.from(value, 'base64').toString();
    return pair.includes(':') ? pair.slice(pair.indexOf(':') + 1) : '';
  }
  throw new AppError('unauthenticated', 'the Authorization header is neither Bearer nor Basic');
}

/** A cookie by its name; null = not sent. */
export function cookieOf(request: IncomingMessage, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key = '', ...value] = part.split('=');
    if (key.trim() === name) return value.join('=').trim();
  }
  return null;
}

function isSame(given: string, wanted: string | null): boolean {
  if (wanted === null) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
