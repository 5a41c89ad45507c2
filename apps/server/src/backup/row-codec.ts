/** Rows as lines and back: `docs/formats/backup.md`. */
import { BackupError } from './backup-error.ts';
import type { Row } from './snapshot-rows.ts';

/** How a table opens in a backup. */
export interface TableOpening {
  table: string;
  columns: string[];
  /** Those of the columns that hold bytes. */
  bytes: string[];
}

export type Value = number | string | Uint8Array | null;

/** Bytes on one line at most; longer values take several. */
const PART = 1_048_576;

/** The lines of a row, each with its line feed. */
export function encodeRow(row: Row, { columns }: TableOpening): string {
  const parts: string[] = [];
  const values = columns.map((name) => {
    const value = row[name] ?? null;
    if (!(value instanceof Uint8Array)) return value;
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    if (bytes.length <= PART) return bytes.toString('base64');
    const count = Math.ceil(bytes.length / PART);
    for (let i = 0; i < count; i++)
      parts.push(`"${bytes.toString('base64', i * PART, Math.min(bytes.length, (i + 1) * PART))}"\n`);
    return count;
  });
  return `${JSON.stringify(values)}\n${parts.join('')}`;
}

/**
 * The values of a row from its first line; `next` fetches the lines that follow it.
 * @throws BackupError when the line does not fit the table.
 */
export async function decodeRow(
  line: unknown[],
  opening: TableOpening,
  next: () => Promise<unknown>,
): Promise<Value[]> {
  if (line.length !== opening.columns.length) throw misfit(opening, `has ${line.length} values`);
  const values: Value[] = [];
  for (const [i, value] of line.entries()) {
    const name = opening.columns[i] ?? '';
    if (opening.bytes.includes(name)) values.push(await decodeBytes(value, opening, next));
    else if (value === null || typeof value === 'string' || typeof value === 'number') values.push(value);
    else throw misfit(opening, `has no text or number in ${name}`);
  }
  return values;
}

async function decodeBytes(
  value: unknown,
  opening: TableOpening,
  next: () => Promise<unknown>,
): Promise<Uint8Array | null> {
  if (value === null) return null;
  if (typeof value === 'string') return Buffer.from(value, 'base64');
  if (typeof value !== 'number') throw misfit(opening, 'has bytes that are no text');
  const parts: Buffer[] = [];
  for (let i = 0; i < value; i++) {
    const part = await next();
    if (typeof part !== 'string') throw misfit(opening, 'lacks some of its bytes');
    parts.push(Buffer.from(part, 'base64'));
  }
  return Buffer.concat(parts);
}

function misfit({ table }: TableOpening, what: string): BackupError {
  return new BackupError(`a row of ${table} ${what}`);
}
