import { ProbeFailure, type Reason } from '../failure.ts';

/** By number (MySQL and MariaDB documentation, "Server Error Message Reference"). */
const REASONS: Record<number, Reason> = {
  1040: 'limit', // too many connections
  1203: 'limit', // of this user
  1226: 'limit', // in this hour
  1045: 'auth', // user or password
  1698: 'auth', // without a password
  1251: 'auth', // a way to log in that this side does not know
  1862: 'auth', // the password has expired
  4151: 'auth', // the account is locked (MariaDB)
  3118: 'auth', // the account is locked (MySQL)
  1044: 'forbidden', // this database
  1142: 'forbidden', // this table
  1143: 'forbidden', // this column
  1227: 'forbidden', // a right of administrators
  1370: 'forbidden', // this routine
  1129: 'forbidden', // this host, after too many errors
  1130: 'forbidden', // this host
  1049: 'not_found', // this database
  3024: 'timeout', // max_execution_time
  1969: 'timeout', // max_statement_time
  1064: 'config', // syntax
  1054: 'config', // column
  1060: 'config', // column twice
  1146: 'config', // table
  1305: 'config', // routine
  1046: 'config', // no database
  1792: 'config', // writing in a read-only transaction
  1248: 'config', // a derived table without a name
};

/** A server's own error, as a failure; null = it is none. Others than those listed are its ill health. */
export function mysqlFailure(error: unknown, where: string): ProbeFailure | null {
  const said = saidBy(error);
  if (said === null) return null;
  const reason = REASONS[said.number] ?? 'unhealthy';
  return new ProbeFailure(reason, `MySQL at ${where} says: ${said.text} (${said.number})`, { cause: error });
}

/** The number of a server's error; 0 = it is none. */
export function mysqlErrorNumber(error: unknown): number {
  return saidBy(error)?.number ?? 0;
}

function saidBy(error: unknown): { number: number; text: string } | null {
  if (!(error instanceof Error) || !('errno' in error) || !('sqlMessage' in error)) return null;
  const { errno, sqlMessage } = error;
  // Those of the system are negative.
  return typeof errno === 'number' && errno > 0 ? { number: errno, text: String(sqlMessage) } : null;
}
