import { placeOf } from '../connection.ts';
import { dial } from '../dial.ts';
import { ProbeFailure } from '../failure.ts';
import type { ProbeRun } from '../kind.ts';
import { tlsChoice } from '../tls-settings.ts';
import { RedisConnection } from './connection.ts';

export const REDIS_PORT = 6_379;

/** A Redis to connect to. */
export interface RedisAddress {
  /** `redis[s]://user:password@host:port/database` */
  url: string;
  /** Certificates, as PEM, of who is trusted; empty = those that Node.js brings. */
  tls_ca: string;
}

export interface OpenRedis extends Disposable {
  connection: RedisConnection;
  /** The database that is selected. */
  db: number;
}

/**
 * Connects, signs in and selects the database, in the phases `resolve`, `connect`, `tls` and `auth`. To be disposed
 * of; the end of the run does so too.
 * @throws ProbeFailure
 */
export async function openRedis(given: RedisAddress, run: ProbeRun, limit?: number): Promise<OpenRedis> {
  const url = URL.parse(run.secret(given.url));
  const db = Number(url?.pathname.replace(/^\//, '') || 0);
  if (url === null || !Number.isSafeInteger(db) || db < 0) {
    throw new ProbeFailure('config', 'the address is not redis://user:password@host:port/number');
  }
  const port = Number(url.port || REDIS_PORT);
  const tls = tlsChoice({ tls: url.protocol === 'rediss:', tls_ca: given.tls_ca });
  const socket = await dial(run, { host: url.hostname, port, tls });
  const connection = new RedisConnection(socket, placeOf(url.hostname, port), limit);
  try {
    await run.phase('auth', () => signIn(connection, url, db));
    return { connection, db, [Symbol.dispose]: () => connection[Symbol.dispose]() };
  } catch (error) {
    connection[Symbol.dispose]();
    throw error;
  }
}

async function signIn(connection: RedisConnection, url: URL, db: number): Promise<void> {
  const user = decoded(url.username);
  const password = decoded(url.password);
  if (password !== '') await connection.command('AUTH', ...(user === '' ? [] : [user]), password);
  if (db !== 0) await connection.command('SELECT', db);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ProbeFailure('config', 'the user or password of the address is not percent-encoded rightly');
  }
}
