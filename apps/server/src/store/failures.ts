/** What a failure of the database means for the group of writes that met it. */
import { AppError, messageOf } from '../errors.ts';

/** PostgreSQL states that a new try can mend: serialisation, deadlock, shutdown, lost connection. */
const RETRIABLE = new Set([
  '40001',
  '40P01',
  '57P01',
  '57P02',
  '57P03',
  '25P03',
  '08006',
  '08003',
  'ECONNRESET',
]);

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether a new try of the whole transaction can succeed. */
export function isRetriable(error: unknown): boolean {
  return RETRIABLE.has(codeOf(error));
}

/** SQLite's primary result code; 0 = not an error of SQLite. */
function sqliteCode(error: unknown): number {
  const known = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
  return known ? Number(error.errcode) & 0xff : 0;
}

/** SQLite: disk full (13), I/O error (10), read-only (8), corrupt (11): the transaction as a whole is lost. */
export function isStorageFailure(error: unknown): boolean {
  return isDamage(error) || [8, 10, 13].includes(sqliteCode(error));
}

/** SQLite: a page is damaged (11). What lies on other pages can still be written. */
export function isDamage(error: unknown): boolean {
  return sqliteCode(error) === 11;
}

/** What callers hear of it. */
export function unavailable(error: unknown): AppError {
  return new AppError('unavailable', `the store cannot write: ${messageOf(error)}`, { cause: error });
}
