import type {
  Connection,
  ConnectionOptions,
  FieldPacket,
  QueryError,
  QueryOptions,
  RowDataPacket,
} from 'mysql2';
import { placeOf } from '../connection.ts';
import { asProbeFailure, ProbeFailure } from '../failure.ts';
import type { ProbeRun } from '../kind.ts';
import type { DatabaseAddress } from './database-address.ts';
import { mysqlErrorNumber, mysqlFailure } from './mysql-failure.ts';
import { openPeer } from './open-peer.ts';
import type { PeerProtocol, PeerStream } from './peer-stream.ts';
import type { SqlTable } from './sql-table.ts';

export const MYSQL_PORT = 3306;

/** Milliseconds before the run's end at which the server gives up a statement, so that its own answer arrives. */
const BEFORE_END = 100;
/** ER_UNKNOWN_SYSTEM_VARIABLE: servers too old to limit a statement's time. */
const UNKNOWN_VARIABLE = 1193;

/** DECIMAL, TINY, SHORT, LONG, FLOAT, DOUBLE, LONGLONG, INT24, YEAR, NEWDECIMAL (MySQL's protocol, "Column types"). */
const NUMERIC: ReadonlySet<number> = new Set([0, 1, 2, 3, 4, 5, 8, 9, 13, 246]);

/** The server speaks first: a packet of number 0 with a handshake of version 10, or an error. */
const MYSQL: PeerProtocol = {
  title: 'MySQL',
  begins(start) {
    if (start.length < 5) return null;
    return start.readUIntLE(0, 3) < 65_536 && start[3] === 0 && (start[4] === 10 || start[4] === 0xff);
  },
};

/** A connection to a MySQL or MariaDB server. */
export interface MysqlSession extends AsyncDisposable {
  version: string;
  isMariaDb: boolean;
  /** The rows of one statement; numbers that a double cannot hold are texts. @throws ProbeFailure */
  rows(statement: string, values?: readonly unknown[]): Promise<RowDataPacket[]>;
  /** What one statement gives, whatever its columns. @throws ProbeFailure */
  table(statement: string): Promise<SqlTable>;
}

/** Connects and logs in, in phases. @throws ProbeFailure */
export async function openMysql(address: DatabaseAddress, run: ProbeRun): Promise<MysqlSession> {
  const peer = await openPeer(address, MYSQL, run);
  try {
    const failed = failureOf(peer, placeOf(address.host, address.port));
    const connection = await loggedIn(peer, address, run, failed);
    return await run.phase('query', () => begun(connection, peer, run, failed));
  } catch (error) {
    peer.destroy();
    throw error;
  }
}

async function loggedIn(
  peer: PeerStream,
  address: DatabaseAddress,
  run: ProbeRun,
  failed: (error: unknown) => ProbeFailure,
): Promise<Connection> {
  const { createConnection } = await import('mysql2').then((module) => module.default);
  const connection = createConnection(optionsOf(peer, address));
  // Whatever it says is the error of what is under way too.
  connection.on('error', () => undefined);
  const { host, tls } = address;
  const secured = tls === null ? null : securedBy(connection, () => peer.secure(host, tls));
  const connected = new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error === null ? resolve() : reject(failed(error))));
  });
  connected.catch(() => undefined);
  peer.listen();
  await run.phase('greeting', () => Promise.race([peer.greeted, connected]));
  // The login can fail before the connection is encrypted, but not be done.
  if (secured !== null) {
    await run.phase('tls', () => Promise.race([secured, connected.then(() => secured)]));
  }
  await run.phase('auth', () => connected);
  return connection;
}

function optionsOf(
  peer: PeerStream,
  { host, port, user, password, database, tls }: DatabaseAddress,
): ConnectionOptions {
  return {
    host,
    port,
    user,
    password,
    stream: peer,
    // The run has a deadline of its own.
    connectTimeout: 0,
    // A server may ask a client that says it can for any of its files.
    flags: ['-LOCAL_FILES'],
    disableEval: true,
    supportBigNumbers: true,
    decimalNumbers: true,
    dateStrings: true,
    ...(database === '' ? {} : { database }),
    ...(tls === null ? {} : { ssl: {} }),
  };
}

/**
 * Puts our way of encrypting in the library's place, which checks no certificate of an address, and takes up former
 * sessions, in which a certificate that has expired since goes unseen.
 * @returns when the connection is encrypted.
 */
function securedBy(connection: Connection, secure: () => Promise<void>): Promise<void> {
  const secured = Promise.withResolvers<void>();
  secured.promise.catch(() => undefined);
  const startTLS = (done: (error?: Error) => void): void => {
    secured.resolve(secure());
    secured.promise.then(
      () => done(),
      () => done(new Error('TLS failed')),
    );
  };
  Object.assign(connection, { startTLS });
  return secured.promise;
}

async function begun(
  connection: Connection,
  peer: PeerStream,
  run: ProbeRun,
  failed: (error: unknown) => ProbeFailure,
): Promise<MysqlSession> {
  const asked = (options: QueryOptions): Promise<[RowDataPacket[], FieldPacket[]]> =>
    new Promise((resolve, reject) => {
      const answered = (error: QueryError | null, rows: RowDataPacket[], fields: FieldPacket[]): void =>
        error === null ? resolve([rows, fields]) : reject(failed(error));
      connection.query<RowDataPacket[]>(options, answered);
    });
  const rows = async (sql: string, values: readonly unknown[] = []): Promise<RowDataPacket[]> =>
    (await asked({ sql, values: [...values] }))[0];
  const version = String((await rows('select version() as version'))[0]?.['version']);
  const isMariaDb = /mariadb/i.test(version);
  const limit = Math.max(1, run.timeLeft() - BEFORE_END);
  const limited = isMariaDb ? `max_statement_time = ${limit / 1000}` : `max_execution_time = ${limit}`;
  await rows(`set session ${limited}`).catch((error: unknown) => {
    if (!(error instanceof Error) || mysqlErrorNumber(error.cause) !== UNKNOWN_VARIABLE) throw error;
  });
  return {
    version,
    isMariaDb,
    rows,
    async table(sql) {
      const [found, fields] = await asked({ sql, rowsAsArray: true });
      return {
        columns: fields.map(({ name, columnType = -1 }) => ({ name, isNumeric: NUMERIC.has(columnType) })),
        rows: found.map((row): unknown[] => (Array.isArray(row) ? row : [])),
      };
    },
    async [Symbol.asyncDispose]() {
      if (peer.destroyed) return;
      const closed = new Promise((resolve) => peer.once('close', resolve));
      connection.end(() => undefined);
      peer.end();
      await closed;
    },
  };
}

/** The server's own word comes first, then what was seen on the line, then what the library makes of it. */
function failureOf(peer: PeerStream, where: string): (error: unknown) => ProbeFailure {
  return (error) => {
    if (error instanceof ProbeFailure) return error;
    const said = mysqlFailure(error, where) ?? peer.trouble;
    if (said !== null) return said;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const message = error instanceof Error ? error.message : '';
    if (code === 'HANDSHAKE_NO_SSL_SUPPORT') {
      return new ProbeFailure('tls', `MySQL at ${where} does not speak TLS`, { cause: error });
    }
    if (code.startsWith('AUTH_SWITCH')) {
      return new ProbeFailure('auth', `logging in to MySQL at ${where} failed: ${message}`, { cause: error });
    }
    const known = asProbeFailure(error);
    if (known.reason !== 'internal') return known;
    // What the library throws by itself is about bytes that it cannot read.
    return new ProbeFailure('protocol', `${where} answers, but not as MySQL: ${message}`, { cause: error });
  };
}
