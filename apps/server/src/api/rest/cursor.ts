import { AppError } from '../../errors.ts';

/** What a cursor holds: plain values, the first of which names the list and its order. */
type Values = (string | number)[];

/** Writes a position down for a client, who is not to look inside. */
export function writeCursor(list: string, ...position: Values): string {
  return Buffer.from(JSON.stringify([list, ...position])).toString('base64url');
}

/**
 * Reads a position in the given list, whose values have the given types.
 * @throws AppError `invalid` for a cursor that was not written for it.
 */
export function readCursor<const T extends readonly ('string' | 'number' | 'either')[]>(
  cursor: string,
  list: string,
  types: T,
): { [K in keyof T]: T[K] extends 'string' ? string : T[K] extends 'number' ? number : string | number } {
  const values = decoded(cursor);
  const fits =
    values[0] === list &&
    values.length === types.length + 1 &&
    types.every((type, i) => {
      const value = values[i + 1];
      return type === 'either' ? typeof value === 'string' || isCount(value) : fitsType(value, type);
    });
  if (!fits) throw new AppError('invalid', 'cursor is not one of this list and order', { field: 'cursor' });
  return values.slice(1) as never;
}

function fitsType(value: unknown, type: 'string' | 'number'): boolean {
  return type === 'string' ? typeof value === 'string' && !value.includes('\u0000') : isCount(value);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value);
}

function decoded(cursor: string): unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(values) ? values : [];
  } catch {
    return [];
  }
}
