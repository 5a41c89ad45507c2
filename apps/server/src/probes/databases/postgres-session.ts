import type { Client, QueryResultRow } from 'pg';
import { placeOf } from '../connection.ts';
import { asProbeFailure, ProbeFailure } from '../failure.ts';
import type { ProbeRun } from '../kind.ts';
import type { TlsChoice } from '../tls-settings.ts';
import type { DatabaseAddress } from './database-address.ts';
import { openPeer } from './open-peer.ts';
import type { PeerProtocol, PeerStream } from './peer-stream.ts';
import { postgresFailure } from './postgres-failure.ts';
import type { SqlTable } from './sql-table.ts';

export const POSTGRES_PORT = 5432;

/** SSLRequest (PostgreSQL documentation, "Message Formats"): its length, 1234 in the high and 5679 in the low half. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
/** Milliseconds before the run's end at which the server gives up a statement, so that its own answer arrives. */
const BEFORE_END = 100;

/** int8, int2, int4, oid, float4, float8, numeric (PostgreSQL's pg_type.dat). */
const NUMERIC: ReadonlySet<number> = new Set([20, 21, 23, 26, 700, 701, 1700]);

/** Answers to a start: Authentication, ErrorResponse, NegotiateProtocolVersion, NoticeResponse, all shorter than 64 kB. */
const POSTGRES: PeerProtocol = {
  title: 'PostgreSQL',
  begins(start) {
    if (start.length > 0 && !'REvN'.includes(String.fromCharCode(start[0] ?? 0))) return false;
    return start.length < 5 ? null : start.readUInt32BE(1) < 65_536;
  },
};

/** A connection to one database of a PostgreSQL server. */
export interface PostgresSession extends AsyncDisposable {
  /** The rows of one statement. @throws ProbeFailure */
  rows<R extends QueryResultRow>(statement: string, values?: readonly unknown[]): Promise<R[]>;
  /** What one statement gives, whatever its columns. @throws ProbeFailure */
  table(statement: string): Promise<SqlTable>;
}

/** Connects and logs in, in phases. @throws ProbeFailure */
export async function openPostgres(address: DatabaseAddress, run: ProbeRun): Promise<PostgresSession> {
  const peer = await openPeer(address, POSTGRES, run);
  try {
    const { tls } = address;
    if (tls !== null) await run.phase('tls', () => secured(peer, address, tls));
    const session = await loggedIn(peer, address, run);
    const limit = Math.max(1, run.timeLeft() - BEFORE_END);
    await run.phase('query', () => session.rows(`set statement_timeout = ${limit}`));
    return session;
  } catch (error) {
    peer.destroy();
    throw error;
  }
}

async function secured(peer: PeerStream, { host, port }: DatabaseAddress, tls: TlsChoice): Promise<void> {
  const answer = (await peer.ask(SSL_REQUEST)).toString('latin1');
  const where = placeOf(host, port);
  if (answer === 'N') throw new ProbeFailure('tls', `PostgreSQL at ${where} does not speak TLS`);
  // More than this byte would be an attempt to slip something in before the encryption (CVE-2021-23222).
  if (answer !== 'S') throw new ProbeFailure('protocol', `${where} answers, but not as PostgreSQL`);
  await peer.secure(host, tls);
}

async function loggedIn(
  peer: PeerStream,
  { host, port, user, password, database }: DatabaseAddress,
  run: Pick<ProbeRun, 'phase'>,
): Promise<PostgresSession> {
  const { Client } = await import('pg').then((module) => module.default);
  const client = new Client({
    host,
    port,
    user,
    // A function: the library would look for an empty one in the environment and in ~/.pgpass.
    password: () => password,
    database: database === '' ? user : database,
    ssl: false,
    stream: () => peer,
    application_name: 'vigie',
  });
  // Whatever it says is the error of what is under way too.
  client.on('error', () => undefined);
  const failed = failureOf(peer, placeOf(host, port));
  const connected = client.connect().catch((error: unknown) => {
    throw failed(error);
  });
  connected.catch(() => undefined);
  peer.listen();
  await run.phase('greeting', () => Promise.race([peer.greeted, connected]));
  await run.phase('auth', () => connected);
  return session(client, peer, failed);
}

function session(
  client: Client,
  peer: PeerStream,
  failed: (error: unknown) => ProbeFailure,
): PostgresSession {
  return {
    async rows<R extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<R[]> {
      try {
        return (await client.query<R>(text, [...values])).rows;
      } catch (error) {
        throw failed(error);
      }
    },
    async table(text) {
      try {
        // The extended protocol takes one statement only: a query cannot leave its transaction.
        const query = { text, rowMode: 'array' as const, queryMode: 'extended' };
        const { fields, rows } = await client.query<unknown[]>(query);
        const columns = fields.map(({ name, dataTypeID }) => ({ name, isNumeric: NUMERIC.has(dataTypeID) }));
        return { columns, rows };
      } catch (error) {
        throw failed(error);
      }
    },
    async [Symbol.asyncDispose]() {
      if (peer.destroyed) return;
      const closed = new Promise((resolve) => peer.once('close', resolve));
      client.end().catch(() => undefined);
      peer.end();
      await closed;
    },
  };
}

/** The server's own word comes first, then what was seen on the line, then what the library makes of it. */
function failureOf(peer: PeerStream, where: string): (error: unknown) => ProbeFailure {
  return (error) => {
    if (error instanceof ProbeFailure) return error;
    const said = postgresFailure(error, where) ?? peer.trouble;
    if (said !== null) return said;
    const message = error instanceof Error ? error.message : '';
    if (/SASL|password/i.test(message)) {
      return new ProbeFailure('auth', `logging in to PostgreSQL at ${where} failed: ${message}`, {
        cause: error,
      });
    }
    const known = asProbeFailure(error);
    if (known.reason !== 'internal') return known;
    // What the library throws by itself is about messages that it cannot make sense of.
    return new ProbeFailure('protocol', `${where} answers, but not as PostgreSQL: ${message}`, {
      cause: error,
    });
  };
}
